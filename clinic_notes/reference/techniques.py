"""How an instrument is used: stroke, direction, motion, position (clinical.md 2)."""

from dataclasses import dataclass

from clinic_notes.reference.catalogue import Entry, load
from clinic_notes.reference.terms import Pressure


@dataclass(frozen=True, kw_only=True)
class Stroke(Entry):
    """A stroke of the instrument; angles in degrees to the skin, 0 to 90, where published."""

    description: str
    depth: str
    angle_low: int | None = None
    angle_high: int | None = None
    pressure_cap: Pressure | None = None
    """The highest pressure of a stroke that is light by nature (clinical.md 2.1; proposed)."""


@dataclass(frozen=True, kw_only=True)
class Described(Entry):
    """An entry with a description."""

    description: str = ""


@dataclass(frozen=True, kw_only=True)
class Motion(Described):
    """What the treated part does meanwhile."""

    loads: bool = False
    """Whether the treated part bears a load (proposed)."""


@dataclass(frozen=True, kw_only=True)
class Position(Entry):
    """How the patient lies, sits or stands."""

    loads: tuple[str, ...] = ()
    """The limbs that bear a load in it, "arm" or "leg" (proposed)."""


strokes = load("strokes.toml", Stroke)
directions = load("directions.toml", Described)
motions = load("motions.toml", Motion)
positions = load("positions.toml", Position)
