"""Safe Repeat: a signed session's treatment is copied, and nothing found or said that day."""

import re
from dataclasses import replace
from datetime import time, timedelta

import pytest

from clinic_notes.core.db import db
from clinic_notes.patients.models import Patient
from clinic_notes.reference.terms import Decision, Pressure
from tests import factories
from tests.charting.form_payloads import sent
from tests.charting.session_form.allowed_defaults import ALLOWED_DEFAULTS, REPEATED
from tests.html_page import Page


def past_treatment(page: Page, row: int = 0) -> dict[str, list[str]]:
    found = {name: page.sent.getlist(f"uses-{row}-{name}") for name in REPEATED}
    return {name: [text for text in texts if text] for name, texts in found.items()}


def own_rows(page: Page) -> list[str]:
    return sorted({n for n in page.sent if re.fullmatch(r"uses-\d+-region", n) and page.sent[n]})


def in_templates(page: Page) -> list[str]:
    """Return what stands in the rows a script would copy."""
    copied = "".join(
        re.findall(r"<template[^>]*data-row-template.*?</template>", page.source, re.DOTALL)
    )
    chosen = re.findall(r'<input(?=[^>]* checked)[^>]*value="([^"]+)"', copied)
    typed = re.findall(r'<input(?=[^>]*type="(?:text|hidden)")[^>]*value="([^"]+)"', copied)
    written = re.findall(r"<textarea[^>]*>\s*([^<\s][^<]*)</textarea>", copied)
    picked = re.findall(r'<option value="([^"]+)" selected', copied)
    return [*chosen, *typed, *written, *picked]


@pytest.mark.parametrize("way", ["new", "repeat", "a button in the form", "a row added"])
def test_no_way_fills_in_a_reading_an_answer_or_a_text(
    maya, patient_with_episode, full_session, signed_session, way
):
    names = [n for n in vars(full_session) if n not in ("served_on", "repeated_from_id")]
    whole = {name: getattr(full_session, name) for name in names}
    number, kept = signed_session(**whole), signed_session(is_signed=False, **whole)
    if way in ("new", "repeat"):
        page = Page(
            maya.get(
                patient_with_episode.new_session_url
                if way == "new"
                else patient_with_episode.repeat_url()
            )
        )
    else:
        is_repeat = way == "a button in the form"
        press = {"repeat": str(number)} if is_repeat else {"add": "uses"}
        page = Page(
            maya.post(
                f"{patient_with_episode.new_session_url}/{'repeat' if is_repeat else 'rows'}",
                data=Page(maya.get(patient_with_episode.new_session_url)).filled(**press),
            )
        )
    assert page.status == 200
    stands = {name for name in page.sent for value in page.sent.getlist(name) if value}
    assert sorted(n for n in stands if not ALLOWED_DEFAULTS.fullmatch(n)) == []
    assert in_templates(page) == []
    rows = own_rows(page)
    if way in ("repeat", "a button in the form"):
        assert len(rows) == len(full_session.uses)
        for number in (2, 3):
            assert past_treatment(page, number) == past_treatment(
                Page(maya.get(f"/visits/{kept}/edit")), number
            )
        assert page.sent["position"] == full_session.position
        assert "Enter the timed minutes." in page.text
    else:
        # An empty row begins with the site of the complaint: nothing is copied into it.
        assert len(rows) <= 1


def test_the_form_is_not_kept_by_the_browser(maya, patient_with_episode, signed_session):
    signed_session()
    assert maya.get(patient_with_episode.repeat_url()).headers["Cache-Control"] == "no-store"


