"""The measured changes of a report in words, each with its verdict and what it stands on.

The words of a verdict are those of clinical.change: nothing here says more than they do.
"""

from collections.abc import Iterable, Sequence

from clinic_notes.clinical.change import (
    Basis,
    Comparison,
    JudgedChange,
    SessionRow,
    by_measured_thing,
    has_value,
    is_rating_of_change,
    judged_changes,
    verdict_text,
    why_text,
)
from clinic_notes.clinical.drafts import RomDraft
from clinic_notes.clinical.readings import marked_text, reading_text, unit_of
from clinic_notes.clinical.versions.wording import DisplayNames, row_title
from clinic_notes.clinical.wording import day, day_near, in_sentence, joined
from clinic_notes.reference.movements import joint_positions

_NO_NAMES = DisplayNames({}, {}, {}, {}, {})


def changes_text(rows: Iterable[SessionRow], region: str) -> str:
    """Return what changed since the start, one thing a line; last what was measured once only."""
    series = [each for each in map(_lasting, by_measured_thing(rows)) if each]
    lines = [line for each in series if (line := _change(each, region))]
    once = [_once(each[-1]) for each in series if len(each) == 1 and not _is_rating(each[-1])]
    if once:
        lines.append(f"Measured once, so no change can be judged: {'; '.join(once)}.")
    return "\n".join(lines)


def findings_text(rows: Iterable[SessionRow]) -> str:
    """Return the latest reading of each measured thing with its day, one a line."""
    series = (each for each in map(_lasting, by_measured_thing(rows)) if each)
    return "\n".join(f"{_title(each[-1])}: {_latest(each[-1])}." for each in series)


def _lasting(series: Sequence[SessionRow]) -> tuple[SessionRow, ...]:
    """Return the sessions with a reading before treatment: over sessions these are compared."""
    return tuple(one for one in series if has_value(one.row.before))


def _change(series: Sequence[SessionRow], region: str) -> str:
    if len(series) == 1 and not _is_rating(series[-1]):
        return ""
    judged = next(
        one
        for one in judged_changes(series, Basis(region=region))
        if one.comparison is Comparison.SINCE_START
    )
    values = _latest(series[-1]) if _is_rating(series[-1]) else _from_to(series)
    return f"{_title(series[-1])}: {values}: {_verdict(judged)}."


def _verdict(judged: JudgedChange) -> str:
    why = why_text(judged)
    return f"{verdict_text(judged)} ({why})" if why else verdict_text(judged)


def _from_to(series: Sequence[SessionRow]) -> str:
    first, last = series[0], series[-1]
    return f"{_value(first)} on {day_near(first.on, last.on)} to {_latest(last)}"


def _latest(one: SessionRow) -> str:
    return f"{_value(one)} on {day(one.on)}"


def _once(one: SessionRow) -> str:
    return f"{in_sentence(_title(one))} {_latest(one)}"


def _value(one: SessionRow) -> str:
    text = reading_text(one.row.before, unit_of(one.row), signed=_is_rating(one))
    return marked_text(text, is_corrected=one.before.is_corrected)


def _title(one: SessionRow) -> str:
    title = row_title(one.row, _NO_NAMES)
    if isinstance(one.row, RomDraft) and one.row.position:
        return joined(title, in_sentence(joint_positions.label(one.row.position)))
    return title


def _is_rating(one: SessionRow) -> bool:
    return is_rating_of_change(one.row)
