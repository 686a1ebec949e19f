"""Every form over a record that others edit too: a stale save is answered with both versions."""

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from flask import Flask
from flask.testing import FlaskClient

from clinic_notes.accounts import actions as accounts
from clinic_notes.core.db import db
from tests import factories
from tests.cast import Cast
from tests.drafts import yesterday
from tests.fixture_types import ActingAs, ClientFor
from tests.html_page import Page

Typed = dict[str, str]


class Edit(NamedTuple):
    """What a colleague saves, and what the user typed meanwhile in another field."""

    theirs: Typed
    ours: Typed
    both: tuple[Typed, Typed]
    """Two values of one field."""
    also: Typed
    """What each save needs besides."""


NOTHING: Typed = {}
EDITS = {
    "patients.edit": Edit(
        {"phone": "030 1"}, {"background": "Ours."}, ({"phone": "2"}, {"phone": "3"}), NOTHING
    ),
    "patients.edit_episode": Edit(
        {"goals": "Theirs."}, {"referral": "Dr Ott"}, ({"onset": "May"}, {"onset": "June"}), NOTHING
    ),
    "plan_of_care.edit_goal": Edit(
        {"target": "14"}, {"words": "Ours."}, ({"words": "a"}, {"words": "b"}), NOTHING
    ),
    "equipment.edit_instrument": Edit(
        {"asset_number": "7"}, {"name": "Blue"}, ({"name": "Red"}, {"name": "Green"}), NOTHING
    ),
    "equipment.edit_lubricant": Edit(
        {"ingredients": "Cocoa"},
        {"name": "Balm 2"},
        ({"ingredients": "Latex"}, {"ingredients": "Honey"}),
        NOTHING,
    ),
    "snippets.edit": Edit(
        {"name": "home"},
        {"text": "Ours."},
        ({"text": "Theirs."}, {"text": "Ours."}),
        {"is_shared": "y"},
    ),
    "policy.change_item": Edit(
        {"pressure_cap": "light"},
        {"ask_again_days": "7"},
        ({"ask_again_days": "0"}, {"ask_again_days": "14"}),
        {"reason": "decided on Monday"},
    ),
    "charting.edit_report": Edit(
        {"plan": "Theirs."}, {"response": "Ours."}, ({"plan": "a"}, {"plan": "b"}), NOTHING
    ),
    "charting.edit": Edit(
        {"plan": "Theirs."}, {"assessment": "Ours."}, ({"plan": "a"}, {"plan": "b"}), NOTHING
    ),
}
ACTS: dict[str, Typed] = {
    "plan_of_care.end_goal": {"end_reason": "met", "end_detail": "kept words"},
    "charting.close_episode": {"reason": "goals_met", "detail": "kept words"},
    "charting.sign": {},
    "charting.sign_report": {"licence": "PT 7"},
    "policy.show": {"reviewer": "kept words", "licence": "PT 1"},
}
"""Forms that do something with a record: a stale one comes back, to be read again and sent."""
SAVED_AT = {"policy.show": "/safety-check/policy/reviews"}


@pytest.fixture
def address(app: Flask, acting_as: ActingAs, cast: Cast) -> Callable[[str], str]:
    """Return the address of a page about one of our records."""
    with acting_as(cast.maya):
        signed = factories.open_visit(cast.maya)
        factories.sign(signed.id, cast.maya)
    with acting_as(cast.maya):
        report = factories.make_report(signed.episode_id, cast.maya)
        patient = factories.make_patient(cast.maya)
        episode = factories.make_episode(patient, cast.maya)
        ids: dict[str, Any] = {
            "patient_id": patient.id,
            "episode_id": episode.id,
            "goal_id": factories.make_goal(episode, cast.maya).id,
            "record_id": factories.record_done(episode, cast.maya).id,
            "instrument_id": factories.make_instrument(cast.maya).id,
            "lubricant_id": factories.make_lubricant(cast.maya).id,
            "snippet_id": factories.make_snippet(cast.maya, is_shared=True).id,
            "visit_id": factories.open_visit(cast.maya, patient=patient).id,
            "report_id": report.id,
            "user_id": cast.sam.id,
            "item": "recent_body_art",
            "what": "re-assessment",
            "kind": "progress-report",
            "job": "rows",
            "token": "none",
        }

    def found(endpoint: str) -> str:
        with app.test_request_context():
            rule = next(r for r in app.url_map.iter_rules() if r.endpoint == endpoint)
            return app.url_for(endpoint, **{name: ids[name] for name in rule.arguments})

    return found


@pytest.fixture
def two_people(
    client_for: ClientFor, cast: Cast, acting_as: ActingAs
) -> tuple[FlaskClient, FlaskClient]:
    """Two browsers of people who may edit everything here, the policy too."""
    with acting_as(cast.root):
        for person in (cast.maya, cast.jonas):
            accounts.name_clinical_lead(db.session.get_one(type(person), person.id), by=cast.root)
    return client_for(cast.maya), client_for(cast.jonas)


