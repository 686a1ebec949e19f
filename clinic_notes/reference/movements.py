"""Joint movements in degrees: norms, limits, sign convention, measurement error (clinical.md 7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clinic_notes.reference.catalogue import Entry, load
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import Confidence


@dataclass(frozen=True, kw_only=True)
class Norm:
    """What one authority calls normal, in degrees: for reference, never a pass or fail."""

    authority: str
    low: Decimal
    high: Decimal
    source: str
    confidence: Confidence
    at_least: bool = False
    """Whether the authority gives a minimum, such as the AMA's ">= 180"."""
    note: str = ""

    @property
    def text(self) -> str:
        """Return the figure in words: "45", "50 to 60", "180 or more"."""
        if self.at_least:
            return f"{self.low} or more"
        return f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"


@dataclass(frozen=True, kw_only=True)
class Movement(Entry):
    """A movement of a joint. Outside the hard limits, in degrees, a reading is refused."""

    joint: str
    hard_min: int
    hard_max: int
    sided: bool
    sign_convention: str
    tool: str
    plain: str
    """What the patient does, in plain words; "{side}" stands where the side goes."""
    norms: tuple[Norm, ...] = ()
    positions: tuple[str, ...] = ()
    """Positions of nearby joints that change the reading and so must be recorded."""

    @property
    def regions(self) -> tuple[str, ...]:
        """Return the regions whose treatment this movement is measured for."""
        return tuple(region.key for region in regions if self.key in region.movements)

    def soft_max(self) -> Decimal | None:
        """Return the degrees above which a reading is unusual: the highest norm and 30 % (7.1).

        None where no norm is known, or where it is 0, so that 30 % of it means nothing.
        """
        highest = max((norm.high for norm in self.norms), default=Decimal(0))
        return min(highest * Decimal("1.3"), Decimal(self.hard_max)) if highest else None


class Figure(StrEnum):
    """The kind of error figure a study gives.

    A change beyond an MDC, or beyond the limits of agreement of two raters, is real. A standard
    error (SEM) is smaller than both: a change below it is error, of a larger one it says nothing.
    """

    MDC = "mdc"
    SEM = "sem"
    AGREEMENT = "agreement"


class Raters(StrEnum):
    """Whether one person measured both times, or two did; ANY where it is not said."""

    SAME = "same"
    DIFFERENT = "different"
    ANY = "any"


@dataclass(frozen=True, kw_only=True)
class MeasurementError(Entry):
    """How far two readings may differ though nothing changed (clinical.md 7.3).

    ``movements`` and ``measures`` are keys; where both are empty it is a rule of thumb, for what
    has no study. In newtons it is about the strength of the movement.
    """

    figure: Figure
    raters: Raters
    low: Decimal
    high: Decimal
    unit: str
    population: str
    movements: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    device: str = ""
    is_percent: bool = False
    """Whether low and high are percent of the reading before."""
    within_session: bool = False
    """Whether both readings of the study were taken in one session, so that it judges no others."""

    @property
    def is_rule_of_thumb(self) -> bool:
        """Say whether it is about no movement or measure in particular."""
        return not self.movements and not self.measures


movements = load("movements", Movement)
devices = load("devices.toml", Entry)
joint_positions = load("joint_positions.toml", Entry)
errors = load("errors", MeasurementError)


def movements_for(region_keys: Iterable[str]) -> tuple[Movement, ...]:
    """Return the movements to measure for these regions, most useful first, each once.

    An unknown region has none.
    """
    found = (regions.find(key) for key in region_keys)
    keys = dict.fromkeys(key for region in found if region for key in region.movements)
    return tuple(movements[key] for key in keys)
