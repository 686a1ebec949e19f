"""What the manager asks: period, split and filters, read from the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from clinic_notes.core.lookup import bounded_integer
from clinic_notes.outcomes.facts.models import Chronicity
from clinic_notes.outcomes.results.dimensions import DIMENSIONS, Dimension
from clinic_notes.reference.terms import Pressure

TERMS: dict[str, type[StrEnum]] = {"pressure": Pressure, "chronicity": Chronicity}
"""Dimensions whose values are closed vocabularies.

An unknown key of a catalogue is no mistake: its entry may be gone since, and nothing is found.
"""
COMPARISONS = {"before": "The period before", "year": "The same days a year earlier"}
"""What a period can be compared with."""
_OTHERS = ("from", "to", "by", "compare", "table")
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
"""Days beyond these are slips; and a period before the earliest has to be a period still."""
MOST = 200
"""Characters of a filter's value; no key and no label is longer."""


class UnclearQuestion(ValueError):
    """The address asks for something that cannot be answered; its text says what."""


@dataclass(frozen=True)
class Question:
    """A period, what results are split by, and what they are limited to."""

    start: date
    end: date
    by: Dimension
    only: Mapping[str, str | int] = field(default_factory=dict)
    """The value of each dimension that results are limited to, by the dimension's key."""
    compare: str = "before"
    """With what it is compared: a key of ``COMPARISONS``."""

    @property
    def address(self) -> dict[str, str | int]:
        """Return the question as the arguments of an address."""
        usual = {} if self.compare == "before" else {"compare": self.compare}
        period = {"from": str(self.start), "to": str(self.end), "by": self.by.key}
        return {**period, **usual, **self.only}

    @property
    def compared(self) -> "Question":
        """Return the same of the period that this is compared with."""
        if self.compare == "year":
            return replace(self, start=_a_year_earlier(self.start), end=_a_year_earlier(self.end))
        days = self.end - self.start + timedelta(days=1)
        return replace(self, start=self.start - days, end=self.start - timedelta(days=1))


def _a_year_earlier(on: date) -> date:
    is_leap_day = (on.month, on.day) == (2, 29)
    return on.replace(year=on.year - 1, day=28 if is_leap_day else on.day)


def last_year(today: date, by: str = "region") -> Question:
    """Return the question of the last 365 days."""
    return Question(today - timedelta(days=364), today, DIMENSIONS[by])


def read_question(arguments: Mapping[str, str], today: date) -> Question:
    """Return what an address asks; UnclearQuestion where it makes no sense."""
    usual = last_year(today)
    unknown = sorted(set(arguments) - {*_OTHERS, *DIMENSIONS})
    if unknown:
        raise UnclearQuestion(f"There is no filter of the name {unknown[0][:MOST]}.")
    start = _day(arguments.get("from", ""), usual.start)
    end = _day(arguments.get("to", ""), usual.end)
    if end < start:
        raise UnclearQuestion("The period ends before it begins.")
    by = arguments.get("by") or usual.by.key
    if by not in DIMENSIONS:
        raise UnclearQuestion(f"Results cannot be split by {by[:MOST]}.")
    compare = arguments.get("compare") or usual.compare
    if compare not in COMPARISONS:
        raise UnclearQuestion(f"Nothing can be compared with {compare[:MOST]}.")
    only = {
        key: value_of(one, arguments[key]) for key, one in DIMENSIONS.items() if arguments.get(key)
    }
    return Question(start, end, DIMENSIONS[by], only, compare)


def value_of(dimension: Dimension, text: str) -> str | int:
    """Return a dimension's value as it is stored."""
    if dimension.needs_number:
        number = bounded_integer(text)
        if number is None:
            raise UnclearQuestion(f"{dimension.title}: this is no number of one.")
        return number
    if len(text) > MOST:
        raise UnclearQuestion(f"{dimension.title}: this is too long.")
    terms = TERMS.get(dimension.key)
    if terms is not None and text not in list(terms):
        raise UnclearQuestion(f"{dimension.title}: there is no such value.")
    return text


def _day(text: str, usual: date) -> date:
    if not text:
        return usual
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise UnclearQuestion(f"{text[:20]} is no day; write it as 2026-11-28.") from None
    if not EARLIEST <= day <= LATEST:
        raise UnclearQuestion(f"{text[:20]} is too far away.")
    return day
