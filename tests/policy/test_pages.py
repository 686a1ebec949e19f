"""The pages of the policy, without scripts: made stricter, refused, reviewed, kept."""

import pytest

from clinic_notes.accounts import actions as accounts
from clinic_notes.accounts.models import User
from clinic_notes.core.db import db
from clinic_notes.reference.contraindications import questions
from tests import factories
from tests.html_page import Page

POLICY = "/safety-check/policy"
THINNER = f"{POLICY}/questions/anticoagulant"
WHY = "decided in the team on Monday"
NOT_REVIEWED = "Not reviewed by a clinician"
pytestmark = pytest.mark.parametrize("store", ["sqlite"], indirect=True)


@pytest.fixture
def lena(client_for, cast):
    return client_for(cast.lena)


@pytest.fixture
def form(maya, acting_as, cast) -> str:
    """The address of a session's form."""
    with acting_as(cast.maya):
        return f"/visits/{factories.open_visit(cast.maya).id}/edit"


def change(client, address: str = THINNER, **chosen: str):
    return client.post(address, data=Page(client.get(address)).filled(**chosen))


def review(client, **typed: str):
    given = {"reviewer": "Dr. Ana Ott", "licence": "PT 12345"} | typed
    sent = Page(client.get(POLICY)).filled(**given)
    return client.post(f"{POLICY}/reviews", data=sent)


def test_every_question_stands_there_with_value_source_and_confidence(store, lena) -> None:
    page = Page(lena.get(POLICY)).text
    assert [item.key for item in questions if item.label not in page] == []
    assert [item.key for item in questions if item.source not in page] == []
    assert "The catalogue alone" in page


def test_a_question_is_made_stricter_and_the_history_says_so(store, lena) -> None:
    assert change(lena, severity="absolute", reason=WHY).location == POLICY
    page = Page(lena.get(POLICY)).text
    assert "Blood thinner, severity: relative → absolute" in page
    assert WHY in page
    assert "Lena Hoff" in page
    assert "Version 1 of" in page
    assert change(lena, severity="", pressure_cap="light", reason=WHY).status_code == 303
    page = Page(lena.get(POLICY)).text
    assert "Blood thinner, severity: absolute → relative" in page
    assert "Blood thinner, highest pressure: at most moderate → at most light" in page


def test_blood_pressure_has_the_clinics_own_limits(store, lena) -> None:
    address = f"{POLICY}/questions/hypertension_uncontrolled"
    assert change(lena, address, stops_from_systolic="160", reason=WHY).status_code == 303
    assert "160/110 mmHg" in Page(lena.get(POLICY)).text
    refused = change(lena, address, stops_from_systolic="190", reason=WHY)
    assert refused.status_code == 422
    assert "laxer than the catalogue" in refused.text


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        pytest.param({"severity": "absolute", "reason": "x"}, "at least 10", id="a short reason"),
        pytest.param({"severity": "absolute", "reason": ""}, "Reason is needed", id="no reason"),
        pytest.param({"severity": "modifier", "reason": WHY}, "cannot be chosen", id="laxer"),
        pytest.param({"pressure_cap": "heavy", "reason": WHY}, "cannot be", id="a laxer cap"),
        pytest.param({"reason": WHY}, "Nothing differs", id="nothing"),
    ],
)  # fmt: skip
def test_what_is_refused_comes_back_as_it_was_typed(store, lena, chosen, says) -> None:
    answer = change(lena, **chosen)
    assert answer.status_code == 422
    assert says in answer.text
    if chosen["reason"]:
        assert Page(answer).sent["reason"] == chosen["reason"]
    assert "No version yet" in lena.get(POLICY).text


def test_two_leads_do_not_overwrite_each_other(store, lena) -> None:
    opened = Page(lena.get(THINNER)).filled(pressure_cap="light", reason=WHY)
    change(lena, f"{POLICY}/questions/diabetes", ask_again_days="7", reason=WHY)
    answer = lena.post(THINNER, data=opened)
    assert answer.status_code == 409
    # What was typed is there, to be sent again knowingly.
    assert Page(answer).sent["reason"] == WHY
    again = lena.post(THINNER, data=Page(answer).filled())
    assert again.status_code == 303
    assert "Version 2 of" in Page(lena.get(POLICY)).text


def test_what_cannot_be_stricter_says_so(store, lena) -> None:
    page = lena.get(f"{POLICY}/questions/contagious_skin").text
    assert "as strict as it can be" in page
    assert "Put into force" not in page


def test_an_unknown_question_is_not_found(store, lena) -> None:
    assert lena.get(f"{POLICY}/questions/nothing").status_code == 404


def test_the_form_says_once_that_nobody_reviewed_it(store, lena, maya, form) -> None:
    assert Page(maya.get(form)).text.count(NOT_REVIEWED) == 1
    assert review(lena).status_code == 303
    assert NOT_REVIEWED not in Page(maya.get(form)).text
    assert "Reviewed by Dr. Ana Ott (PT 12345) on" in Page(lena.get(POLICY)).text
    change(lena, severity="absolute", reason=WHY)
    assert Page(maya.get(form)).text.count(NOT_REVIEWED) == 1


def test_a_review_without_a_licence_is_none(store, lena) -> None:
    answer = review(lena, licence="")
    assert answer.status_code == 422
    assert "Licence is needed" in answer.text
    assert NOT_REVIEWED in answer.text


def test_a_review_of_a_version_that_was_not_seen_is_refused(store, lena) -> None:
    opened = Page(lena.get(POLICY)).filled(reviewer="Dr. Ana Ott", licence="PT 12345")
    change(lena, severity="absolute", reason=WHY)
    assert lena.post(f"{POLICY}/reviews", data=opened).status_code == 409


def test_a_clinical_lead_may_do_it_another_therapist_may_not(store, maya, acting_as, cast) -> None:
    assert maya.get(POLICY).status_code == 403
    with acting_as(cast.root):
        accounts.name_clinical_lead(db.session.get_one(User, cast.maya.id), by=cast.root)
    assert change(maya, severity="absolute", reason=WHY).status_code == 303
    assert "Maya Reyes, PT, DPT" in Page(maya.get(POLICY)).text


def test_the_form_leads_to_the_guide(store, maya, form) -> None:
    assert 'href="/safety-check"' in maya.get(form).text
