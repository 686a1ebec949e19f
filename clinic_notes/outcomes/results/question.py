"""What the manager asks: period, split and filters, read from the address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
_OTHERS = ("from", "to", "by", "value", "response", "table")
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

    @property
    def address(self) -> dict[str, str | int]:
        """Return the question as the arguments of an address."""
        return {"from": str(self.start), "to": str(self.end), "by": self.by.key, **self.only}

    @property
    def previous(self) -> "Question":
        """Return the same of the period before, as long as this."""
        days = self.end - self.start + timedelta(days=1)
        return Question(self.start - days, self.start - timedelta(days=1), self.by, self.only)


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
    only = {
        key: value_of(one, arguments[key]) for key, one in DIMENSIONS.items() if arguments.get(key)
    }
    return Question(start, end, DIMENSIONS[by], only)


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
        return date.fromisoformat(text)
    except ValueError:
        raise UnclearQuestion(f"{text[:20]} is no day; write it as 2026-11-28.") from None
