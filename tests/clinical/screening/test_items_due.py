"""Which questions are due: by place, by the time since, by what is on the patient's record."""

from datetime import date

import pytest

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import PriorAnswer, RecordedCondition, clearance, items_due
from clinic_notes.clinical.screening.asked_once import counted_once
from clinic_notes.reference.terms import Answer, Mitigation, Side
from tests.drafts import LEFT_CALF, earlier

TODAY = date(2026, 3, 11)
NECK = Site("cervical_post", Side.MIDLINE)
THEN, LATER = date(2026, 2, 19), date(2026, 3, 6)


def steroids(on: date, answer: Answer = Answer.YES) -> PriorAnswer:
    return earlier("long_term_steroids", answer, on, LEFT_CALF)


@pytest.mark.parametrize(
    ("about", "is_due"),
    [
        pytest.param((NECK,), True, id="the neck"),
        pytest.param((LEFT_CALF, NECK), True, id="the calf and the neck"),
        pytest.param((LEFT_CALF,), False, id="the calf"),
        pytest.param((), False, id="no place yet"),
    ],
)
def test_the_arteries_of_the_neck_are_asked_about_before_it_is_treated(
    about: tuple[Site, ...], is_due: bool
) -> None:
    assert ("cervical_artery" in items_due((), about, TODAY)) is is_due


def test_a_question_about_a_place_is_due_before_any_place_is_chosen() -> None:
    assert "varicose_veins" in items_due((), (), TODAY)
    asked = earlier("varicose_veins", Answer.NO, LATER, LEFT_CALF)
    assert "varicose_veins" not in items_due((asked,), (), TODAY)


@pytest.mark.parametrize(
    ("history", "since_on", "is_due"),
    [
        pytest.param((steroids(THEN),), None, False, id="a yes of this month"),
        pytest.param((steroids(THEN, Answer.NO), steroids(LATER)), None, False, id="no, then yes"),
        pytest.param((steroids(THEN), steroids(LATER, Answer.NO)), None, True, id="yes, then no"),
        pytest.param((steroids(THEN),), date(2026, 1, 1), False, id="began before it was asked"),
        pytest.param((steroids(THEN),), THEN, False, id="began on the day it was asked"),
        pytest.param((steroids(THEN),), LATER, True, id="began since it was asked"),
        pytest.param(
            (steroids(THEN, Answer.NO), steroids(THEN)), None, False, id="no and yes of one day"
        ),
    ],
)
def test_a_condition_on_record_is_due_until_a_yes_accounts_for_it(
    history: tuple[PriorAnswer, ...], since_on: date | None, is_due: bool
) -> None:
    recorded = RecordedCondition("long_term_steroids", "Prednisone", since_on)
    due = items_due(history, (LEFT_CALF,), TODAY, (recorded,))
    assert ("long_term_steroids" in due) is is_due


def test_what_is_on_record_is_asked_even_where_it_would_not_be() -> None:
    recorded = RecordedCondition("cervical_artery", "Dissection in 2019")
    assert "cervical_artery" in items_due((), (LEFT_CALF,), TODAY, (recorded,))


def test_an_answer_to_a_question_no_catalogue_knows_counts_for_itself() -> None:
    unknown = earlier("asked_long_ago", Answer.YES, THEN, LEFT_CALF)
    assert counted_once([unknown]) == [unknown]


def test_a_yes_whose_places_were_all_asked_again_caps_nothing() -> None:
    told = PriorAnswer(
        "fragile_skin", Answer.YES, THEN, reason="seen, sound", mitigation=Mitigation.SHORTEN
    )
    again = earlier("fragile_skin", Answer.NO, LATER, LEFT_CALF)
    given = clearance((), about=(LEFT_CALF,), history=(told, again), due=(), on=TODAY)
    assert given.cap_at(LEFT_CALF) is None
