"""Make a visit's rows say what a draft says, changing only what differs.

Rows are matched by id, never by position; the safety answers by the item asked.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, delete, select

from clinic_notes.charting.models import (
    Effect,
    InstrumentUse,
    Intervention,
    Reading,
    ScreeningAnswer,
    ScreeningSite,
    UseTissue,
    Visit,
    columns,
)
from clinic_notes.clinical.drafts import AnswerDraft, UseDraft, VisitDraft
from clinic_notes.core.bulk import RowGone, insert_rows, read_rows, update_rows
from clinic_notes.core.db import db
from clinic_notes.reference.terms import Answer

LONGEST_WAIT = timedelta(hours=24)
"""A tap that a page says was earlier than this is dated when it is saved."""

Columns = Callable[[Any], dict[str, Any]]


def write_rows(visit: Visit, stored: VisitDraft, wanted: VisitDraft) -> None:
    """Write a draft's rows over what is stored; the visit has its id. RowGone for a foreign row."""
    _write_answers(visit, stored.answers, wanted.answers)
    _write_uses(visit, stored.uses, wanted.uses)
    readings = _readings(stored), _readings(wanted)
    _write_rows(Reading, visit, *readings, columns.of_reading)
    _write_rows(
        Intervention, visit, stored.interventions, wanted.interventions, columns.of_intervention
    )
    _write_rows(Effect, visit, stored.effects, wanted.effects, columns.of_effect)


def _readings(draft: VisitDraft) -> tuple[columns.AnyReading, ...]:
    return (*draft.pains, *draft.roms, *draft.strengths, *draft.measures)


def _write_answers(
    visit: Visit, held: Sequence[AnswerDraft], wanted: Sequence[AnswerDraft]
) -> None:
    before = {row.item: row for row in held}
    named = [_numbered(row, before.get(row.item)) for row in wanted]
    given_at = {r.item: _given_at(r, before.get(r.item), visit.changed_at) for r in wanted}
    asked = {row.item for row in wanted}
    gone = [row.id for row in held if row.item not in asked]
    differing = _differing(held, named)
    _delete(ScreeningSite, ScreeningSite.screening_answer_id, [*gone, *_stored_ids(differing)])

    def of_answer(row: AnswerDraft) -> dict[str, Any]:
        return columns.of_answer(row) | {"answered_at": given_at[row.item]}

    _write_rows(ScreeningAnswer, visit, held, named, of_answer)
    with_places = [(place, row) for place, row in differing if row.sites]
    if with_places:
        ids = _ids_by_place(ScreeningAnswer, visit)
        insert_rows(
            ScreeningSite,
            (
                {"region": site.region, "side": site.side, "row_order": nth}
                | {"screening_answer_id": ids[place]}
                for place, row in with_places
                for nth, site in enumerate(row.sites)
            ),
        )


def _numbered(row: AnswerDraft, held: AnswerDraft | None) -> AnswerDraft:
    """Return an answer with the number of its row, none where it is new."""
    number = held.id if held is not None else None
    return row if row.id == number else replace(row, id=number)


def _given_at(row: AnswerDraft, held: AnswerDraft | None, now: datetime) -> datetime | None:
    """Return the moment an answer was given."""
    if held is not None and held.answer == row.answer:
        return held.answered_at
    if row.answer is Answer.NOT_ASKED:
        return None
    tapped = row.answered_at
    # Of two versions made one, a changed answer may still bear the moment of the one before it.
    is_new = held is None or tapped != held.answered_at
    is_believed = is_new and tapped is not None and now - LONGEST_WAIT <= tapped <= now
    return tapped if is_believed else now


def _write_uses(visit: Visit, held: Sequence[UseDraft], wanted: Sequence[UseDraft]) -> None:
    _require_own(held, wanted)
    gone = {row.id for row in held} - {row.id for row in wanted}
    differing = _differing(held, wanted)
    _delete(UseTissue, UseTissue.instrument_use_id, [*gone, *_stored_ids(differing)])
    _write_rows(InstrumentUse, visit, held, wanted, columns.of_use)
    with_tissues = [(place, row) for place, row in differing if row.tissues]
    if with_tissues:
        ids = _ids_by_place(InstrumentUse, visit)
        insert_rows(
            UseTissue,
            (
                {"tissue": tissue, "row_order": nth, "instrument_use_id": ids[place]}
                for place, row in with_tissues
                for nth, tissue in enumerate(row.tissues)
            ),
        )


def _write_rows(
    table: Any, visit: Visit, held: Sequence[Any], wanted: Sequence[Any], of: Columns
) -> None:
    """Insert the new, update the changed, delete the rest: at most three statements."""
    _require_own(held, wanted)
    gone = {row.id for row in held} - {row.id for row in wanted}
    _delete(table, table.id, gone)
    differing, number = _differing(held, wanted), visit.id
    changed = [
        of(row) | {"row_order": p, "id": row.id} for p, row in differing if row.id is not None
    ]
    if changed:
        update_rows(table, changed)
    new = [of(row) | {"row_order": p, "visit_id": number} for p, row in differing if row.id is None]
    insert_rows(table, new)


def _require_own(held: Sequence[Any], wanted: Sequence[Any]) -> None:
    named = [row.id for row in wanted if row.id is not None]
    if set(named) - {row.id for row in held} or len(named) > len(set(named)):
        raise RowGone(f"Rows {named} are not each once on this visit.")


def _differing(held: Sequence[Any], wanted: Sequence[Any]) -> list[tuple[int, Any]]:
    """Return (place, row) of the rows that are new, changed, or stand elsewhere now."""
    before = {row.id: (place, row) for place, row in enumerate(held)}
    return [(place, row) for place, row in enumerate(wanted) if before.get(row.id) != (place, row)]


def _stored_ids(rows: Iterable[tuple[int, Any]]) -> list[int]:
    return [row.id for _, row in rows if row.id is not None]


def _ids_by_place(table: Any, visit: Visit) -> dict[int, int]:
    found = read_rows(_places(table), {"visit_id": visit.id})
    return {row.row_order: row.id for row in found}


@cache
def _places(table: Any) -> Select[int, int]:
    return select(table.row_order, table.id).where(table.visit_id == bindparam("visit_id"))


def _delete(table: Any, column: Any, numbers: Iterable[int | None]) -> None:
    gone = [number for number in numbers if number is not None]
    if gone:
        statement = delete(table).where(column.in_(gone))
        db.session.execute(statement.execution_options(synchronize_session=False))
