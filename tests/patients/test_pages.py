import re
from html import unescape

import pytest
from sqlalchemy import func, select

from clinic_notes.core.db import db
from clinic_notes.core.lookup import find_or_404
from clinic_notes.patients import actions, queries
from clinic_notes.patients.models import Allergy, Patient
from tests.html_page import Page
from tests.patients.people import HEEL, ROSA_SENT, TOM, page


def test_a_patient_is_registered_and_her_page_opens(maya, acting_as, cast):
    answer = maya.post("/patients/new", data=ROSA_SENT)
    assert answer.status_code == 303
    number = int(re.fullmatch(r"/patients/(\d+)", answer.location)[1])
    with acting_as(cast.jonas):
        rosa = queries.with_background(find_or_404(Patient, number))
        assert rosa.name == "Rosa Delgado"
        assert queries.alerts(rosa) == ("Beeswax allergy", "Apixaban")


def test_an_allergy_of_no_known_group_is_asked_about_once(maya, patients):
    other = {"allergies-0-allergen": "other", "allergies-0-substance": "Lanolinn"}
    asked = Page(maya.post("/patients/new", data=ROSA_SENT | other))
    assert (asked.status, patients()) == (422, 0)
    assert "“Lanolinn” names no group that products are checked against" in asked.text
    kept = maya.post("/patients/new", data=asked.sent)
    assert (kept.status_code, patients()) == (303, 1)
    edit = Page(maya.get(f"{kept.location}/edit")).sent
    assert maya.post(f"{kept.location}/edit", data=edit).status_code == 303


def test_an_allergy_whose_word_names_a_group_is_not_asked_about(maya, patients):
    other = {"allergies-0-allergen": "other", "allergies-0-substance": "bee wax"}
    assert maya.post("/patients/new", data=ROSA_SENT | other).status_code == 303


def test_a_patient_with_one_name_is_registered(maya, patients):
    answer = maya.post("/patients/new", data=ROSA_SENT | {"given_name": "", "family_name": "Uma"})
    assert answer.status_code == 303
    assert "<title>Uma" in page(maya.get(answer.location)).replace("\n", " ").replace("> ", ">")


def test_the_same_form_sent_twice_makes_one_patient(maya, patients):
    sent = ROSA_SENT | {"once": "the same token"}
    first, second = (maya.post("/patients/new", data=sent) for _ in range(2))
    assert (first.status_code, second.location) == (303, first.location)
    assert patients() == 1


TYPED = "typed words that must not be lost"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"given_name": " ", "family_name": "\u200b"}, "Enter a name.", id="no name"),
        pytest.param({"born_on": ""}, "Date of birth is needed.", id="no date of birth"),
        pytest.param({"born_on": "31.02.1979"}, "year-month-day", id="no date at all"),
        pytest.param({"born_on": "2999-01-01"}, "in the future", id="born in the future"),
        pytest.param({"born_on": "0079-03-14"}, "1900 at the earliest", id="born long ago"),
        pytest.param({"sex": ""}, "Sex is needed.", id="sex not said"),
        pytest.param({"sex": "x'; --"}, "cannot be chosen here", id="unknown sex"),
        pytest.param({"mrn": "9" * 41}, "40 characters", id="a long number"),
        pytest.param({"family_name": "x" * 1_000_000}, "200 characters", id="1 MB in a name"),
        pytest.param({"phone": "1\x00"}, "U+0000", id="a control character"),
        pytest.param({"has_allergies": "no"}, "Allergies are listed below", id="none, but listed"),
        pytest.param({"has_allergies": "maybe"}, "cannot be chosen", id="unknown answer"),
        pytest.param(
            {"allergies-0-allergen": "moonlight"}, "cannot be chosen here", id="unknown allergen"
        ),
        pytest.param(
            {"allergies-0-allergen": "other", "allergies-0-substance": ""},
            "Name the substance",
            id="other what",
        ),
        pytest.param({"conditions-0-since_on": "2999-01-01"}, "in the future", id="begins later"),
        pytest.param({"conditions-0-item": "moonlight"}, "cannot be chosen", id="unknown item"),
        pytest.param({"conditions-0-id": "one"}, "Not a valid integer", id="an id in words"),
        pytest.param(
            {f"conditions-{n}-label": "Gout" for n in range(2000)},
            "At most 40 rows",
            id="2,000 conditions",
        ),
    ],
)
def test_what_cannot_be_right_is_refused_and_all_that_was_typed_stays(maya, patients, change, said):
    answer = maya.post("/patients/new", data=ROSA_SENT | {"background": TYPED} | change)
    assert answer.status_code == 422
    assert said in page(answer)
    assert TYPED in page(answer)
    for text in change.values():
        assert text.strip("\x00") in page(answer)
    assert patients() == 0


