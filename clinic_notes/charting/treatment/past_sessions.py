"""What was done in past sessions: to be repeated, or to be compared with."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Date, Integer, Select, bindparam, or_, select, union
from sqlalchemy.orm import aliased

from clinic_notes.charting.models import InstrumentUse, UseTissue, Visit, columns
from clinic_notes.charting.models.correction import is_withdrawn
from clinic_notes.charting.models.visit import newest_first
from clinic_notes.charting.models.void import counts
from clinic_notes.clinical.drafts import UseDraft, VisitDraft
from clinic_notes.clinical.repeat.treatment import PastTreatment
from clinic_notes.core.bulk import read_rows
from clinic_notes.core.db import db
from clinic_notes.core.lookup import LARGEST, RowGone
from clinic_notes.equipment.models import Instrument, InstrumentSummary, Lubricant, LubricantSummary
from clinic_notes.reference.terms import Decision

LISTED = 12
"""Past sessions the form offers; older ones are repeated from the patient's page."""

_SESSION = (
    "id", "served_on", "position", "episode_id", "author_id", "timed_minutes", "total_minutes",
)  # fmt: skip


@dataclass(frozen=True)
class StoredUse:
    """A treatment row with what it was done with, and the session it stands in."""

    draft: UseDraft
    instrument: InstrumentSummary
    lubricant: LubricantSummary | None
    row: Any
    """The columns of its session are read from here: ``visit_id``, ``visit_served_on`` ..."""


def _uses_of_visits() -> Select[Any]:
    """Return the statement for treatment rows with their visit, instrument, lubricant, tissues."""
    # Outer joins all the way: given the choice, SQLite begins with every use of the clinic.
    return (
        select(
            *_labelled(Visit, "visit", _SESSION),
            *_labelled(InstrumentUse, "use", columns.USE),
            *_labelled(Instrument, "instrument", InstrumentSummary._fields),
            *_labelled(Lubricant, "lubricant", LubricantSummary._fields),
            UseTissue.tissue,
        )
        .select_from(Visit)
        .outerjoin(InstrumentUse, InstrumentUse.visit_id == Visit.id)
        .outerjoin(Instrument, Instrument.id == InstrumentUse.instrument_id)
        .outerjoin(Lubricant, Lubricant.id == InstrumentUse.lubricant_id)
        .outerjoin(UseTissue, UseTissue.instrument_use_id == InstrumentUse.id)
    )


def _labelled(table: Any, prefix: str, names: Iterable[str]) -> list[Any]:
    return [getattr(table, name).label(f"{prefix}_{name}") for name in names]


def _part(row: Any, prefix: str, names: Iterable[str]) -> dict[str, Any]:
    """Return the columns that `_labelled` gave this prefix."""
    return {name: getattr(row, f"{prefix}_{name}") for name in names}


def _each_use(rows: Iterable[Any]) -> Iterator[StoredUse]:
    """Yield each treatment row once, with the tissues of all its rows."""
    for number, group in groupby(rows, key=attrgetter("use_id")):
        if number is None:  # A visit without any.
            continue
        first, *more = group
        tissues = tuple(row.tissue for row in (first, *more) if row.tissue is not None)
        lubricant = _part(first, "lubricant", LubricantSummary._fields)
        yield StoredUse(
            draft=UseDraft(tissues=tissues, **_part(first, "use", columns.USE)),
            instrument=InstrumentSummary(**_part(first, "instrument", InstrumentSummary._fields)),
            lubricant=LubricantSummary(**lubricant) if lubricant["id"] else None,
            row=first,
        )


_VISIT_ID = bindparam("visit_id", type_=Integer)
_IN_ORDER = (Visit.id, InstrumentUse.row_order, UseTissue.row_order)
_OWN = _uses_of_visits().where(Visit.id == _VISIT_ID).order_by(*_IN_ORDER)
_COPY, _SOURCE = aliased(InstrumentUse), aliased(InstrumentUse)
# Rows may have been copied from more than one session. One list of visits, and no OR over
# instrument uses, for which PostgreSQL would read the table from end to end.
_WITH_SOURCES = (
    _uses_of_visits()
    .where(
        Visit.id.in_(
            union(
                select(Visit.id).where(
                    Visit.id.in_([_VISIT_ID, bindparam("repeated_from_id", type_=Integer)])
                ),
                select(_SOURCE.visit_id)
                .join(_COPY, _COPY.copied_from_id == _SOURCE.id)
                .where(_COPY.visit_id == _VISIT_ID),
            )
        )
    )
    .order_by(*_IN_ORDER)
)


