"""What is asked on the tablet, in which order, and what an answer does to a draft."""

from dataclasses import replace

import pytest

from clinic_notes.clinical.drafts import BLANK, Measured, MeasureDraft, PainDraft, VisitDraft
from clinic_notes.clinical.readings.self_report import (
    Became,
    KioskQuestion,
    next_step,
    problem_with,
    progress,
    questions_for,
    taken_into,
    with_sources,
)
from clinic_notes.reference.measures import patient_questions
from clinic_notes.reference.pain import pain_contexts
from tests.drafts import measured, yesterday

EMPTY = VisitDraft(yesterday())
NOW, CHANGE = KioskQuestion("pain_now"), KioskQuestion("groc")
NAMED, RATED = KioskQuestion("activity"), KioskQuestion("psfs", activity=1)
ANOTHER = (KioskQuestion("activity"), KioskQuestion("psfs", activity=3))
ASKED = (NOW, NAMED, RATED, *ANOTHER, CHANGE)


def psfs(detail: str, before: Measured = BLANK) -> MeasureDraft:
    return MeasureDraft("psfs", detail=detail, before=before)


@pytest.mark.parametrize(
    ("draft", "is_first", "keys"),
    [
        pytest.param(EMPTY, True, ["pain_now", *["activity", "psfs"] * 3], id="a first session"),
        pytest.param(EMPTY, False, ["pain_now", *["activity", "psfs"] * 3, "groc"], id="a later"),
        pytest.param(
            replace(EMPTY, pains=(PainDraft("worst_24h"), PainDraft("now", before=measured(3)))),
            True,
            ["pain_worst_24h", *["activity", "psfs"] * 3],
            id="pain as the form has it, what is entered is not asked",
        ),
        pytest.param(
            replace(EMPTY, measures=(psfs("sleep"), psfs("run", measured(4)))),
            True,
            ["pain_now", "psfs"],
            id="the activities of the episode",
        ),
        pytest.param(
            replace(
                EMPTY,
                pains=(PainDraft("now", before=measured(3)),),
                measures=(psfs("run", measured(4)), MeasureDraft("groc", before=measured(1))),
            ),
            False,
            [],
            id="nothing is left",
        ),
    ],
)
def test_what_is_asked(draft: VisitDraft, is_first: bool, keys: list[str]) -> None:
    assert [one.key for one in questions_for(draft, is_first=is_first)] == keys


def test_every_context_of_pain_has_a_question() -> None:
    assert {f"pain_{context.key}" for context in pain_contexts} <= {
        q.key for q in patient_questions
    }


@pytest.mark.parametrize(
    ("answers", "at", "by", "to"),
    [
        pytest.param({}, 0, 1, 1, id="on"),
        pytest.param({}, 1, 1, 5, id="no activity: nothing more about activities"),
        pytest.param({1: "run"}, 1, 1, 2, id="a named one is rated"),
        pytest.param({1: "run"}, 2, 1, 3, id="and another may be named"),
        pytest.param({1: "run"}, 3, 1, 5, id="or not"),
        pytest.param({}, 5, -1, 1, id="back the same way"),
        pytest.param({}, 5, 1, 6, id="the end"),
        pytest.param({}, 6, -1, 5, id="back from the end"),
        pytest.param({}, 0, -1, 0, id="nothing before the first"),
    ],
)
def test_on_and_back(answers: dict[int, str], at: int, by: int, to: int) -> None:
    assert next_step(ASKED, answers, at, by) == to


def test_the_count_is_of_what_is_asked() -> None:
    assert progress(ASKED, {}, 5) == (3, 3)
    assert progress(ASKED, {1: "run"}, 2) == (3, 5)


@pytest.mark.parametrize(
    ("one", "answer", "is_wrong"),
    [
        (NOW, "", False), (NOW, "0", False), (NOW, "10", False), (NOW, "11", True),
        (NOW, "-1", True), (NOW, "5.5", True), (NOW, "\u0665", True), (NOW, "05", True),
        (CHANGE, "-7", False), (CHANGE, "7", False), (CHANGE, "8", True), (CHANGE, "+3", True),
        (NAMED, "climb stairs", False), (NAMED, "x" * 100, False), (NAMED, "x" * 101, True),
        (NAMED, "a\tb", True),
    ],
)  # fmt: skip
def test_what_is_an_answer(one: KioskQuestion, answer: str, is_wrong: bool) -> None:
    assert bool(problem_with(one, answer)) is is_wrong


def test_each_answer_has_its_place_and_says_whose_it_is() -> None:
    there = replace(EMPTY, pains=(PainDraft("now"),), measures=(psfs("Run."),))
    answers = {0: "6", 1: "run", 2: "4", 5: "-3"}
    draft, became = taken_into(there, ASKED, answers)
    assert set(became.values()) == {Became.TAKEN}
    assert (len(draft.pains), len(draft.measures)) == (1, 2)
    ends = [row.before for row in (*draft.pains, *draft.measures)]
    assert [int(end.number or 0) for end in ends] == [6, 4, -3]
    assert all(end.by_patient for end in ends)
    again, became = taken_into(draft, ASKED, answers)
    assert again == draft
    assert set(became.values()) == {Became.THERE}


def test_a_reading_is_the_patients_as_long_as_it_is_as_they_gave_it() -> None:
    given = replace(measured(6), by_patient=True)
    stored = replace(EMPTY, pains=(PainDraft("now", before=given, id=1),))
    for typed, is_own in (
        (PainDraft("now", before=measured(6), after=measured(2), id=1), True),
        (PainDraft("now", before=measured(5), id=1), False),
        (PainDraft("now", before=measured(6), id=2), False),
        (PainDraft("now", before=measured(6)), False),
    ):
        (row,) = with_sources(stored, replace(EMPTY, pains=(typed,))).pains
        assert row.before.by_patient is is_own
