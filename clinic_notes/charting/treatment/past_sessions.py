"""What was done in past sessions, read to be repeated or to be compared with."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Date, Integer, Select, bindparam, or_, select, union
from sqlalchemy.orm import aliased

from clinic_notes.charting.models import InstrumentUse, UseTissue, Visit, columns
from clinic_notes.clinical.drafts import UseDraft, VisitDraft
from clinic_notes.clinical.repeat.treatment import PastTreatment
from clinic_notes.core.bulk import RowGone, read_rows
from clinic_notes.core.db import db
from clinic_notes.equipment.models import Instrument, InstrumentSummary, Lubricant, LubricantSummary
from clinic_notes.reference.terms import Decision

LISTED = 12
"""Past sessions the form offers; older ones are repeated from the patient's page."""

MOST = 2**31 - 1
"""PostgreSQL's integers end here; a number beyond is nobody's."""

Use = tuple[Any, UseDraft]
"""A row of the statement, with its tool and product, and the instrument use it holds."""


_OF_VISIT = (
    "id", "served_on", "position", "episode_id", "author_id", "timed_minutes", "total_minutes",
)  # fmt: skip
_USE_AT = len(_OF_VISIT)
_TOOL_AT = _USE_AT + len(columns.USE)
_PRODUCT_AT = _TOOL_AT + len(InstrumentSummary._fields)
"""Where in a row of the statement each part begins; the tissue comes last."""


def uses_of_visits() -> Select[Any]:
    """Return the statement for instrument uses with their visit, tool, product and tissues."""
    picked: list[Any] = [getattr(Visit, name).label(f"visit_{name}") for name in _OF_VISIT]
    picked += [getattr(InstrumentUse, name) for name in columns.USE]
    picked += [
        getattr(Instrument, name).label(f"tool_{name}") for name in InstrumentSummary._fields
    ]
    picked += [
        getattr(Lubricant, name).label(f"product_{name}") for name in LubricantSummary._fields
    ]
    # Outer joins all the way: given the choice, SQLite begins with every use of the clinic.
    return (
        select(*picked, UseTissue.tissue)
        .select_from(Visit)
        .outerjoin(InstrumentUse, InstrumentUse.visit_id == Visit.id)
        .outerjoin(Instrument, Instrument.id == InstrumentUse.instrument_id)
        .outerjoin(Lubricant, Lubricant.id == InstrumentUse.lubricant_id)
        .outerjoin(UseTissue, UseTissue.instrument_use_id == InstrumentUse.id)
    )


def tool_of(row: Any) -> InstrumentSummary:
    """Return the instrument a row of the statement names."""
    return InstrumentSummary(*row[_TOOL_AT:_PRODUCT_AT])


def product_of(row: Any) -> LubricantSummary | None:
    """Return the lubricant a row of the statement names, None where it names none."""
    if row.product_id is None:
        return None
    return LubricantSummary(*row[_PRODUCT_AT:-1])


def each_use(rows: Iterable[Any]) -> Iterator[Use]:
    """Yield each instrument use once, with the tissues of all its rows."""
    for number, group in groupby(rows, key=attrgetter("id")):
        if number is None:  # A visit without any.
            continue
        first, *more = group
        tissues = tuple(row[-1] for row in (first, *more) if row[-1] is not None)
        picked = zip(columns.USE, first[_USE_AT:_TOOL_AT], strict=True)
        yield first, UseDraft(tissues=tissues, **dict(picked))


