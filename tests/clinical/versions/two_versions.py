"""Two versions of a visit: as both people opened it, and as each changed it."""

from collections.abc import Callable
from dataclasses import fields, replace
from datetime import date, time, timedelta
from decimal import Decimal
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from clinic_notes.clinical.drafts import AnswerDraft, Measured, Site, VisitDraft
from clinic_notes.clinical.versions.merge import Difference, Version
from clinic_notes.clinical.versions.pairing import plain_fields, row_lists
from clinic_notes.reference.terms import ReadingState, Side
from tests.full_session import full_draft

STORED, TYPED = Version.STORED, Version.TYPED
ROWS, PLAIN = row_lists(VisitDraft), plain_fields(VisitDraft)


def numbered(draft: VisitDraft, begin: int) -> VisitDraft:
    """Return the draft as it reads once it is saved: rows without an id have one."""
    lists = {}
    for position, name in enumerate(ROWS):
        first = begin + 10 * position
        rows = getattr(draft, name)
        lists[name] = tuple(
            row if row.id is not None else replace(row, id=first + at)
            for at, row in enumerate(rows)
        )
    return replace(draft, **lists)


def _few(draft: VisitDraft) -> VisitDraft:
    said_more = tuple(answer for answer in draft.answers if answer.detail or answer.reason)
    lists = {name: getattr(draft, name)[1:4] or getattr(draft, name) for name in ROWS}
    return replace(draft, **(lists | {"answers": said_more}))


OPENED = numbered(_few(full_draft(3, 4, 2)), 100)
"""A session with two or three rows of each kind, saved: what both opened."""


def without_ids(draft: VisitDraft) -> VisitDraft:
    """Return a visit without the ids of its rows."""
    lists = {name: tuple(replace(r, id=None) for r in getattr(draft, name)) for name in ROWS}
    return replace(draft, **lists)


def as_typed(draft: VisitDraft) -> VisitDraft:
    """Return the draft as a form is read: an answer is known by its item, not by an id."""
    return replace(draft, answers=tuple(replace(answer, id=None) for answer in draft.answers))


ANOTHER: dict[Any, Callable[[Any], Any]] = {
    Measured: lambda end: Measured(ReadingState.MEASURED, (end.number or Decimal(0)) + 1),
    bool: lambda value: not value,
    date: lambda day: (day or date(2026, 3, 4)) - timedelta(days=1),
    time: lambda at: None if at == time(9, 15) else time(9, 15),
    str: lambda text: f"{text} and more",
    tuple[str, ...]: lambda keys: keys[1:] or ("soleus", *keys),
    tuple[Site, ...]: lambda sites: sites[1:] or (Site("calf", Side.LEFT), *sites),
}
"""Another value, by the kind of a part."""


def changed(row: Any, name: str) -> Any:
    """Return the row, or the visit, with another value in one part."""
    kind, value = get_type_hints(type(row))[name], getattr(row, name)
    if get_origin(kind) is UnionType:
        kind = next(one for one in get_args(kind) if one is not NoneType)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        other: Any = next(member for member in kind if member is not value)
    else:
        other = ANOTHER[kind](value) if kind in ANOTHER else kind((value or 0) + 1)
    return replace(row, **{name: other})


def parts_of(row: Any) -> list[str]:
    """Return the parts of a row that a person may change: its name and its item stay."""
    compared = (part.name for part in fields(row) if part.compare)
    return [name for name in compared if name not in ("id", "item")]


@st.composite
def edits(draw: st.DrawFn, opened: VisitDraft = OPENED) -> VisitDraft:
    """A visit after some parts were changed, some rows taken away, and some added."""
    draft = opened
    for name in draw(st.lists(st.sampled_from(PLAIN), max_size=3, unique=True)):
        draft = changed(draft, name)
    for rows in draw(st.lists(st.sampled_from(ROWS), max_size=4, unique=True)):
        draft = replace(draft, **{rows: tuple(draw(_edited(getattr(draft, rows))))})
    return draft


@st.composite
def _edited(draw: st.DrawFn, rows: tuple[Any, ...]) -> list[Any]:
    edited = list(rows)
    for at in draw(st.lists(st.integers(0, len(edited) - 1), max_size=3, unique=True)):
        edited[at] = changed(edited[at], draw(st.sampled_from(parts_of(edited[at]))))
    if draw(st.booleans()):
        edited.pop(draw(st.integers(0, len(edited) - 1)))
    # The safety check has a line for each item of the catalogue: none can be added.
    if edited and not isinstance(edited[0], AnswerDraft) and draw(st.booleans()):
        new = replace(draw(st.sampled_from(edited)), id=None)
        edited.insert(draw(st.integers(0, len(edited))), changed(new, parts_of(new)[-1]))
    return edited


def presets(found: list[Difference]) -> dict[str, Version]:
    """Return the version that each difference begins with, where it begins with one."""
    return {difference.key: difference.preset for difference in found if difference.preset}
