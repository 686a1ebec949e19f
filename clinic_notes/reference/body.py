"""The drawing of the body map: a shape for each region.

The drawing is data (``body_map/``): the half on the viewer's right, which the other half mirrors.
From the front the viewer's right is the patient's left; from behind it is the patient's right.
"""

import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from clinic_notes.reference.catalogue import CatalogueError
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import Side

FOLDER = Path(__file__).with_name("body_map")


class View(StrEnum):
    """The view of the body: from the front or from behind."""

    FRONT = "front"
    BACK = "back"


ON_THE_RIGHT = {View.FRONT: Side.LEFT, View.BACK: Side.RIGHT}
"""The patient's side on the viewer's right."""
ON_THE_LEFT = {View.FRONT: Side.RIGHT, View.BACK: Side.LEFT}
"""The patient's side on the viewer's left."""


@dataclass(frozen=True)
class Spot:
    """One area that can be tapped: a region on one side, in one view."""

    view: View
    region: str
    side: Side
    path: str
    """The outline as SVG path data; that of the other half where the spot is mirrored."""
    is_mirrored: bool
    at: tuple[float, float] | None
    """The position of its number, None where another view shows it."""


@dataclass(frozen=True)
class Ground:
    """A shape around the regions, or a contour line inside them."""

    path: str
    is_line: bool
    is_whole: bool
    """Whether it is on the midline, so that nothing is mirrored."""


@dataclass(frozen=True)
class Area:
    """A group of regions that are listed together."""

    label: str
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Figure:
    """The whole drawing."""

    spots: tuple[Spot, ...]
    ground: dict[View, tuple[Ground, ...]]
    areas: tuple[Area, ...]


def shown_on(side: Side) -> tuple[Side, ...]:
    """Return the sides of the drawing that a recorded side covers."""
    return (Side.LEFT, Side.RIGHT) if side is Side.BILATERAL else (side,)


def load(folder: Path = FOLDER) -> Figure:
    """Read the drawing from its files.

    Raises CatalogueError for a shape of an unknown region, or on a side its region does not have.
    """
    drawn = defaultdict[str, list[Any]](list)
    for name in ("areas", *View):
        text = (folder / f"{name}.toml").read_text(encoding="utf-8")
        for kind, rows in tomllib.loads(text).items():
            drawn[kind] += rows
    ground: dict[View, tuple[Ground, ...]] = dict.fromkeys(View, ())
    for kind in ("ground", "line"):
        for row in drawn[kind]:
            part = Ground(row["path"], kind == "line", row.get("midline", False))
            ground[View(row["view"])] += (part,)
    return Figure(
        spots=tuple(spot for row in drawn["shape"] for spot in _spots(row)),
        ground=ground,
        areas=tuple(Area(row["label"], tuple(row["regions"])) for row in drawn["area"]),
    )


def _spots(row: dict[str, Any]) -> Iterator[Spot]:
    view, at = View(row["view"]), row.get("at")
    if "side" in row:
        yield _spot(row, Side(row["side"]), at, is_mirrored=False)
        return
    yield _spot(row, ON_THE_RIGHT[view], at, is_mirrored=False)
    yield _spot(row, ON_THE_LEFT[view], at and [-at[0], at[1]], is_mirrored=True)


def _spot(row: dict[str, Any], side: Side, at: list[float] | None, *, is_mirrored: bool) -> Spot:
    region = regions.find(row["region"])
    if region is None or side not in region.sides:
        raise CatalogueError(
            f"{FOLDER.name}: {row['region']}: there is no such region on the {side}"
        )
    point = (at[0], at[1]) if at else None
    return Spot(View(row["view"]), region.key, side, row["path"], is_mirrored, point)


figure = load()
