"""The effects of earlier sessions whose end is not known: the next session asks about them."""

from datetime import date, time, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Date, Integer, Select, bindparam, func, literal, select, union_all

from clinic_notes.charting.models import Addendum, Effect, Visit, columns
from clinic_notes.charting.models.void import counts
from clinic_notes.clinical.drafts import EffectDraft
from clinic_notes.clinical.effects import ASKED_DAYS, Followed, open_effects
from clinic_notes.core.bulk import read_rows

OpenEffects = tuple[tuple[date, EffectDraft], ...]
"""Each with the day of its session, the latest first."""

_SIGNED = (
    select(
        Visit.id.label("visit_id"),
        Visit.served_on,
        Visit.start_time,
        Visit.earlier_effects,
    )
    .where(
        Visit.patient_id == bindparam("patient_id", type_=Integer),
        counts(Visit),
        Visit.served_on <= bindparam("until", type_=Date),
        Visit.served_on >= bindparam("since", type_=Date),
    )
    .cte()
)


def _effects_in(table: Any, *, is_late: bool) -> Select[Any]:
    named = (getattr(table, name) for name in columns.EFFECT)
    # An outer join: given the choice, SQLite begins with every effect of the clinic.
    return (
        select(_SIGNED, literal(is_late).label("is_late"), *named)
        .select_from(_SIGNED)
        .outerjoin(table, table.visit_id == _SIGNED.c.visit_id)
    )


# In the note, and those that were reported later.
_BOTH = union_all(
    _effects_in(Effect, is_late=False), _effects_in(Addendum, is_late=True)
).subquery()
_EFFECTS = select(_BOTH).order_by(
    _BOTH.c.served_on.desc(),
    func.coalesce(_BOTH.c.start_time, time.min).desc(),
    _BOTH.c.visit_id.desc(),
    _BOTH.c.is_late,
    _BOTH.c.id,
)


def last_effects(patient_id: int, until: date) -> OpenEffects:
    """Return what followed the patient's signed sessions up to a day and is not known to be over.

    Of whatever episode. One statement.
    """
    since = until - timedelta(days=ASKED_DAYS)
    rows = read_rows(_EFFECTS, {"patient_id": patient_id, "until": until, "since": since})
    sessions = []
    for _, group in groupby(rows, key=lambda row: row.visit_id):
        first, *more = group
        # An addendum may say something else, and a note without any effect has one empty row.
        effects = [columns.effect_draft(row) for row in (first, *more) if row.effect]
        sessions.append(Followed(first.served_on, first.earlier_effects, effects))
    return open_effects(sessions)