_TREATED = (
    Visit.patient_id == bindparam("patient_id", type_=Integer),
    Visit.decision == Decision.TREATED,
    counts(Visit),
)
_LATEST_FIRST = (
    (Visit.episode_id == bindparam("episode_id", type_=Integer)).desc(),
    *newest_first(),
)
_LISTED = (
    select(Visit.id)
    .where(*_TREATED, Visit.served_on <= bindparam("until", type_=Date))
    .order_by(*_LATEST_FIRST)
    .limit(LISTED)
)
_PAST = (
    _uses_of_visits()
    .where(
        *_TREATED,
        or_(Visit.id.in_(_LISTED), Visit.id.in_(bindparam("also", expanding=True))),
        ~is_withdrawn(),
    )
    .order_by(*_LATEST_FIRST, InstrumentUse.row_order, UseTissue.row_order)
)


def uses_with_sources(visit: Visit) -> tuple[list[StoredUse], tuple[PastTreatment, ...]]:
    """Return the treatment rows of a visit, and the past sessions they were repeated from."""
    if visit.repeated_from_id is None:
        return [*_each_use(read_rows(_OWN, {"visit_id": visit.id}))], ()
    values = {"visit_id": visit.id, "repeated_from_id": visit.repeated_from_id}
    found = [*_each_use(read_rows(_WITH_SOURCES, values))]
    own = [use for use in found if use.row.visit_id == visit.id]
    return own, _past_treatments(use for use in found if use.row.visit_id != visit.id)


def past_treatments(
    patient_id: int, episode_id: int, until: date, *, also: Iterable[int | None] = ()
) -> tuple[PastTreatment, ...]:
    """Return what was done in the patient's signed, treated visits up to a day, in one statement.

    The last twelve, those of the episode before those of others. The visits whose ids are in
    ``also`` come too, if they are such visits, whatever their day.
    """
    values = {
        "patient_id": patient_id,
        "episode_id": episode_id,
        "until": until,
        "also": [number for number in also if number is not None and 0 < number <= LARGEST],
    }
    return _past_treatments(_each_use(read_rows(_PAST, values)))


def require_sources(draft: VisitDraft, stored: VisitDraft, patient_id: int) -> None:
    """Raise RowGone where what a draft repeats is not a signed visit's of this patient.

    Sources that are stored already were checked when they came.
    """
    uses = {use.copied_from_id for use in draft.uses}
    uses -= {use.copied_from_id for use in stored.uses} | {None}
    visits = {draft.repeated_from_id} - {stored.repeated_from_id, None}
    if not uses and not visits:
        return
    if any(
        number is None or not 0 < number <= LARGEST for number in (*uses, draft.repeated_from_id)
    ):
        raise RowGone("What is repeated has no such number.")
    statement = (
        select(Visit.id.label("visit_id"), InstrumentUse.id.label("use_id"))
        .outerjoin(InstrumentUse, InstrumentUse.visit_id == Visit.id)
        .where(
            Visit.patient_id == patient_id,
            counts(Visit),
            or_(Visit.id.in_(visits), InstrumentUse.id.in_(uses)),
        )
    )
    found = db.session.execute(statement).all()
    if visits - {row.visit_id for row in found} or uses - {row.use_id for row in found}:
        raise RowGone("A treatment is repeated from a signed visit of the same patient.")


def _past_treatments(uses: Iterable[StoredUse]) -> tuple[PastTreatment, ...]:
    by_visit = groupby(uses, key=lambda use: use.row.visit_id)
    return tuple(_past_treatment(list(group)) for _, group in by_visit)


def _past_treatment(uses: list[StoredUse]) -> PastTreatment:
    session = uses[0].row
    lubricants = (use.lubricant for use in uses if use.lubricant is not None)
    return PastTreatment(
        visit_id=session.visit_id,
        served_on=session.visit_served_on,
        uses=tuple(use.draft for use in uses),
        position=session.visit_position,
        episode_id=session.visit_episode_id,
        author_id=session.visit_author_id,
        instruments={use.instrument.id: use.instrument.in_words for use in uses},
        lubricants={lubricant.id: lubricant.name for lubricant in lubricants},
        timed_minutes=session.visit_timed_minutes,
        total_minutes=session.visit_total_minutes,
    )