_VISIT_ID = bindparam("visit_id", type_=Integer)
_IN_ORDER = (Visit.id, InstrumentUse.row_order, UseTissue.row_order)
_OWN = uses_of_visits().where(Visit.id == _VISIT_ID).order_by(*_IN_ORDER)
_COPY, _SOURCE = aliased(InstrumentUse), aliased(InstrumentUse)
# Rows may have been copied from more than one session. One list of visits, and no OR over
# instrument uses, for which PostgreSQL would read the table from end to end.
_WITH_SOURCES = (
    uses_of_visits()
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
    Visit.signed_at.is_not(None),
)
_LATEST_FIRST = (
    (Visit.episode_id == bindparam("episode_id", type_=Integer)).desc(),
    Visit.served_on.desc(),
    Visit.start_time.desc().nulls_last(),
    Visit.signed_at.desc(),
    Visit.id.desc(),
)
_LISTED = (
    select(Visit.id)
    .where(*_TREATED, Visit.served_on <= bindparam("until", type_=Date))
    .order_by(*_LATEST_FIRST)
    .limit(LISTED)
)
_PAST = (
    uses_of_visits()
    .where(
        *_TREATED,
        or_(Visit.id.in_(_LISTED), Visit.id.in_(bindparam("also", expanding=True))),
    )
    .order_by(*_LATEST_FIRST, InstrumentUse.row_order, UseTissue.row_order)
)


def uses_with_sources(visit: Visit) -> tuple[list[Use], tuple[PastTreatment, ...]]:
    """Return the instrument uses of a visit, and the past sessions they were repeated from."""
    if visit.repeated_from_id is None:
        return [*each_use(read_rows(_OWN, {"visit_id": visit.id}))], ()
    asked = {"visit_id": visit.id, "repeated_from_id": visit.repeated_from_id}
    found = [*each_use(read_rows(_WITH_SOURCES, asked))]
    own = [use for use in found if use[0].visit_id == visit.id]
    return own, _past_treatments(use for use in found if use[0].visit_id != visit.id)


def past_treatments(
    patient_id: int, episode_id: int, until: date, *, also: Iterable[int | None] = ()
) -> tuple[PastTreatment, ...]:
    """Return what was done in the patient's signed, treated visits up to a day, in one statement.

    The last twelve by the day they took place: those of the episode before those of others. The
    visits whose ids are in ``also`` come too, if they are such visits, whatever their day.
    """
    asked = {
        "patient_id": patient_id,
        "episode_id": episode_id,
        "until": until,
        "also": [number for number in also if number is not None and 0 < number <= MOST],
    }
    return _past_treatments(each_use(read_rows(_PAST, asked)))


def require_sources(draft: VisitDraft, held: VisitDraft, patient_id: int) -> None:
    """Raise RowGone where a source that was sent is not a signed visit's of this patient.

    Sources that are stored already were asked about when they came.
    """
    kept = {use.copied_from_id for use in held.uses} | {None}
    uses = {use.copied_from_id for use in draft.uses} - kept
    visits = {draft.repeated_from_id} - {held.repeated_from_id, None}
    if not uses and not visits:
        return
    if any(number is None or not 0 < number <= MOST for number in (*uses, draft.repeated_from_id)):
        raise RowGone("What is repeated has no such number.")
    statement = (
        select(Visit.id, InstrumentUse.id)
        .outerjoin(InstrumentUse, InstrumentUse.visit_id == Visit.id)
        .where(
            Visit.patient_id == patient_id,
            Visit.signed_at.is_not(None),
            or_(Visit.id.in_(visits), InstrumentUse.id.in_(uses)),
        )
    )
    found = [tuple(row) for row in db.session.execute(statement)]
    if visits - {v for v, _ in found} or uses - {u for _, u in found}:
        raise RowGone("A treatment is repeated from a signed visit of the same patient.")


def _past_treatments(uses: Iterable[Use]) -> tuple[PastTreatment, ...]:
    by_visit = groupby(uses, key=lambda use: use[0].visit_id)
    return tuple(_recipe(list(group)) for _, group in by_visit)


def _recipe(uses: list[Use]) -> PastTreatment:
    first = uses[0][0]
    return PastTreatment(
        visit_id=first.visit_id,
        served_on=first.visit_served_on,
        uses=tuple(use for _, use in uses),
        position=first.visit_position,
        episode_id=first.visit_episode_id,
        author_id=first.visit_author_id,
        instruments={tool.id: tool.in_words for tool in {tool_of(row) for row, _ in uses}},
        lubricants={row.product_id: row.product_name for row, _ in uses if row.product_id},
        timed_minutes=first.visit_timed_minutes,
        total_minutes=first.visit_total_minutes,
    )
