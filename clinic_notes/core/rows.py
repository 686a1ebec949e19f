"""Make stored rows say what a draft says: matched by id, never by position."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol, TypeVar


class Draft(Protocol):
    """A draft row: its id, or None where it is new."""

    @property
    def id(self) -> int | None:
        """The stored row's id."""


class RowGone(Exception):
    """A submitted row names an id this record does not have."""


Row = TypeVar("Row", bound=Any)
AnyDraft = TypeVar("AnyDraft", bound=Draft)


def match_rows(
    rows: list[Row],
    drafts: Sequence[AnyDraft],
    new: Callable[[], Row],
    write: Callable[[Row, AnyDraft], None],
) -> None:
    """Edit the rows the drafts name, add the new, drop the rest. RowGone for a foreign id."""
    held = {row.id: row for row in rows}
    try:
        kept = [held.pop(draft.id) if draft.id is not None else new() for draft in drafts]
    except KeyError as missing:
        raise RowGone(f"Row {missing} is not on this record.") from None
    for place, (row, draft) in enumerate(zip(kept, drafts, strict=True)):
        row.place = place
        write(row, draft)
    rows[:] = kept
