"""Findings: a rule's message, its level, and the field it concerns."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Level(StrEnum):
    """How serious a finding is, the most serious first."""

    STOP = "stop"
    """Nobody may be treated today."""
    BLOCK = "block"
    """May not be done today: this region, this pressure, this product."""
    REFUSE = "refuse"
    """A value cannot be right, or a required one is missing."""
    CAUTION = "caution"
    """The user may go on, with care."""
    NOTE = "note"
    """Worth knowing."""


@dataclass(frozen=True)
class Finding:
    """One message of a rule."""

    level: Level
    message: str
    about: str = ""
    """The form field it is about, as ``uses-0-minutes``."""
    item: str = ""
    """The checklist item it follows from, if any."""


class ChoiceMark(NamedTuple):
    """What is said beside one choice of a field before it is made."""

    key: str
    text: str
    is_out: bool
    """Whether it may not be chosen today; a choice that was made already stays."""


def heaviest(findings: Iterable[Finding]) -> Level | None:
    """Return the most serious level, or None where nothing was found."""
    order = list(Level)
    return min((finding.level for finding in findings), key=order.index, default=None)


def refusals(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that refuse something: all but the cautions and notes."""
    return tuple(f for f in findings if f.level in (Level.STOP, Level.BLOCK, Level.REFUSE))


class Refused(Exception):
    """A rule refused an action; nothing was changed."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.message for finding in self.findings))
