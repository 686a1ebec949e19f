"""Body regions, their tissues, and the cautions there (clinical.md 6)."""

from dataclasses import dataclass

from clinic_notes.reference.catalogue import Entry, load
from clinic_notes.reference.terms import Pressure, Side


@dataclass(frozen=True, kw_only=True)
class Region(Entry):
    """A region that is treated as one."""

    sides: tuple[Side, ...]
    tissues: tuple[str, ...]
    conditions: tuple[str, ...]
    caution: str
    """The bones, vessels and nerves to take care of."""
    light_only: bool = False
    """Whether more than light pressure needs a written reason (clinical.md 6)."""
    pressure_cap: Pressure | None = None
    """The highest pressure with a reason (proposed)."""
    limb: str = ""
    """The limb it belongs to, "arm" or "leg", for findings about a whole limb."""
    neighbours: tuple[str, ...] = ()
    movements: tuple[str, ...] = ()
    """The joint movements worth measuring when it is treated, most useful first."""


regions = load("regions", Region)
tissues = load("tissues", Entry)
