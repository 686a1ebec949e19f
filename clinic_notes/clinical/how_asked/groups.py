"""The plain "no" of a session, together as they were asked for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.reference.terms import HowAsked

_ORDER = (HowAsked.ONE_BY_ONE, HowAsked.UNCHANGED, HowAsked.IN_ONE_STEP, None)


@dataclass(frozen=True)
class AnsweredNo:
    """Questions that were answered no and asked for in the same way."""

    how: HowAsked | None
    """None where it was not recorded."""
    since: date | None
    """The day since which nothing has changed."""
    moments: tuple[datetime, ...]
    """When they were answered, the earliest first; none where that is not known."""
    items: tuple[str, ...]


def answered_no(answers: Iterable[AnswerDraft]) -> tuple[AnsweredNo, ...]:
    """Return every plain "no", those asked one by one first."""
    groups: dict[tuple[HowAsked | None, date | None], list[AnswerDraft]] = {}
    for given in answers:
        if given.is_plain_no:
            groups.setdefault((given.how_asked, given.unchanged_since), []).append(given)
    return tuple(
        AnsweredNo(how, since, _moments(rows), tuple(row.item for row in rows))
        for (how, since), rows in sorted(groups.items(), key=lambda group: _position(*group[0]))
    )


def kept_as_asked(given: AnswerDraft, stored: AnswerDraft | None) -> AnswerDraft:
    """Return an answer as it was asked for, where the same answer was stored before."""
    if stored is None or stored.answer is not given.answer:
        return given
    return replace(
        given,
        answered_at=stored.answered_at,
        how_asked=stored.how_asked,
        unchanged_since=stored.unchanged_since,
    )


def _position(how: HowAsked | None, since: date | None) -> tuple[int, date]:
    return _ORDER.index(how), since or date.min


def _moments(rows: Iterable[AnswerDraft]) -> tuple[datetime, ...]:
    return tuple(sorted({row.answered_at for row in rows if row.answered_at is not None}))
