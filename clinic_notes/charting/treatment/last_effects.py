"""The effects of the patient's last session, which the next one asks about."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, Select, bindparam, literal, select, union_all

from clinic_notes.charting.models import Addendum, Effect, Visit, columns
from clinic_notes.charting.models.visit import newest_first
from clinic_notes.clinical.drafts import EffectDraft
from clinic_notes.clinical.effects import is_asked_about
from clinic_notes.core.bulk import read_rows


@dataclass(frozen=True)
class LastEffects:
    """What the last session was followed by, and when that session was."""

    served_on: date
    effects: tuple[EffectDraft, ...]


_LATEST = (
    select(Visit.id, Visit.served_on)
    .where(
        Visit.patient_id == bindparam("patient_id", type_=Integer),
        Visit.signed_at.is_not(None),
        Visit.served_on <= bindparam("until", type_=Date),
    )
    .order_by(*newest_first())
    .limit(1)
    .cte()
)


def _effects_in(table: Any, *, is_late: bool) -> Select[Any]:
    named = (getattr(table, name) for name in columns.EFFECT)
    # An outer join: given the choice, SQLite begins with every effect of the clinic.
    return (
        select(_LATEST.c.served_on, literal(is_late).label("is_late"), *named)
        .select_from(_LATEST)
        .outerjoin(table, table.visit_id == _LATEST.c.id)
    )


# In the note, and those that were reported later.
_BOTH = union_all(
    _effects_in(Effect, is_late=False), _effects_in(Addendum, is_late=True)
).subquery()
_EFFECTS = select(_BOTH).order_by(_BOTH.c.is_late, _BOTH.c.id)


def last_effects(patient_id: int, until: date) -> LastEffects | None:
    """Return what became of the patient after the last signed session up to a day.

    Of whatever episode; None where nothing has to be asked about. One statement.
    """
    rows = read_rows(_EFFECTS, {"patient_id": patient_id, "until": until})
    # An addendum may say something else, and a note without any effect has one empty row.
    found = [(row.served_on, columns.effect_draft(row)) for row in rows if row.effect]
    asked = tuple(effect for _, effect in found if is_asked_about(effect))
    return LastEffects(found[0][0], asked) if asked else None
