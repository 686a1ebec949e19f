"""Keeping what a person types while it is no record yet, and letting go of it."""

import json
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import case, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from clinic_notes.accounts.models import User
from clinic_notes.charting.autosave.form_instance import About, Fields, Sheet
from clinic_notes.charting.models import KeptForm
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.core.tenancy import clinic_at_work

EMPTIED_FOR = timedelta(days=1)
"""How long an emptied sheet is remembered: a send may come late, but not a day late."""
ONE_SHEET = ["person_id", "sheet"]


def keep_form(sheet: Sheet, fields: Fields, *, about: About, version: int, by: User) -> datetime:
    """Keep the form as it stands, unless a newer send of its sheet was kept; return the moment.

    Anything may be kept, for nobody but its writer. Where the form was saved meanwhile, what is
    typed on goes with the visit that came of it.
    """
    now = clock.now()
    row = _row(sheet, about, by, version=version, fields=json.dumps(fields), kept_at=now)
    db.session.execute(_keep(db.engine.dialect.name), [row])
    if sheet.goes_on:
        _take_over(sheet, None, by)
    if sheet.sequence <= 1:
        _sweep(by)
    facts = {"visit": about.visit_id, "fields": len(fields)}
    audit.record("kept_form.kept", "kept_form", by=by, patient_id=about.patient_id, **facts)
    return now


def settle_sheet(sheet: Sheet, *, about: About, by: User) -> None:
    """Let go of what is saved in a visit now; what was typed after it was sent stays, with it."""
    row = _row(sheet, about, by, version=0, fields="", kept_at=clock.now())
    db.session.execute(_settle(db.engine.dialect.name), [row])
    _take_over(sheet, about.visit_id, by)


def throw_away(sheet: Sheet, *, about: About, by: User) -> None:
    """Let go of what its writer does not want, on this sheet and the one it was laid out from."""
    settle_sheet(sheet, about=about, by=by)
    facts = {"visit": about.visit_id}
    audit.record("kept_form.thrown_away", "kept_form", by=by, patient_id=about.patient_id, **facts)


@cache
def _keep(dialect: str) -> Any:
    """Return the statement that keeps a form, made once: it runs at every pause of everybody."""
    kept = (postgresql if dialect == "postgresql" else sqlite).insert(KeptForm)
    newer = {name: kept.excluded[name] for name in ("sequence", "version", "fields", "kept_at")}
    only_newer = kept.excluded.sequence > KeptForm.sequence
    return kept.on_conflict_do_update(index_elements=ONE_SHEET, set_=newer, where=only_newer)


@cache
def _settle(dialect: str) -> Any:
    """Return the statement that empties a sheet, but for what was typed after it was sent."""
    settled = (postgresql if dialect == "postgresql" else sqlite).insert(KeptForm)
    is_later = KeptForm.sequence > settled.excluded.sequence
    changed = {
        "visit_id": settled.excluded.visit_id,
        "fields": case((is_later, KeptForm.fields), else_=""),
        "sequence": case((is_later, KeptForm.sequence), else_=settled.excluded.sequence),
    }
    return settled.on_conflict_do_update(index_elements=ONE_SHEET, set_=changed)


def _row(sheet: Sheet, about: About, by: User, **facts: Any) -> dict[str, Any]:
    owner = {"clinic_id": clinic_at_work(), "person_id": by.id}
    return {"sheet": sheet.token, "sequence": sheet.sequence, **owner, **vars(about), **facts}


def _take_over(sheet: Sheet, visit_id: int | None, by: User) -> None:
    """Empty the sheet this one was laid out from, unless more was typed on that one since.

    What was typed there since goes with the visit that came of it, never with a second one.
    """
    if not sheet.followed:
        return
    token, sequence = sheet.followed
    is_carried_on = KeptForm.sequence <= sequence
    changed: dict[str, Any] = {"fields": case((is_carried_on, ""), else_=KeptForm.fields)}
    if visit_id is not None:
        changed["visit_id"] = visit_id
    before = update(KeptForm).where(KeptForm.person_id == by.id, KeptForm.sheet == token)
    db.session.execute(before.values(changed).execution_options(synchronize_session=False))


def _sweep(by: User) -> None:
    long_ago = clock.now() - EMPTIED_FOR
    gone = delete(KeptForm).where(
        KeptForm.person_id == by.id, KeptForm.fields == "", KeptForm.kept_at < long_ago
    )
    db.session.execute(gone.execution_options(synchronize_session=False))