def test_last_is_by_service_time_not_by_entry(
    maya, patient_with_episode, draft, signed_session, acting_as, cast
):
    def at(pressure):
        return {"uses": (replace(draft.uses[0], pressure=pressure),)}

    signed_session(3, start_time=time(15, 0), end_time=None, **at(Pressure.MODERATE))
    signed_session(3, start_time=time(9, 0), end_time=None, **at(Pressure.LIGHT))
    signed_session(9, **at(Pressure.LIGHT))
    signed_session(1, is_signed=False, **at(Pressure.LIGHT))
    not_treated = {"decision": Decision.NOT_TREATED, "not_treated_reason": "Fever since morning."}
    signed_session(2, uses=(), referral="her physician", patient_informed=True, **not_treated)
    with acting_as(cast.maya):
        patient = db.session.get_one(Patient, patient_with_episode.patient_id)
        elbow = factories.make_episode(patient, cast.maya, region="forearm").id
    signed_session(1, episode_id=elbow, **at(Pressure.LIGHT))
    assert Page(maya.get(patient_with_episode.repeat_url())).sent["uses-0-pressure"] == "moderate"


def test_any_past_session_may_be_chosen_whoever_wrote_it(
    maya, patient_with_episode, draft, signed_session, cast
):
    shin = replace(draft.uses[0], region="shin_ant", tissues=())
    older = signed_session(40, by=cast.jonas, uses=(shin,))
    signed_session(2)
    page = Page(maya.get(patient_with_episode.new_session_url))
    on = draft.served_on - timedelta(days=40)
    assert f"{on.day} {on:%b %Y}" in page.text
    assert (
        Page(maya.get(patient_with_episode.repeat_url(older))).sent["uses-0-region"] == "shin_ant"
    )
    chosen = Page(
        maya.post(
            f"{patient_with_episode.new_session_url}/repeat", data=page.filled(repeat=str(older))
        )
    )
    assert chosen.sent["uses-0-region"] == "shin_ant"


def test_what_is_typed_stays_and_a_second_press_copies_nothing_twice(
    maya, patient_with_episode, signed_session
):
    number = signed_session()
    typed = Page(maya.get(patient_with_episode.new_session_url)).filled(
        **{"uses-0-region": "hamstring", "uses-0-side": "left", "uses-0-note": "sore spot"},
        plan="Half typed", timed_minutes="90 or so", position="supine", repeat=str(number),
    )  # fmt: skip
    typed["pains-0-before"] = "6"
    for _ in range(2):
        page = Page(maya.post(f"{patient_with_episode.new_session_url}/repeat", data=typed))
        assert own_rows(page) == ["uses-0-region", "uses-1-region"]
        assert [page.sent[f"uses-{n}-region"] for n in (0, 1)] == ["hamstring", "calf"]
        assert page.sent["uses-0-note"] == "sore spot"
        kept = ("plan", "timed_minutes", "position", "pains-0-before")
        assert [page.sent[n] for n in kept] == ["Half typed", "90 or so", "supine", "6"]
        typed = page.filled(repeat=str(number))


def test_the_signed_note_tells_what_was_repeated_and_what_changed(
    maya,
    patient_with_episode,
    draft,
    signed_session,
    save_visit,
    stored_draft,
    acting_as,
    cast,
    count_statements,
):
    source = signed_session(7)
    form = Page(maya.get(patient_with_episode.repeat_url())).sent
    found = sent(replace(draft, uses=(), position=""))
    for name, value in found.items():
        if value:
            form.setlist(name, value if isinstance(value, list) else [value])
    form["uses-0-pressure"], form["uses-0-is_confirmed"] = "moderate", "y"
    number = save_visit(patient_with_episode.repeat_url(), form)
    (use,) = stored_draft(number).uses
    assert (use.is_confirmed, stored_draft(number).repeated_from_id) == (True, source)
    assert use.copied_from_id == stored_draft(source).uses[0].id
    on = draft.served_on - timedelta(days=7)
    said = f"Treatment repeated from {on.day} {on:%b}; changed: pressure light to moderate."
    assert said in Page(maya.get(f"/visits/{number}/edit")).text
    plain = signed_session(3, is_signed=False)

    def cost(visit):
        with count_statements() as statements, acting_as(cast.maya):
            factories.sign(visit, cast.maya)
        return len(statements)

    # In the order of their days: a late entry has facts of later sessions to write anew.
    assert cost(plain) == cost(number)
    note = Page(maya.get(f"/visits/{number}"))
    assert said in note.texts["summary"]
    assert (
        f"pressure changed, the rest as on {on.day} {on:%b}, checked"
        in note.texts["note-treatment"]
    )


