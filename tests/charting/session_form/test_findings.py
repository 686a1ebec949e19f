"""What the server answers while the form is filled in: what a page opened with it would say."""

import re
from dataclasses import replace

import pytest

from clinic_notes.charting.models import Visit
from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.core.db import db
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Pressure, Side
from tests import factories
from tests.charting.form_payloads import sent
from tests.html_page import Page
from tests.stores import ON_ONE_STORE

CALF = (Site("calf", Side.LEFT),)


def parts(source: str) -> list[str]:
    """Return the parts of an answer, each as it is written."""
    chunks = re.split(r"(?=<\w+\s[^<>]*data-live=)", source)[1:]
    return [chunk.strip() for chunk in chunks]


@pytest.fixture
def visit(saved_draft):
    return f"/visits/{saved_draft}/edit"


def with_yes(draft, item, **changes):
    """Return the draft with a yes to this item at the calf, and other rows if any."""
    others = tuple(given for given in draft.answers if given.item != item)
    sites = CALF if checklist[item].scope.value == "region" else ()
    return replace(draft, answers=(*others, AnswerDraft(item, Answer.YES, sites)), **changes)


def test_each_part_is_that_of_the_page_once_it_is_saved(maya, visit, full_session, draft):
    heavy = tuple(replace(use, pressure=Pressure.HEAVY) for use in draft.uses)
    for changed in (draft, full_session, with_yes(draft, "anticoagulant", uses=heavy)):
        data = Page(maya.get(visit)).sent
        kept = {name: data[name] for name in ("csrf_token", "version", "snapshot") if name in data}
        assert maya.post(visit, data=sent(changed) | kept).status_code == 303
        page = maya.get(visit).get_data(as_text=True)
        answer = maya.post(f"{visit}/findings", data=Page(maya.get(visit)).sent)
        found = parts(answer.get_data(as_text=True))
        assert len(found) >= 8 + len(changed.uses)
        assert [part for part in found if part not in page] == []


def test_it_saves_nothing(maya, visit, draft, all_rows):
    before = all_rows()
    answer = maya.post(f"{visit}/findings", data=sent(draft, plan="Not saved yet."))
    assert "Not saved yet." in answer.get_data(as_text=True)
    assert all_rows() == before


def test_a_new_session_is_answered_as_well(maya, patient_with_episode, draft):
    new = patient_with_episode.new_session_url
    page = Page(maya.post(f"{new}/findings", data=sent(with_yes(draft, "dvt_or_suspected"))))
    assert page.status == 200
    assert "No treatment today: blood clot (DVT)" in page.text
    assert "Record as screened, not treated" in page.text


def test_a_row_gets_what_its_new_region_has(maya, visit, draft):
    data = sent(draft) | {"uses-0-region": "foot_plantar", "uses-0-tissues": []}
    text = Page(maya.post(f"{visit}/findings", data=data)).text
    assert "Plantar foot: avoid" in text
    assert "Plantar fascia" in text


def test_the_last_gap_is_a_link_to_its_field(maya, visit, draft):
    page = Page(maya.post(f"{visit}/findings", data=sent(draft) | {"plan": "", "assessment": ""}))
    assert {"#assessment", "#plan"} <= set(page.links)
    assert "2 things missing" in page.text


def test_text_that_is_no_value_is_read_as_far_as_it_goes(maya, visit, draft):
    data = sent(draft) | {"served_on": "0001-01-01", "uses-0-minutes": "long", "roms-0-side": "up"}
    assert maya.post(f"{visit}/findings", data=data).status_code == 200


def test_a_signed_note_has_no_findings_any_more(maya, visit, draft, acting_as, cast):
    with acting_as(cast.maya):
        factories.sign(int(visit.split("/")[2]), cast.maya)
    assert maya.post(f"{visit}/findings", data=sent(draft)).status_code == 204


@ON_ONE_STORE
def test_a_draft_is_saved_whatever_the_rules_say(maya, visit, draft, acting_as, cast):
    def version():
        with acting_as(cast.maya):
            return db.session.get_one(Visit, int(visit.split("/")[2])).version

    with acting_as(cast.maya):
        wax = factories.make_lubricant(cast.maya, ingredients="cera alba").id
    uses = tuple(
        replace(use, lubricant_id=wax, pressure=Pressure.HEAVY, stroke="brush")
        for use in draft.uses
    )
    refused, first = [], version()
    for item in checklist:
        data = sent(with_yes(draft, item.key, uses=uses, systolic=250, diastolic=140))
        answer = maya.post(visit, data=data | {"version": str(version())})
        if answer.status_code != 303:
            refused.append((item.key, Page(answer).summary()))
    assert refused == []
    assert version() == first + len(checklist)


def test_everything_to_correct_is_said_in_one_round(maya, visit, draft):
    data = sent(draft) | {"uses-0-angle_degrees": "95", "uses-0-minutes": "long", "plan": ""}
    page = Page(maya.post(visit, data=data | {"then": "sign"}))
    assert page.status == 422
    assert {"uses-0-angle_degrees", "uses-0-minutes", "plan"} <= set(page.summary())


def test_a_new_row_begins_with_the_instrument_and_lubricant_of_the_row_above(maya, visit, draft):
    page = Page(maya.post(f"{visit}/rows", data=sent(draft) | {"add": "uses"}))
    last, new = f"uses-{len(draft.uses) - 1}", f"uses-{len(draft.uses)}"
    for name in ("instrument_id", "lubricant_id"):
        assert page.sent[f"{new}-{name}"] == page.sent[f"{last}-{name}"] != ""
