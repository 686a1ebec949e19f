"""A clinic's policy: what it makes stricter, by item; its changes, and its words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinic_notes.clinical.wording import day
from clinic_notes.reference.contraindications import Contraindication
from clinic_notes.reference.terms import Pressure, Reach, Severity

EVERY_SESSION = 0
"""Days after which an item is asked again that is asked every session."""


class Part(StrEnum):
    """What of an item a clinic may make stricter."""

    SEVERITY = "severity"
    PRESSURE_CAP = "pressure_cap"
    REACH = "reach"
    ASK_AGAIN_DAYS = "ask_again_days"
    SYSTOLIC = "stops_from_systolic"
    DIASTOLIC = "stops_from_diastolic"


@dataclass(frozen=True)
class ItemPolicy:
    """What a clinic makes stricter in one item; None where the catalogue's value holds."""

    item: str
    severity: Severity | None = None
    pressure_cap: Pressure | None = None
    reach: Reach | None = None
    ask_again_days: int | None = None
    """0 for every session."""
    stops_from_systolic: int | None = None
    stops_from_diastolic: int | None = None
    """The blood pressure in mmHg from which nobody is treated."""

    @property
    def is_blank(self) -> bool:
        """Say whether it leaves the item as it is in the catalogue."""
        return self == ItemPolicy(self.item)


@dataclass(frozen=True)
class ClinicPolicy:
    """One version of a clinic's policy."""

    version: int = 0
    """0 for the catalogue alone."""
    made_on: date | None = None
    items: tuple[ItemPolicy, ...] = ()

    def find(self, item: str) -> ItemPolicy:
        """Return what it makes stricter in an item."""
        return next((own for own in self.items if own.item == item), ItemPolicy(item))

    def with_item(self, own: ItemPolicy) -> tuple[ItemPolicy, ...]:
        """Return the items of the policy in which this one replaces that of the same key."""
        others = [each for each in self.items if each.item != own.item]
        return (*others, own) if not own.is_blank else tuple(others)

    @property
    def evaluated_by(self) -> str:
        """Return the sentence with which a note names it."""
        if self.made_on is None:
            return "Evaluated by the catalogue alone, without a policy of the clinic"
        return f"Evaluated by clinic policy version {self.version} of {day(self.made_on)}"


CATALOGUE_ALONE = ClinicPolicy()


@dataclass(frozen=True)
class PartChange:
    """What one part of an item was, and what it is from a version on, as stored values."""

    item: str
    part: Part
    was: str
    now: str


def changes_between(old: Contraindication, new: Contraindication) -> Iterator[PartChange]:
    """Yield what differs between an item as it was in force and as it is now."""
    was, now = part_values(old), part_values(new)
    yield from (
        PartChange(old.key, part, was[part], now[part]) for part in Part if was[part] != now[part]
    )


def part_values(item: Contraindication) -> dict[Part, str]:
    """Return the value of each part of an item as text: ``light``, ``limb``, ``30``."""
    days = EVERY_SESSION if item.every_session else item.ask_again_days
    return {
        Part.SEVERITY: item.severity.value,
        Part.PRESSURE_CAP: item.pressure_cap.value if item.pressure_cap else "",
        Part.REACH: item.reach.value,
        Part.ASK_AGAIN_DAYS: str(days),
        Part.SYSTOLIC: str(item.stops_from_systolic),
        Part.DIASTOLIC: str(item.stops_from_diastolic),
    }