def test_the_note_of_an_ordinary_session_tells_of_no_repeat(maya, signed_session):
    note = Page(maya.get(f"/visits/{signed_session()}"))
    assert "repeated" not in note.text
    assert "copied" not in note.text


def test_the_author_is_warned_of_notes_that_are_alike_and_nobody_else(
    maya, patient_with_episode, signed_session, client_for, cast
):
    for days_ago in (3, 6, 9):
        signed_session(days_ago)
    warned = Page(maya.get(patient_with_episode.repeat_url()))
    assert "100% of this treatment is the same in your last 3 notes" in warned.text
    assert "same in your last" not in Page(maya.get(patient_with_episode.new_session_url)).text
    assert (
        "same in your last"
        not in Page(client_for(cast.jonas).get(patient_with_episode.repeat_url())).text
    )


def test_it_is_offered_where_a_session_begins(
    maya, patient_with_episode, signed_session, client_for, cast
):
    def links(address):
        return Page(maya.get(address)).links

    patient = f"/patients/{patient_with_episode.patient_id}"
    offer = (
        f"{patient_with_episode.new_session_url}?episode={patient_with_episode.episode_id}&repeat="
    )
    assert not any(href.startswith(offer) for href in links(patient))
    signed_session(3, is_signed=False)
    assert not any(href.startswith(offer) for href in links(patient))
    number = signed_session(5)
    assert {f"{offer}last", f"{offer}{number}"} <= set(links(patient))
    assert f"{offer}last" in links("/")
    assert f"{offer}{number}" in links(f"/visits/{number}")
    seen = client_for(cast.lena).get(patient).get_data(as_text=True)
    assert "repeat=" not in seen


def test_where_nothing_was_signed_the_form_says_so(maya, patient_with_episode):
    page = Page(maya.get(patient_with_episode.repeat_url()))
    assert page.status == 200
    assert "no signed session here" in page.text


AS_THEN = re.compile(r'name="minutes_as"\s+value="(\d+)".*?>(As on [^<]+)</button>', re.DOTALL)


def test_the_minutes_of_that_day_are_entered_by_a_tap_and_by_nothing_else(
    maya, patient_with_episode, signed_session
):
    # The rows say five minutes; what was billed is another figure, and is said anew each day.
    number = signed_session(timed_minutes=17, total_minutes=30)
    page = Page(maya.get(patient_with_episode.repeat_url()))
    ((offered, label),) = AS_THEN.findall(page.source)
    assert (offered, label.endswith(": timed 17, total 30 min")) == (str(number), True)
    assert [page.sent[name] for name in ("timed_minutes", "total_minutes")] == ["", ""]
    tapped = Page(
        maya.post(
            f"{patient_with_episode.new_session_url}/minutes", data=page.filled(minutes_as=offered)
        )
    )
    assert [tapped.sent[name] for name in ("timed_minutes", "total_minutes")] == ["17", "30"]
    assert AS_THEN.findall(tapped.source) == []
    page.sent["total_minutes"] = "3,5"
    typed = Page(
        maya.post(
            f"{patient_with_episode.new_session_url}/minutes", data=page.filled(minutes_as=offered)
        )
    )
    assert [typed.sent[name] for name in ("timed_minutes", "total_minutes")] == ["17", "3,5"]


@pytest.mark.parametrize("named", ["0", "99999", "last", "one"])
def test_no_minutes_come_from_a_session_that_is_not_this_patients(
    maya, patient_with_episode, signed_session, named
):
    signed_session(is_signed=False)
    page = Page(maya.get(patient_with_episode.new_session_url))
    assert AS_THEN.findall(page.source) == []
    answer = Page(
        maya.post(
            f"{patient_with_episode.new_session_url}/minutes", data=page.filled(minutes_as=named)
        )
    )
    assert answer.status == 200
    assert [answer.sent[name] for name in ("timed_minutes", "total_minutes")] == ["", ""]
