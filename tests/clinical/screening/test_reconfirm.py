"""Which questions one "nothing new" answers, and which "yes" has to be confirmed."""

from datetime import date

import pytest

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import (
    PriorAnswer,
    RecordedCondition,
    confirmed_answer,
    reconfirmable,
)
from clinic_notes.reference.terms import Answer, Mitigation, Side
from tests.drafts import INR, LEFT_CALF, LEFT_FOOT, RIGHT_CALF, earlier

TODAY, LAST, BEFORE = date(2026, 3, 11), date(2026, 3, 4), date(2026, 2, 1)
YES, NO = Answer.YES, Answer.NO
SKIN, FEVER = "open_wound", "fever_systemic_infection"
BOTH_CALVES = Site("calf", Side.BILATERAL)


@pytest.mark.parametrize(
    ("latest", "about", "unchanged", "since"),
    [
        pytest.param([], [LEFT_CALF], (), None, id="never asked"),
        pytest.param(
            [earlier(FEVER, NO, LAST, LEFT_FOOT)], [LEFT_CALF], (FEVER,), LAST, id="of the session"
        ),
        pytest.param(
            [earlier(SKIN, NO, LAST, LEFT_CALF)], [LEFT_CALF], (SKIN,), LAST, id="of this site"
        ),
        pytest.param(
            [earlier(SKIN, NO, LAST, LEFT_CALF)], [RIGHT_CALF], (), None, id="of the other side"
        ),
        pytest.param(
            [earlier(SKIN, NO, LAST, LEFT_CALF)], [LEFT_CALF, LEFT_FOOT], (), None, id="not of all"
        ),
        pytest.param(
            [earlier(SKIN, NO, LAST, BOTH_CALVES)], [RIGHT_CALF], (SKIN,), LAST, id="of both sides"
        ),
        pytest.param(
            [earlier(SKIN, NO, LAST, LEFT_CALF), earlier(FEVER, NO, BEFORE, LEFT_CALF)],
            [LEFT_CALF],
            (SKIN, FEVER),
            BEFORE,
            id="one asked earlier: nothing new since then",
        ),
        pytest.param(
            [earlier("osteoporosis", NO, LAST, LEFT_CALF)], [LEFT_CALF], (), None, id="not due"
        ),
        pytest.param(
            [earlier(FEVER, Answer.NOT_ASKED, LAST, LEFT_CALF)], [LEFT_CALF], (), None, id="open"
        ),
    ],
)  # fmt: skip
def test_what_one_question_covers(
    latest: list[PriorAnswer], about: list[Site], unchanged: tuple[str, ...], since: date | None
) -> None:
    found = reconfirmable(latest, (), due={SKIN, FEVER}, about=about, on=TODAY)
    assert (found.unchanged, found.since) == (unchanged, since)


@pytest.mark.parametrize(
    ("record", "still"),
    [
        pytest.param([earlier("anticoagulant", YES, LAST, LEFT_CALF)], LAST, id="still active"),
        pytest.param(
            [
                earlier("anticoagulant", YES, BEFORE, LEFT_CALF),
                earlier("anticoagulant", YES, LAST, LEFT_CALF),
            ],
            LAST,
            id="the last counts",
        ),
        pytest.param(
            [
                earlier("anticoagulant", YES, BEFORE, LEFT_CALF),
                earlier("anticoagulant", NO, LAST, LEFT_CALF),
            ],
            None,
            id="unsaid",
        ),
        pytest.param(
            [earlier("anticoagulant", YES, date(2026, 3, 12), LEFT_CALF)], None, id="answered later"
        ),
    ],
)
def test_an_active_yes_is_a_question_never_an_answer(
    record: list[PriorAnswer], still: date | None
) -> None:
    latest = record[-1:]
    found = reconfirmable(latest, record, due={"anticoagulant"}, about=[LEFT_CALF], on=TODAY)
    assert {key: asked.asked_on for key, asked in found.active_yes.items()} == (
        {"anticoagulant": still} if still else {}
    )
    assert found.unchanged == (("anticoagulant",) if latest[0].answer is NO else ())


def test_a_yes_elsewhere_is_confirmed_where_it_was_and_a_later_no_here_stays_unasked() -> None:
    record = [
        earlier(SKIN, YES, BEFORE, LEFT_FOOT, sites=(LEFT_FOOT,)),
        earlier(SKIN, NO, LAST, LEFT_CALF),
    ]
    found = reconfirmable(record[1:], record, due={SKIN}, about=[LEFT_CALF], on=TODAY)
    assert confirmed_answer(found.active_yes[SKIN]).sites == (LEFT_FOOT,)
    assert found.unchanged == ()


def test_confirmed_is_a_fresh_yes_with_all_that_was_said() -> None:
    asked = PriorAnswer(
        "anticoagulant", YES, LAST, (), INR, Mitigation.REDUCE_PRESSURE, (LEFT_CALF,), "apixaban"
    )
    today = confirmed_answer(asked)
    assert (today.answer, today.detail, today.reason, today.mitigation, today.sites) == (
        YES, "apixaban", INR, Mitigation.REDUCE_PRESSURE, (),
    )  # fmt: skip
    assert (today.id, today.answered_at) == (None, None)


def test_a_yes_without_a_place_keeps_the_places_it_was_asked_about() -> None:
    assert confirmed_answer(earlier(SKIN, YES, LAST, LEFT_FOOT)).sites == (LEFT_FOOT,)


def test_what_is_on_record_and_not_due_is_not_confirmed() -> None:
    recorded = RecordedCondition("diabetes", "Type 2 diabetes")
    asked = {"due": {"diabetes"}, "about": [LEFT_CALF], "on": TODAY, "on_record": [recorded]}
    assert set(reconfirmable((), (), **asked).to_confirm) == {"diabetes"}
    assert not reconfirmable((), (), **asked | {"due": set()}).to_confirm


def test_a_yes_of_a_later_session_is_not_confirmed_in_an_earlier_one() -> None:
    later = earlier("osteoporosis", YES, TODAY, LEFT_CALF)
    assert reconfirmable((), (later,), due=(), about=[LEFT_CALF], on=LAST).to_confirm == {}
    assert set(reconfirmable((), (later,), due=(), about=[LEFT_CALF], on=TODAY).to_confirm)


def test_a_yes_about_another_place_that_was_asked_again_there_needs_no_confirming() -> None:
    told = earlier("varicose_veins", YES, BEFORE, LEFT_CALF)
    again = earlier("varicose_veins", NO, LAST, LEFT_CALF)
    found = reconfirmable((), (told, again), due=(), about=[LEFT_CALF], on=TODAY)
    assert found.to_confirm == {}


def test_what_is_confirmed_keeps_the_places_that_were_flagged() -> None:
    told = earlier("varicose_veins", YES, LAST, LEFT_CALF, sites=(LEFT_FOOT,))
    assert confirmed_answer(told).sites == (LEFT_FOOT,)
    assert confirmed_answer(told._replace(sites=())).sites == (LEFT_CALF,)
    of_the_session = earlier("osteoporosis", YES, LAST, LEFT_CALF)
    assert confirmed_answer(of_the_session).sites == ()
