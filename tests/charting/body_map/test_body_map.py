"""What the body map shows of a session, and how a region on it becomes a treatment row."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import get_template_attribute

from clinic_notes.charting.body_map.marks import Body, Shade, Typed, anchors, body_of
from clinic_notes.charting.body_map.svg import done, spots
from clinic_notes.clinical.drafts import AnswerDraft, Site, UseDraft
from clinic_notes.clinical.screening import blocked_sites
from clinic_notes.reference.body import View
from clinic_notes.reference.terms import Answer, Pressure, Side
from tests.charting.form_payloads import sent
from tests.html_page import Page

LEFT_CALF, RIGHT_CALF = Site("calf", Side.LEFT), Site("calf", Side.RIGHT)


def use(site: Site, pressure: Pressure | None = None, minutes: int | None = None) -> UseDraft:
    return UseDraft(
        instrument_id=1,
        region=site.region,
        side=site.side,
        pressure=pressure,
        minutes=None if minutes is None else Decimal(minutes),
    )


def test_a_treated_place_says_how_hard_and_how_long() -> None:
    state = body_of([use(LEFT_CALF, Pressure.FIRM, 6)]).state(LEFT_CALF)
    assert (state.shade, state.numbers, state.words) == (Shade.FIRM, (1,), "firm, 6 min")


def test_the_other_side_stays_plain() -> None:
    assert body_of([use(LEFT_CALF)]).state(RIGHT_CALF).shade is Shade.PLAIN


def test_a_place_treated_twice_is_one_place_shaded_by_the_harder() -> None:
    body = body_of([use(LEFT_CALF, Pressure.FIRM, 2), use(LEFT_CALF, Pressure.LIGHT, 4)])
    assert [done.words for done in body.done] == ["firm, 2 min; light, 4 min"]
    assert body.state(LEFT_CALF).shade is Shade.FIRM


def test_a_place_without_a_pressure_says_so() -> None:
    state = body_of([use(LEFT_CALF)]).state(LEFT_CALF)
    assert (state.shade, state.words) == (Shade.UNSAID, "pressure not chosen")


def test_both_sides_are_shown_on_each() -> None:
    both, left = Site("lumbar", Side.BILATERAL), Site("lumbar", Side.LEFT)
    body = body_of([use(both, Pressure.LIGHT), use(left, Pressure.HEAVY)])
    assert body.state(Site("lumbar", Side.RIGHT)).numbers == (1,)
    assert body.state(left).numbers == (1, 2)
    assert body.state(left).shade is Shade.HEAVY
    assert body.state(Site("lumbar", Side.MIDLINE)).shade is Shade.PLAIN


def test_blocked_is_said_before_treated_and_treated_before_waiting() -> None:
    rows = [use(LEFT_CALF, Pressure.LIGHT)]
    blocked = body_of(rows, blocked=[(LEFT_CALF, "Why."), (LEFT_CALF, "And.")], waiting=[LEFT_CALF])
    assert (blocked.state(LEFT_CALF).shade, blocked.state(LEFT_CALF).words) == (
        Shade.BLOCKED,
        "Why.",
    )
    assert body_of(rows, waiting=[LEFT_CALF]).state(LEFT_CALF).shade is Shade.LIGHT
    assert body_of([], waiting=[LEFT_CALF]).state(LEFT_CALF).shade is Shade.WAITING


def test_only_the_first_row_of_a_place_is_led_to() -> None:
    rows = [Typed("calf", Side.LEFT, None, None, f"uses-{n}") for n in (2, 5)]
    assert anchors(rows) == {"uses-2": "at-calf-left"}


def test_what_is_blocked_shows_before_anybody_treats_there() -> None:
    here, elsewhere = Site("popliteal", Side.LEFT), Site("forearm", Side.LEFT)
    blocked = blocked_sites(
        [AnswerDraft("fracture_unstable", Answer.YES, sites=(LEFT_CALF,))],
        about=[elsewhere],
        sites=[elsewhere, LEFT_CALF, RIGHT_CALF, here],
        on=date(2026, 3, 11),
    )
    # It reaches the neighbours of the place, neither the other side nor the arm.
    assert [site for site, _ in blocked] == [LEFT_CALF, here]
    assert all("may not be treated today" in why for _, why in blocked)


@pytest.mark.parametrize("view", View)
def test_only_what_was_done_is_drawn_anew(app, view: View) -> None:
    body = body_of([use(Site("forearm", Side.LEFT), Pressure.MODERATE)])
    with app.app_context():
        assert "".join(done(view, body)).count("data-state") == 1
        assert "".join(spots(view, body)).count("data-state") == 1
        assert "data-state" not in "".join(spots(view, Body()))


def test_a_treated_place_that_is_blocked_is_hatched_in_the_words_below_as_on_the_figure(
    app,
) -> None:
    body = body_of([use(LEFT_CALF, Pressure.FIRM)], blocked=[(LEFT_CALF, "Why.")])
    with app.test_request_context():
        words: Any = get_template_attribute("macros/body_map.html", "body_map_summary")
        below = words(body).split("body-map-text")[1]
    assert 'data-state="blocked"' in below
    assert "firm" in below
    assert 'data-state="firm"' not in below


def test_what_the_checklist_says_reaches_the_page_as_text(app) -> None:
    body = body_of([], blocked=[(LEFT_CALF, '<b>"No"</b>')])
    with app.app_context():
        assert "<b>" not in "".join(spots(View.BACK, body))


def rows_on(page: Page) -> list[tuple[str, str]]:
    """Return region and side of every treatment row."""
    names = [name.removesuffix("-id") for name in page.fields if name.startswith("uses-")]
    rows = [name for name in names if f"{name}-id" in page.fields]
    return [(page.sent.get(f"{row}-region", ""), page.sent.get(f"{row}-side", "")) for row in rows]


def test_a_region_of_the_list_becomes_a_row_with_what_was_typed_kept(
    maya, patient_with_episode
) -> None:
    page = Page(maya.get(patient_with_episode.new_session_url))
    page = Page(
        maya.post(
            f"{patient_with_episode.new_session_url}/rows",
            data=page.filled(plan="Rest.", add="uses:ankle:right"),
        )
    )
    assert rows_on(page) == [("calf", "left"), ("ankle", "right")]
    page = Page(
        maya.post(
            f"{patient_with_episode.new_session_url}/rows",
            data=page.filled(add="uses:lumbar:bilateral"),
        )
    )
    assert rows_on(page)[1:] == [("ankle", "right"), ("lumbar", "bilateral")]
    assert page.sent["plan"].strip() == "Rest."
    assert {"at-ankle-right", "at-lumbar-bilateral"} <= page.ids


def test_a_row_that_names_no_region_is_taken_for_it(maya, patient_with_episode) -> None:
    page = Page(maya.get(patient_with_episode.new_session_url))
    emptied = page.filled(**{"uses-0-region": "", "uses-0-side": "", "add": "uses:ankle:left"})
    page = Page(maya.post(f"{patient_with_episode.new_session_url}/rows", data=emptied))
    assert rows_on(page) == [("ankle", "left")]


def test_a_region_that_has_its_row_comes_back_with_it(maya, patient_with_episode) -> None:
    page = Page(maya.get(patient_with_episode.new_session_url))
    page = Page(
        maya.post(
            f"{patient_with_episode.new_session_url}/rows", data=page.filled(add="uses:calf:left")
        )
    )
    assert rows_on(page) == [("calf", "left")]
    rows_url = f"{patient_with_episode.new_session_url}/rows"
    address = f"{rows_url}?episode={patient_with_episode.episode_id}#at-calf-left"
    assert f'formaction="{address}"' in page.source
    assert "at-calf-left" in page.ids


def test_a_place_nobody_has_adds_no_row_for_it(maya, patient_with_episode) -> None:
    page = Page(maya.get(patient_with_episode.new_session_url))
    for place in ("calf:middle", "calf:bilateral", "tail:left", "calf", ":"):
        answer = maya.post(
            f"{patient_with_episode.new_session_url}/rows", data=page.filled(add=f"uses:{place}")
        )
        assert answer.status_code == 200
        assert rows_on(Page(answer)) == [("calf", "left")], place


def test_the_row_that_was_only_offered_is_not_shown_as_done(maya, patient_with_episode) -> None:
    page = Page(maya.get(patient_with_episode.new_session_url))
    assert rows_on(page) == [("calf", "left")]
    assert page.texts["body-map"].count("Calf, left") == page.source.count("<title>Calf, left")
    assert 'aria-label="Calf, left: safety check not finished"' in page.source


def test_the_form_shows_rows_that_are_not_saved_yet(maya, patient_with_episode) -> None:
    page = Page(maya.get(patient_with_episode.new_session_url))
    typed = {"uses-0-region": "calf", "uses-0-side": "left", "uses-0-pressure": "firm"}
    page = Page(
        maya.post(
            f"{patient_with_episode.new_session_url}/rows", data=page.filled(**typed, add="pains")
        )
    )
    assert 'aria-label="Calf, left: firm"' in page.source


def test_the_note_shows_what_was_done(maya, patient_with_episode, draft, save_visit) -> None:
    number = save_visit(patient_with_episode.new_session_url, sent(draft))
    page = Page(maya.get(f"/visits/{number}"))
    where = page.texts["note-treatment"]
    assert "Calf, left" in where
    assert 'data-state="light"' in page.source
    assert 'name="add"' not in page.source
    map_of_note = page.source[page.source.index('<svg class="body-map-drawing"') :]
    assert len(map_of_note[: map_of_note.index('class="body-map-views"')].encode()) < 25_000