def test_a_number_that_is_taken_is_refused_beside_its_field(maya, rosa, patients):
    answer = maya.post("/patients/new", data=ROSA_SENT | {"given_name": "Berta"})
    assert answer.status_code == 422
    assert re.search(r'id="mrn-error">\s*Another patient has this number', page(answer))
    assert patients() == 1


def test_a_rule_speaks_beside_the_row_it_means_though_an_empty_row_is_before_it(maya):
    rows = {"allergies-0-allergen": "", "allergies-0-substance": "", "allergies-0-reaction": ""}
    rows |= {"allergies-3-allergen": "other", "allergies-3-substance": ""}
    answer = maya.post("/patients/new", data=ROSA_SENT | rows)
    assert 'id="allergies-0-substance-error"' in page(answer)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param('O\'Brien "Bri"', id="apostrophe and quotes"),
        pytest.param("<script>alert(1)</script>", id="script tags"),
        pytest.param("רוזה דלגדו", id="right to left"),
        pytest.param("Rosa 🦴👩🏽‍⚕️", id="emoji"),
        pytest.param("{{ 7 * 7 }} & &amp;", id="template braces and ampersands"),
        pytest.param("Robert'); DROP TABLE patient;--", id="a table dropped"),
    ],
)
def test_a_name_is_kept_exactly_and_shown_as_text(maya, acting_as, cast, name):
    answer = maya.post("/patients/new", data=ROSA_SENT | {"family_name": name})
    number = int(answer.location.rsplit("/", 1)[1])
    with acting_as(cast.maya):
        assert find_or_404(Patient, number).family_name == name
    for address in ("/patients", f"/patients/{number}/edit"):
        shown = maya.get(address).get_data(as_text=True)
        assert "<script>alert" not in shown
        assert name in unescape(shown)
    assert name in page(maya.post("/patients", data={"text": name}))


def test_posted_owners_are_not_believed(maya, acting_as, cast):
    foreign = {"clinic_id": str(cast.stranger.clinic_id), "id": "77", "created_at": "1999-01-01"}
    maya.post("/patients/new", data=ROSA_SENT | foreign)
    with acting_as(cast.stranger):
        assert queries.found("").total == 0


def test_who_may_be_on_record_is_shown_before_a_second_record_is_made(maya, rosa, patients):
    sent = ROSA_SENT | {"given_name": "Roza", "mrn": "H-9"}
    asked = maya.post("/patients/new", data=sent)
    assert asked.status_code == 422
    assert "Is this the same person?" in page(asked)
    assert f'href="/patients/{rosa.id}"' in page(asked)
    assert patients() == 1
    seen = re.search(r'name="anyway"\s+value="(.*?)"', page(asked))[1]
    assert maya.post("/patients/new", data=sent | {"anyway": seen}).status_code == 303
    assert patients() == 2


