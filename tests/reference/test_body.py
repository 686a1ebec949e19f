"""The drawing of the body map: every region is on it, where it belongs and the right way round."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from clinic_notes.reference.body import FOLDER, Spot, View, figure, load, shown_on
from clinic_notes.reference.catalogue import CatalogueError
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import Side

NOWHERE = {"scar"}
"""A scar lies in another region; it is on the list only."""

Point = tuple[float, float]


def outlines(path: str) -> list[list[Point]]:
    """Return the outlines of a path as points, each curve cut into eight."""
    found, here = [], (0.0, 0.0)
    for letter, text in re.findall(r"([Mlc])([^MlcZ]*)", path):
        numbers = [float(n) for n in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", text)]
        if letter == "M":
            here = (numbers[0], numbers[1])
            found.append([here])
            continue
        bends = numbers if letter == "c" else numbers * 3
        assert len(bends) % 6 == 0, text
        for at in range(0, len(bends), 6):
            found[-1] += curve(here, bends[at : at + 6])
            here = found[-1][-1]
    return found


def curve(start: Point, by: list[float]) -> Iterator[Point]:
    (x, y), (a, b, c, d, e, f) = start, by
    for t in (n / 8 for n in range(1, 9)):
        u = 1 - t
        yield (
            x + 3 * u * u * t * a + 3 * u * t * t * c + t**3 * e,
            y + 3 * u * u * t * b + 3 * u * t * t * d + t**3 * f,
        )


def drawn(spot: Spot) -> list[list[Point]]:
    """Return a spot's outlines where they are seen."""
    turn = -1 if spot.is_mirrored else 1
    return [[(turn * x, y) for x, y in line] for line in outlines(spot.path)]


def is_inside(point: Point, outline: list[Point]) -> bool:
    x, y = point
    ends = zip(outline, outline[1:] + outline[:1], strict=True)
    crossed = [
        x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for (x1, y1), (x2, y2) in ends
        if (y1 > y) != (y2 > y)
    ]
    return sum(crossed) % 2 == 1


def name(spot: Spot) -> str:
    return f"{spot.view} {spot.region} {spot.side}"


def test_every_region_can_be_touched_on_each_of_its_sides() -> None:
    drawn_at = {(spot.region, spot.side) for spot in figure.spots}
    wanted = {
        (region.key, shown)
        for region in regions
        if region.key not in NOWHERE
        for side in region.sides
        for shown in shown_on(side)
    }
    assert drawn_at == wanted
    assert 60 <= len(drawn_at) <= 75


def test_the_list_has_every_region_once() -> None:
    listed = [key for area in figure.areas for key in area.regions]
    assert sorted(listed) == sorted(region.key for region in regions)


def stands_on(spot: Spot) -> str:
    """Return where the viewer sees it: right, left, or in the middle."""
    xs = [x for outline in drawn(spot) for x, _ in outline]
    if abs(min(xs) + max(xs)) < 0.2:
        return "middle"
    return "right" if min(xs) > -0.05 else "left" if max(xs) < 0.05 else "across"


def test_a_side_stands_where_the_viewer_sees_it() -> None:
    # Face to face, the patient's left is on the viewer's right; seen from behind, on the left.
    expected = {
        (View.FRONT, Side.LEFT): "right",
        (View.FRONT, Side.RIGHT): "left",
        (View.BACK, Side.LEFT): "left",
        (View.BACK, Side.RIGHT): "right",
        (View.FRONT, Side.MIDLINE): "middle",
        (View.BACK, Side.MIDLINE): "middle",
    }
    wrong = [spot for spot in figure.spots if stands_on(spot) != expected[spot.view, spot.side]]
    assert [name(spot) for spot in wrong] == []


def test_left_and_right_are_mirror_images() -> None:
    for view in View:
        left, right = (
            {s.region: s for s in figure.spots if s.view is view and s.side is side}
            for side in (Side.LEFT, Side.RIGHT)
        )
        assert left.keys() == right.keys()
        for key, spot in left.items():
            other = right[key]
            assert [[(-x, y) for x, y in o] for o in drawn(spot)] == drawn(other)
            assert spot.at == (other.at and (-other.at[0], other.at[1]))


def test_every_number_stands_in_its_own_shape_alone() -> None:
    for view in View:
        here = {spot: drawn(spot) for spot in figure.spots if spot.view is view}
        for spot, (other, seen) in product(here, here.items()):
            if spot.at is not None:
                is_in = any(is_inside(spot.at, outline) for outline in seen)
                assert is_in == (spot is other), (name(spot), name(other))


def test_every_place_shows_its_number_somewhere() -> None:
    numbered = {(spot.region, spot.side) for spot in figure.spots if spot.at}
    assert numbered == {(spot.region, spot.side) for spot in figure.spots}


def test_a_person_is_seven_and_a_half_heads_tall() -> None:
    head = [y for outline in outlines(figure.ground[View.FRONT][0].path) for _, y in outline]
    # To the heel: the feet point down, as a patient's do who lies on the table.
    heel = max(
        y for s in figure.spots if s.region == "ankle" for outline in drawn(s) for _, y in outline
    )
    assert 7.3 <= (heel - min(head)) / (max(head) - min(head)) <= 7.7


@pytest.mark.parametrize(
    ("written", "instead"),
    [('region = "tmj"', 'region = "tail"'), ('side = "midline"', 'side = "bilateral"')],
    ids=["a region nobody has", "a side the region is not drawn on"],
)
def test_a_shape_of_nothing_stops_the_program(tmp_path: Path, written: str, instead: str) -> None:
    for part in FOLDER.iterdir():
        (tmp_path / part.name).write_text(part.read_text().replace(written, instead))
    with pytest.raises(CatalogueError, match="body_map: "):
        load(tmp_path)
