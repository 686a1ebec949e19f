"""Keeping what a person types while it is no record yet, and letting go of it."""

import json
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import case, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from clinic_notes.accounts.models import User
from clinic_notes.charting.autosave.form_instance import About, Fields, FormInstance
from clinic_notes.charting.models import AutosavedForm
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.core.tenancy import current_clinic_id

EMPTIED_FOR = timedelta(days=1)
"""How long an emptied form_instance is remembered: a send may come late, but not a day late."""
ONE_SHEET = ["person_id", "form_instance"]


def autosave(
    form_instance: FormInstance, fields: Fields, *, about: About, version: int, by: User
) -> datetime:
    """Keep the form as it stands, unless a newer send of its form_instance was kept; return the moment.

    Anything may be kept, for nobody but its writer. Where the form was saved meanwhile, what is
    typed on goes with the visit that came of it.
    """
    now = clock.now()
    row = _row(form_instance, about, by, version=version, fields=json.dumps(fields), saved_at=now)
    db.session.execute(_keep(db.engine.dialect.name), [row])
    if form_instance.goes_on:
        _take_over(form_instance, None, by)
    if form_instance.revision <= 1:
        _sweep(by)
    facts = {"visit": about.visit_id, "fields": len(fields)}
    audit.record(
        "autosaved_form.kept", "autosaved_form", by=by, patient_id=about.patient_id, **facts
    )
    return now


def clear_autosave(form_instance: FormInstance, *, about: About, by: User) -> None:
    """Let go of what is saved in a visit now; what was typed after it was sent stays, with it."""
    row = _row(form_instance, about, by, version=0, fields="", saved_at=clock.now())
    db.session.execute(_settle(db.engine.dialect.name), [row])
    _take_over(form_instance, about.visit_id, by)


def discard_autosave(form_instance: FormInstance, *, about: About, by: User) -> None:
    """Let go of what its writer does not want, on this form_instance and the one it was laid out from."""
    clear_autosave(form_instance, about=about, by=by)
    facts = {"visit": about.visit_id}
    audit.record(
        "autosaved_form.thrown_away", "autosaved_form", by=by, patient_id=about.patient_id, **facts
    )


@cache
def _keep(dialect: str) -> Any:
    """Return the statement that keeps a form, made once: it runs at every pause of everybody."""
    kept = (postgresql if dialect == "postgresql" else sqlite).insert(AutosavedForm)
    newer = {name: kept.excluded[name] for name in ("revision", "version", "fields", "saved_at")}
    only_newer = kept.excluded.revision > AutosavedForm.revision
    return kept.on_conflict_do_update(index_elements=ONE_SHEET, set_=newer, where=only_newer)


@cache
def _settle(dialect: str) -> Any:
    """Return the statement that empties a form_instance, but for what was typed after it was sent."""
    settled = (postgresql if dialect == "postgresql" else sqlite).insert(AutosavedForm)
    is_later = AutosavedForm.revision > settled.excluded.revision
    changed = {
        "visit_id": settled.excluded.visit_id,
        "fields": case((is_later, AutosavedForm.fields), else_=""),
        "revision": case((is_later, AutosavedForm.revision), else_=settled.excluded.revision),
    }
    return settled.on_conflict_do_update(index_elements=ONE_SHEET, set_=changed)


def _row(form_instance: FormInstance, about: About, by: User, **facts: Any) -> dict[str, Any]:
    owner = {"clinic_id": current_clinic_id(), "person_id": by.id}
    return {
        "form_instance": form_instance.token,
        "revision": form_instance.revision,
        **owner,
        **vars(about),
        **facts,
    }


def _take_over(form_instance: FormInstance, visit_id: int | None, by: User) -> None:
    """Empty the form_instance this one was laid out from, unless more was typed on that one since.

    What was typed there since goes with the visit that came of it, never with a second one.
    """
    if not form_instance.source:
        return
    token, revision = form_instance.source
    is_carried_on = AutosavedForm.revision <= revision
    changed: dict[str, Any] = {"fields": case((is_carried_on, ""), else_=AutosavedForm.fields)}
    if visit_id is not None:
        changed["visit_id"] = visit_id
    before = update(AutosavedForm).where(
        AutosavedForm.person_id == by.id, AutosavedForm.form_instance == token
    )
    db.session.execute(before.values(changed).execution_options(synchronize_session=False))


def _sweep(by: User) -> None:
    long_ago = clock.now() - EMPTIED_FOR
    gone = delete(AutosavedForm).where(
        AutosavedForm.person_id == by.id,
        AutosavedForm.fields == "",
        AutosavedForm.saved_at < long_ago,
    )
    db.session.execute(gone.execution_options(synchronize_session=False))
