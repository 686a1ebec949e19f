"""Saves a visit's rows: writes only those that differ from what is stored.

Rows are matched by id, never by position; the safety answers by the item asked.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import delete

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
from clinic_notes.clinical.how_asked import kept_as_asked
from clinic_notes.core.bulk import insert_rows, update_rows
from clinic_notes.core.db import db
from clinic_notes.core.lookup import RowGone
from clinic_notes.reference.terms import Answer

LONGEST_WAIT = timedelta(hours=24)
"""An answer said to be given longer ago than this is dated when it is saved."""

ColumnsOf = Callable[[Any], dict[str, Any]]


def write_rows(visit: Visit, stored: VisitDraft, wanted: VisitDraft) -> None:
    """Write a draft's rows over the stored ones; the visit has its id.

    RowGone for a row that names an id this visit does not have.
    """
    _write_answers(visit, stored.answers, wanted.answers)
    _write_uses(visit, stored.uses, wanted.uses)
    for table, before, after, columns_of in (
        (Reading, _readings(stored), _readings(wanted), columns.reading_columns),
        (Intervention, stored.interventions, wanted.interventions, columns.intervention_columns),
        (Effect, stored.effects, wanted.effects, columns.effect_columns),
    ):
        _write(table, visit, _changes(before, after), columns_of)


def _readings(draft: VisitDraft) -> tuple[columns.AnyReading, ...]:
    return (*draft.pains, *draft.roms, *draft.strengths, *draft.measures)


class _Changes(NamedTuple):
    """How the wanted rows of one table differ from the stored ones."""

    gone: list[int]
    """The ids of rows that are no longer wanted."""
    differing: list[tuple[int, Any]]
    """Rows that are new, changed or moved, each with its position."""

    @property
    def touched(self) -> list[int]:
        """The ids of stored rows that go or change: their own child rows are written anew."""
        return [*self.gone, *(row.id for _, row in self.differing if row.id is not None)]


def _changes(stored: Sequence[Any], wanted: Sequence[Any]) -> _Changes:
    named = [row.id for row in wanted if row.id is not None]
    known = {row.id: (position, row) for position, row in enumerate(stored)}
    if set(named) - set(known) or len(named) > len(set(named)):
        raise RowGone(f"Rows {named} are not each once on this visit.")
    return _Changes(
        gone=[number for number in known if number not in named],
        differing=[at for at in enumerate(wanted) if known.get(at[1].id) != at],
    )


def _write(
    table: Any,
    visit: Visit,
    changes: _Changes,
    columns_of: ColumnsOf,
    *,
    has_children: bool = False,
) -> dict[int, int]:
    """Delete, update and insert rows, in at most three statements.

    Return the ids of the rows that differ by their positions; of new ones only where the table
    ``has_children``, which need them.
    """
    _delete(table, table.id, changes.gone)
    ids: dict[int, int] = {}
    new, changed = [], []
    for position, row in changes.differing:
        written = row_at(position, row, columns_of)
        if row.id is None:
            new.append(written | {"visit_id": visit.id})
        else:
            changed.append(written | {"id": row.id})
            ids[position] = row.id
    update_rows(table, changed)
    returned = ("row_order", "id") if has_children else ()
    inserted = insert_rows(table, new, *returned)
    return ids | {row.row_order: row.id for row in inserted}


def row_at(position: int, row: Any, columns_of: ColumnsOf) -> dict[str, Any]:
    """Return a part of a draft as a row of its table, without its visit."""
    return columns_of(row) | {"row_order": position}


def tissue_rows(use_id: int, row: UseDraft) -> Iterator[dict[str, Any]]:
    """Yield the tissues of an instrument use as rows."""
    for nth, tissue in enumerate(row.tissues):
        yield {"tissue": tissue, "row_order": nth, "instrument_use_id": use_id}


def site_rows(answer_id: int, row: AnswerDraft) -> Iterator[dict[str, Any]]:
    """Yield the sites of a safety answer as rows."""
    for nth, site in enumerate(row.sites):
        yield {
            "region": site.region, "side": site.side, "row_order": nth,
            "screening_answer_id": answer_id,
        }  # fmt: skip


def _delete(table: Any, column: Any, numbers: Sequence[int]) -> None:
    if numbers:
        statement = delete(table).where(column.in_(numbers))
        db.session.execute(statement.execution_options(synchronize_session=False))


def _write_uses(visit: Visit, stored: Sequence[UseDraft], wanted: Sequence[UseDraft]) -> None:
    changes = _changes(stored, wanted)
    _delete(UseTissue, UseTissue.instrument_use_id, changes.touched)
    ids = _write(InstrumentUse, visit, changes, columns.use_columns, has_children=True)
    insert_rows(
        UseTissue,
        (
            tissue
            for position, row in changes.differing
            for tissue in tissue_rows(ids[position], row)
        ),
    )


def _write_answers(
    visit: Visit, stored: Sequence[AnswerDraft], wanted: Sequence[AnswerDraft]
) -> None:
    earlier = {row.item: row for row in stored}
    answers = (dated(row, earlier.get(row.item), visit.changed_at) for row in wanted)
    changes = _changes(stored, [_with_id_of(earlier.get(row.item), row) for row in answers])
    _delete(ScreeningSite, ScreeningSite.screening_answer_id, changes.touched)
    ids = _write(ScreeningAnswer, visit, changes, columns.answer_columns, has_children=True)
    insert_rows(
        ScreeningSite,
        (site for position, row in changes.differing for site in site_rows(ids[position], row)),
    )


def _with_id_of(stored: AnswerDraft | None, row: AnswerDraft) -> AnswerDraft:
    """Return an answer with the id of its stored row, without one where it is new."""
    number = stored.id if stored is not None else None
    return row if row.id == number else replace(row, id=number)


def dated(row: AnswerDraft, stored: AnswerDraft | None, now: datetime) -> AnswerDraft:
    """Return an answer with the moment it was given; one that stands stays as it was asked."""
    if stored is not None and stored.answer == row.answer:
        return kept_as_asked(row, stored)
    return replace(row, answered_at=_given_at(row, stored, now))


def _given_at(row: AnswerDraft, stored: AnswerDraft | None, now: datetime) -> datetime | None:
    """Return the moment of a new answer."""
    if row.answer is Answer.NOT_ASKED:
        return None
    tapped = row.answered_at
    # Where two versions were merged, a changed answer may still have the moment of the earlier one.
    is_new = stored is None or tapped != stored.answered_at
    is_believed = is_new and tapped is not None and now - LONGEST_WAIT <= tapped <= now
    return tapped if is_believed else now
