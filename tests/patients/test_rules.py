from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_notes.patients.drafts import AllergiesAsked, AllergyDraft, ConditionDraft
from clinic_notes.patients.rules import check_episode, check_patient
from clinic_notes.reference.terms import Side
from tests.patients.people import HEEL, ROSA

TODAY = date(2026, 5, 1)


def about(findings):
    return [finding.about for finding in findings]


def test_the_paper_chart_has_nothing_against_it():
    assert check_patient(ROSA, today=TODAY) == ()
    assert check_episode(HEEL, born_on=ROSA.born_on, today=TODAY) == ()


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        pytest.param({"born_on": date(2026, 5, 2)}, "born_on", id="born tomorrow"),
        pytest.param({"born_on": date(1895, 1, 1)}, "born_on", id="born 131 years ago"),
        pytest.param(
            {"has_allergies": AllergiesAsked.NO}, "has_allergies", id="none known, one listed"
        ),
        pytest.param(
            {"has_allergies": AllergiesAsked.NOT_ASKED}, "has_allergies", id="not asked, one listed"
        ),
        pytest.param({"allergies": ()}, "has_allergies", id="has allergies, none listed"),
        pytest.param(
            {"has_allergies": AllergiesAsked.SOME, "allergies": ()},
            "has_allergies",
            id="some known, none listed",
        ),
        pytest.param(
            {"allergies": (AllergyDraft("", "Beeswax"),)}, "allergies-0-allergen", id="no group"
        ),
        pytest.param(
            {"allergies": (AllergyDraft("moonlight", "Beeswax"),)},
            "allergies-0-allergen",
            id="unknown group",
        ),
        pytest.param(
            {"allergies": (AllergyDraft("other"),)}, "allergies-0-substance", id="other what"
        ),
        pytest.param(
            {"conditions": (ConditionDraft("Apixaban"), ConditionDraft(""))},
            "conditions-1-label",
            id="a condition without a name",
        ),
        pytest.param(
            {"conditions": (ConditionDraft("Apixaban", "moonlight"),)},
            "conditions-0-item",
            id="unknown checklist item",
        ),
        pytest.param(
            {"conditions": (ConditionDraft("Apixaban", since_on=date(2026, 5, 2)),)},
            "conditions-0-since_on",
            id="a condition from tomorrow",
        ),
        pytest.param(
            {"conditions": (ConditionDraft("Apixaban", since_on=date(1979, 3, 13)),)},
            "conditions-0-since_on",
            id="a condition from before the birth",
        ),
        pytest.param({"given_name": "", "family_name": ""}, "family_name", id="no name at all"),
        pytest.param({"given_name": "..."}, "given_name", id="a name without letters"),
    ],
)
def test_what_cannot_be_right_about_a_patient_is_refused(change, refused):
    assert about(check_patient(replace(ROSA, **change), today=TODAY)) == [refused]


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        pytest.param({"region": "moon"}, "region", id="unknown region"),
        pytest.param({"side": Side.MIDLINE}, "side", id="a foot has no midline"),
        pytest.param({"onset_on": date(2026, 5, 2)}, "onset_on", id="onset tomorrow"),
        pytest.param({"onset_on": date(1979, 3, 13)}, "onset_on", id="onset before birth"),
        pytest.param({"referred_on": date(2026, 5, 2)}, "referred_on", id="referred tomorrow"),
        pytest.param({"opened_on": date(2026, 5, 2)}, "opened_on", id="opened tomorrow"),
        pytest.param({"planned_visits": 0}, "planned_visits", id="no visit planned"),
        pytest.param({"planned_visits": 201}, "planned_visits", id="201 visits planned"),
        pytest.param({"visits_per_week": 0}, "visits_per_week", id="none a week"),
        pytest.param({"visits_per_week": 15}, "visits_per_week", id="15 a week"),
    ],
)
def test_what_cannot_be_right_about_an_episode_is_refused(change, refused):
    draft = replace(HEEL, **change)
    assert about(check_episode(draft, born_on=ROSA.born_on, today=TODAY)) == [refused]


@pytest.mark.parametrize("count", [1, 200], ids=["one visit", "200 visits"])
def test_the_ends_of_the_range_are_allowed(count):
    draft = replace(HEEL, planned_visits=count, visits_per_week=min(count, 14))
    assert check_episode(draft, born_on=ROSA.born_on, today=TODAY) == ()


def test_a_key_on_record_stays_though_it_is_no_longer_offered():
    draft = replace(ROSA, allergies=(AllergyDraft("retired_group", "Beeswax", id=1),))
    assert about(check_patient(draft, today=TODAY)) == ["allergies-0-allergen"]
    assert check_patient(draft, today=TODAY, held={"retired_group"}) == ()


@pytest.mark.parametrize(
    ("guardian", "consented_on", "refused"),
    [
        pytest.param("Ana, mother", date(2026, 3, 1), [], id="who and when"),
        pytest.param("Ana, mother", None, ["guardian_consented_on"], id="no day"),
        pytest.param("", date(2026, 3, 1), ["guardian"], id="nobody"),
        pytest.param("Ana", TODAY + timedelta(1), ["guardian_consented_on"], id="tomorrow"),
        pytest.param("Ana", date(1979, 3, 13), ["guardian_consented_on"], id="before the birth"),
    ],
)
def test_a_guardians_consent_has_a_name_and_a_day(guardian, consented_on, refused):
    draft = replace(ROSA, guardian=guardian, guardian_consented_on=consented_on)
    assert [f.about for f in check_patient(draft, today=TODAY)] == refused
