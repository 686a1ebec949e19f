"""Autosaving a form's text, and clearing it once it is saved or unwanted."""

import json
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from clinic_notes.accounts.models import User
from clinic_notes.charting.autosave.form_instance import About, Fields, FormInstance
from clinic_notes.charting.models import AutosavedForm
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.core.tenancy import current_clinic_id

CLEARED_ROWS_KEPT_FOR = timedelta(days=1)
"""How long a cleared row stays: a send may arrive late, but not a day late."""
MOST_KEPT = 50
"""Forms of one person that are typed and not saved: whoever has more saves or discards some."""
ONE_INSTANCE = ["person_id", "form_instance"]


class TooManyKept(Exception):
    """This person has left so many forms unsaved that no other is kept."""


def autosave(
    form_instance: FormInstance, fields: Fields, *, about: About, version: int, by: User
) -> datetime:
    """Autosave the form, unless a newer send of its instance is stored; return the moment.

    Any text may be autosaved, valid or not, and only its writer sees it. Where the form was saved
    meanwhile, what is typed later belongs to the visit it became. Raises TooManyKept.
    """
    if form_instance.revision <= 1:
        _require_room(by)
    now = clock.now()
    row = _row(form_instance, about, by, version=version, fields=json.dumps(fields), saved_at=now)
    db.session.execute(_store(db.engine.dialect.name), [row])
    if form_instance.replaces_source:
        _clear_source(form_instance, None, by)
    if form_instance.revision <= 1:
        _delete_cleared_rows(by)
    facts = {"visit": about.visit_id, "fields": len(fields)}
    audit.record(
        "autosaved_form.saved", "autosaved_form", by=by, patient_id=about.patient_id, **facts
    )
    return now


def _require_room(by: User) -> None:
    kept = select(func.count(AutosavedForm.id)).where(
        AutosavedForm.person_id == by.id, AutosavedForm.fields != ""
    )
    if (db.session.scalar(kept) or 0) >= MOST_KEPT:
        raise TooManyKept


def clear_autosave(form_instance: FormInstance, *, about: About, by: User) -> None:
    """Clear the autosaved text that is now saved in a visit.

    What was typed after the form was sent stays, and belongs to that visit.
    """
    row = _row(form_instance, about, by, version=0, fields="", saved_at=clock.now())
    db.session.execute(_clear(db.engine.dialect.name), [row])
    _clear_source(form_instance, about.visit_id, by)


def discard_autosave(form_instance: FormInstance, *, about: About, by: User) -> None:
    """Clear what its writer does not want, of this instance and of the one it continues."""
    clear_autosave(form_instance, about=about, by=by)
    facts = {"visit": about.visit_id}
    audit.record(
        "autosaved_form.discarded", "autosaved_form", by=by, patient_id=about.patient_id, **facts
    )


# Both statements run at every pause in anybody's typing: each is built once.
@cache
def _store(dialect: str) -> Any:
    """Return the statement that stores a form, unless the stored one is newer."""
    stored = (postgresql if dialect == "postgresql" else sqlite).insert(AutosavedForm)
    newer = {name: stored.excluded[name] for name in ("revision", "version", "fields", "saved_at")}
    only_newer = stored.excluded.revision > AutosavedForm.revision
    return stored.on_conflict_do_update(index_elements=ONE_INSTANCE, set_=newer, where=only_newer)


@cache
def _clear(dialect: str) -> Any:
    """Return the statement that clears an instance, but for what was typed after it was sent."""
    cleared = (postgresql if dialect == "postgresql" else sqlite).insert(AutosavedForm)
    is_later = AutosavedForm.revision > cleared.excluded.revision
    changed = {
        "visit_id": cleared.excluded.visit_id,
        "fields": case((is_later, AutosavedForm.fields), else_=""),
        "revision": case((is_later, AutosavedForm.revision), else_=cleared.excluded.revision),
    }
    return cleared.on_conflict_do_update(index_elements=ONE_INSTANCE, set_=changed)


def _row(form_instance: FormInstance, about: About, by: User, **facts: Any) -> dict[str, Any]:
    owner = {"clinic_id": current_clinic_id(), "person_id": by.id}
    return {
        "form_instance": form_instance.token,
        "revision": form_instance.revision,
        **owner,
        **vars(about),
        **facts,
    }


def _clear_source(form_instance: FormInstance, visit_id: int | None, by: User) -> None:
    """Clear the instance this one continues, unless more was typed there since.

    What was typed there since belongs to the visit this one became, never to a second one.
    """
    if not form_instance.source:
        return
    token, revision = form_instance.source
    is_continued = AutosavedForm.revision <= revision
    changed: dict[str, Any] = {"fields": case((is_continued, ""), else_=AutosavedForm.fields)}
    if visit_id is not None:
        changed["visit_id"] = visit_id
    source = update(AutosavedForm).where(
        AutosavedForm.person_id == by.id, AutosavedForm.form_instance == token
    )
    db.session.execute(source.values(changed).execution_options(synchronize_session=False))


def _delete_cleared_rows(by: User) -> None:
    long_ago = clock.now() - CLEARED_ROWS_KEPT_FOR
    gone = delete(AutosavedForm).where(
        AutosavedForm.person_id == by.id,
        AutosavedForm.fields == "",
        AutosavedForm.saved_at < long_ago,
    )
    db.session.execute(gone.execution_options(synchronize_session=False))
