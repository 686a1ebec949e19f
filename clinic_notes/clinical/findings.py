"""What a rule says: a level, a sentence for the person, and the field it is about."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding weighs, heaviest first."""

    STOP = "stop"
    """Nobody may be treated today."""
    BLOCK = "block"
    """This region may not be treated today."""
    REFUSE = "refuse"
    """What was typed cannot be right, or something required is missing."""
    CAUTION = "caution"
    """Go on, with care; shown and kept."""
    NOTE = "note"
    """Worth knowing."""


@dataclass(frozen=True)
class Finding:
    """One sentence of a rule; ``about`` is the form field it speaks of, as ``uses-0-minutes``."""

    level: Level
    message: str
    about: str = ""
    item: str = ""


def heaviest(findings: Iterable[Finding]) -> Level | None:
    """Return the level that decides, or None where nothing was found."""
    order = list(Level)
    return min((finding.level for finding in findings), key=order.index, default=None)


def standing_in_the_way(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that keep a visit from being signed as it is."""
    return tuple(f for f in findings if f.level in (Level.STOP, Level.BLOCK, Level.REFUSE))


class Refused(Exception):
    """A rule says no: what was asked for was not done, and nothing changed."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(finding.message for finding in self.findings))
