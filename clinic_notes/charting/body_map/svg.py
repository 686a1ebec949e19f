"""The drawing of the body map, as cached SVG.

Ninety-odd outlines and as many buttons look the same on every form, except the few that were
treated or blocked. So each is rendered from ``charting/body_map/_figure.html`` once for every
state it can be in.
"""

from collections.abc import Iterator
from functools import cache, lru_cache, partial

from flask import Flask

from clinic_notes.charting.body_map.marks import NOTHING, Body, Shade, State, anchor, label
from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.wording import SIDES
from clinic_notes.core.display import render_macro
from clinic_notes.reference.body import View, figure
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import Side

ROWS_ADDRESS = "__rows__"
"""Stands for the address of the rows, which is another for every visit, in the cached buttons."""
_render = partial(render_macro, "charting/body_map/_figure.html")
SITES = tuple(Site(spot.region, spot.side) for spot in figure.spots)


def spots(view: View, body: Body) -> Iterator[str]:
    """Yield one view part by part, every region a link to its button in the list."""
    touched = _touched(view, body)
    yield _ground(view)
    yield from (_spot(n, NOTHING) for n in _of_view(view) if n not in touched)
    # Drawn last, so that no neighbour's edge covers theirs.
    yield from (_spot(n, state) for n, state in touched.items())
    yield _lines(view)
    yield _numbers(touched)


def done(view: View, body: Body) -> Iterator[str]:
    """Yield one view without links: the figure in one piece, and what was treated over it."""
    touched = _touched(view, body)
    yield _whole(view)
    yield from (_done(n, state) for n, state in touched.items())
    yield _lines(view)
    yield _numbers(touched)


def area_list(body: Body, rows_at: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each area and its regions, with a button for each side that adds a row."""
    for area in figure.areas:
        states = ((key, tuple(map(body.state, _sites(key)))) for key in area.regions)
        yield area.label, [_entry(key, here).replace(ROWS_ADDRESS, rows_at) for key, here in states]


def _touched(view: View, body: Body) -> dict[int, State]:
    return {n: body.state(SITES[n]) for n in _of_view(view) if SITES[n] in body.touched}


@cache
def _of_view(view: View) -> tuple[int, ...]:
    return tuple(n for n, spot in enumerate(figure.spots) if spot.view == view)


@lru_cache(maxsize=2048)
def _spot(number: int, state: State) -> str:
    site = SITES[number]
    # The reason why a site is blocked names the site already.
    text = state.words if state.shade is Shade.BLOCKED else _label_text(site, state)
    return _render("spot", number, figure.spots[number], _id(site), text, state)


@lru_cache(maxsize=2048)
def _done(number: int, state: State) -> str:
    return _render("done", figure.spots[number], state)


@cache
def _ground(view: View) -> str:
    return _render("ground", [part for part in figure.ground[view] if not part.is_line], "ground")


@cache
def _lines(view: View) -> str:
    return _render("ground", [part for part in figure.ground[view] if part.is_line], "line")


@cache
def _whole(view: View) -> str:
    mine = [spot for spot in figure.spots if spot.view == view and not spot.is_mirrored]
    halves = [spot.path for spot in mine if spot.side is not Side.MIDLINE]
    middle = [spot.path for spot in mine if spot.side is Side.MIDLINE]
    return _ground(view) + _render("whole", view, halves, middle)


def _numbers(touched: dict[int, State]) -> str:
    seen = ((figure.spots[n].at, state.numbers) for n, state in touched.items())
    marks = [(point, "+".join(map(str, numbers))) for point, numbers in seen if point and numbers]
    return _render("numbers", marks)


@cache
def _sites(key: str) -> tuple[Site, ...]:
    return tuple(Site(key, side) for side in regions[key].sides)


@lru_cache(maxsize=2048)
def _entry(key: str, states: tuple[State, ...]) -> str:
    sides = [
        (SIDES[s.side], f"{key}:{s.side}", _id(s), anchor(s), _label_text(s, state), state)
        for s, state in zip(_sites(key), states, strict=True)
    ]
    return _render("entry", regions.label(key), sides)


def _label_text(site: Site, state: State) -> str:
    return f"{label(site)}: {state.words}" if state.words else label(site)


def _id(site: Site) -> str:
    return f"body-map-{site.region}-{site.side}"


def register(app: Flask) -> None:
    """Give the templates the functions that draw the map."""
    app.jinja_env.globals.update(body_spots=spots, body_done=done, body_areas=area_list)
