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
    """The authority gives the figure as a least value, as the AMA's ">= 180"."""
    note: str = ""

    @property
    def text(self) -> str:
        """Return the figure as it is read aloud: "45", "50 to 60", "180 or more"."""
        if self.at_least:
            return f"{self.low} or more"
        return f"{self.low}" if self.low == self.high else f"{self.low} to {self.high}"


@dataclass(frozen=True, kw_only=True)
class Movement(Entry):
    """A movement of a joint. Outside the hard limits, in degrees, an entry is refused."""

    joint: str
    hard_min: int
    hard_max: int
    sided: bool
    sign_convention: str
    tool: str
    norms: tuple[Norm, ...] = ()
    positions: tuple[str, ...] = ()
    """Positions of the joints around it that change the reading, so must be recorded."""

    @property
    def regions(self) -> tuple[str, ...]:
        """Return the regions whose treatment this movement is measured for."""
        return tuple(region.key for region in regions if self.key in region.movements)

    def soft_max(self) -> Decimal | None:
        """Return the degrees above which to ask again: the highest norm and 30 % (7.1).

        None where no norm is known, or where the norm is 0 and 30 % of it says nothing.
        """
        highest = max((norm.high for norm in self.norms), default=Decimal(0))
        return min(highest * Decimal("1.3"), Decimal(self.hard_max)) if highest else None


class Figure(StrEnum):
    """What kind of error figure a study gives; only an MDC may gate a change label."""

    MDC = "mdc"
    SEM = "sem"
    AGREEMENT = "agreement"


class Raters(StrEnum):
    """Whether the same person measured both times."""

    SAME = "same"
    DIFFERENT = "different"


@dataclass(frozen=True, kw_only=True)
class MeasurementError(Entry):
    """How far two readings may differ with nothing changed (clinical.md 7.3).

    ``movements`` and ``measures`` are keys; both empty means the default for the rest.
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


movements = load("movements", Movement)
devices = load("devices.toml", Entry)
joint_positions = load("joint_positions.toml", Entry)
errors = load("errors.toml", MeasurementError)


def movements_for(region_keys: Iterable[str]) -> tuple[Movement, ...]:
    """Return the movements to measure for these regions, most useful first, each once.

    An unknown region asks for none.
    """
    found = (regions.find(key) for key in region_keys)
    keys = dict.fromkeys(key for region in found if region for key in region.movements)
    return tuple(movements[key] for key in keys)