def test_rows_are_added_and_taken_away_without_a_script(maya, patients):
    more = maya.post("/patients/new", data=ROSA_SENT | {"add": "allergies"})
    assert more.status_code == 200
    assert 'name="allergies-1-allergen"' in page(more)
    less = maya.post("/patients/new", data=ROSA_SENT | {"drop": "conditions-0"})
    assert less.status_code == 200
    assert 'value="Apixaban"' not in page(less)
    assert 'value="Beeswax"' in page(less)
    three = ROSA_SENT | {f"conditions-{n}-label": f"Condition {n}" for n in range(3)}
    two = page(maya.post("/patients/new", data=three | {"drop": "conditions-1"}))
    assert re.findall(r'name="(conditions-\d)-label"\s+value="(.*?)"', two) == [
        ("conditions-0", "Condition 0"),
        ("conditions-1", "Condition 2"),
    ]
    assert patients() == 0


def test_a_full_record_gets_no_more_rows(maya):
    full = ROSA_SENT | {f"conditions-{n}-label": f"Condition {n}" for n in range(40)}
    answer = maya.post("/patients/new", data=full | {"add": "conditions"})
    assert answer.status_code == 200
    assert len(re.findall(r'name="conditions-\d+-label"', page(answer))) == 40


def test_after_adding_a_row_a_double_submit_still_makes_one_patient(maya, patients):
    sent = ROSA_SENT | {"once": "first token"}
    more = maya.post("/patients/new", data=sent | {"add": "conditions"})
    token = re.search(r'name="once"\s+value="(.*?)"', page(more))[1]
    assert token != "first token"
    for _ in range(2):
        maya.post("/patients/new", data=ROSA_SENT | {"once": token})
    assert patients() == 1


def sent_back(client, address):
    """Return every field of a page's form, as a browser would send it unchanged."""
    fields = Page(client.get(address)).sent.to_dict()
    # Signed with the second in which they were made, or made anew.
    del fields["csrf_token"], fields["once"], fields["snapshot"]
    return fields


def test_a_record_opened_and_saved_unchanged_is_the_same(maya, rosa, acting_as, cast):
    address = f"/patients/{rosa.id}/edit"
    before = sent_back(maya, address)
    assert before["allergies-0-id"]
    assert maya.post(address, data=before).status_code == 303
    assert sent_back(maya, address) == before | {"version": "2"}
    with acting_as(cast.maya):
        assert db.session.scalar(select(func.count(Allergy.id))) == 1


def test_a_row_of_another_patient_in_the_form_changes_nothing(maya, rosa, acting_as, cast):
    with acting_as(cast.maya):
        tom = actions.register_patient(TOM, by=cast.maya)
    form = sent_back(maya, f"/patients/{tom.id}/edit") | {
        "has_allergies": "yes",
        "allergies-0-id": str(rosa.allergies[0].id),
        "allergies-0-allergen": "latex",
        "allergies-0-substance": "stolen",
    }
    assert maya.post(f"/patients/{tom.id}/edit", data=form).status_code == 409
    with acting_as(cast.maya):
        assert db.session.scalars(select(Allergy.substance)).all() == ["Beeswax"]


def test_another_clinics_patient_is_not_there(client_for, cast, rosa, acting_as):
    with acting_as(cast.maya):
        episode = actions.open_episode(rosa, HEEL, by=cast.maya)
    stranger = client_for(cast.stranger)
    for address in (
        f"/patients/{rosa.id}/edit",
        f"/patients/{rosa.id}/episodes/new",
        f"/episodes/{episode.id}/edit",
    ):
        assert stranger.get(address).status_code == 404
        assert stranger.post(address, data=ROSA_SENT).status_code == 404
    assert "Delgado" not in page(stranger.get("/patients"))
    assert "Rosa" not in page(stranger.post("/patients", data={"text": "Delgado"}))


def test_no_name_of_a_patient_stands_in_a_cookie(maya):
    maya.post("/patients/new", data=ROSA_SENT)
    with maya.session_transaction() as cookie:
        said = str(dict(cookie))
    assert "registered" in said
    assert "Rosa" not in said