NOT_FORMS = ("static", "bootstrap.static", "assets.asset")


def test_every_form_that_carries_a_version_is_tried_here(app: Flask, address, two_people) -> None:
    maya, _ = two_people
    found = set()
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint in NOT_FORMS:
            continue
        answer = maya.get(address(rule.endpoint))
        if (
            answer is not None
            and answer.mimetype == "text/html"
            and Page(answer).sent.get("version")
        ):
            found.add(rule.endpoint)
    assert found == {*EDITS, *ACTS}
    # A form that changes a record and carries no version would overwrite what others saved.
    edits = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.endswith("/edit")}
    assert edits - {"charting.save"} <= set(EDITS)


@pytest.mark.parametrize("endpoint", EDITS)
def test_what_two_people_changed_is_shown_and_kept(endpoint: str, address, two_people) -> None:
    (maya, jonas), edit, url = two_people, EDITS[endpoint], address(endpoint)
    ours = Page(maya.get(url)).filled(**edit.ours, **edit.also)
    assert (
        jonas.post(url, data=Page(jonas.get(url)).filled(**edit.theirs, **edit.also)).status_code
        == 303
    )
    late = Page(maya.post(url, data=ours))
    assert late.status == 409
    assert "changed-by-them" in late.ids
    assert "changed-by-you" in late.ids
    assert {name: late.sent[name] for name in edit.ours} == edit.ours
    resolve = f"{url}/conflict" if endpoint == "charting.edit" else url
    assert maya.post(resolve, data=late.sent).status_code == 303
    shown = Page(maya.get(url)).sent
    assert {name: shown[name] for name in edit.theirs | edit.ours} == edit.theirs | edit.ours


@pytest.mark.parametrize("endpoint", EDITS)
def test_where_both_changed_one_thing_nothing_is_saved_until_one_is_chosen(
    endpoint: str, address, two_people
) -> None:
    (maya, jonas), edit, url = two_people, EDITS[endpoint], address(endpoint)
    theirs, mine = edit.both
    ((name, typed),) = mine.items()
    resolve = f"{url}/conflict" if endpoint == "charting.edit" else url
    ours = Page(maya.get(url)).filled(**mine, **edit.also)
    jonas.post(url, data=Page(jonas.get(url)).filled(**theirs, **edit.also))
    late = Page(maya.post(url, data=ours))
    assert (late.status, late.sent.get(f"pick-{name}")) == (409, None)
    asked = Page(maya.post(resolve, data=late.sent))
    assert (asked.status, set(asked.summary())) == (422, {f"pick-{name}"})
    assert Page(jonas.get(url)).sent[name] == theirs[name]
    # What is chosen can be changed in the form first.
    form = Page(
        maya.post(
            resolve, data=asked.filled(**{f"pick-{name}": "typed"}, edit_merged="edit_merged")
        )
    )
    assert (form.status, form.sent[name]) == (200, typed)
    assert Page(jonas.get(url)).sent[name] == theirs[name]
    assert maya.post(url, data=form.sent).status_code == 303
    assert Page(maya.get(url)).sent[name] == typed


@pytest.mark.parametrize("endpoint", [name for name in EDITS if name != "charting.edit"])
def test_a_third_save_meanwhile_is_asked_about_again(endpoint: str, address, two_people) -> None:
    (maya, jonas), edit, url = two_people, EDITS[endpoint], address(endpoint)
    ours = Page(maya.get(url)).filled(**edit.ours, **edit.also)
    jonas.post(url, data=Page(jonas.get(url)).filled(**edit.theirs, **edit.also))
    late = Page(maya.post(url, data=ours))
    jonas.post(url, data=Page(jonas.get(url)).filled(**edit.both[0], **edit.also))
    again = Page(maya.post(url, data=late.sent))
    assert again.status == 409
    assert {name: again.sent[name] for name in edit.ours} == edit.ours


@pytest.mark.parametrize("endpoint", ACTS)
def test_an_act_on_a_record_changed_meanwhile_comes_back_to_be_read_again(
    endpoint: str, address, two_people
) -> None:
    (maya, jonas), typed, url = two_people, ACTS[endpoint], address(endpoint)
    changed = {
        "plan_of_care.end_goal": "plan_of_care.edit_goal",
        "charting.close_episode": "patients.edit_episode",
        "charting.sign": "charting.edit",
        "charting.sign_report": "charting.edit_report",
        "policy.show": "policy.change_item",
    }[endpoint]
    dated = {"ended_on": str(yesterday()), "closed_on": str(yesterday())}
    given = Page(maya.get(url)).filled(**typed, **dated, password="correct horse battery staple")
    edit, edited = EDITS[changed], address(changed)
    jonas.post(edited, data=Page(jonas.get(edited)).filled(**edit.theirs, **edit.also))
    late = Page(maya.post(SAVED_AT.get(endpoint, url), data=given))
    assert late.status == 409
    assert {name: late.sent[name] for name in typed} == typed
    assert "after you opened" in late.text
