"""What the patient's record says is so: asked by itself, and never unsaid without a reason."""

from datetime import date

import pytest

from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.clinical.findings import Level
from clinic_notes.clinical.screening import (
    PriorAnswer,
    RecordedCondition,
    contradictions,
    items_due,
    reconfirmable,
    unexplained_contradictions,
)
from clinic_notes.reference.terms import Answer
from tests.clinical.charts import abouts
from tests.drafts import INR, LEFT_CALF, earlier, no, yes

TODAY, LAST, BEFORE = date(2026, 3, 11), date(2026, 3, 4), date(2026, 2, 1)
YES, NO = Answer.YES, Answer.NO
BLEEDS = RecordedCondition("bleeding_disorder", "Haemophilia A")
LATER = RecordedCondition("bleeding_disorder", "Low platelets", since_on=date(2026, 3, 8))
STOPPED = "apixaban was stopped in May"


@pytest.mark.parametrize(
    ("history", "known", "is_due"),
    [
        pytest.param([(NO, LAST)], (), False, id="no last week, nothing on record"),
        pytest.param([(NO, LAST)], (BLEEDS,), True, id="no last week, on record"),
        pytest.param([(YES, LAST)], (BLEEDS,), False, id="yes last week, on record"),
        pytest.param([(YES, LAST)], (LATER,), True, id="yes last week, on record since"),
        pytest.param([(YES, BEFORE)], (BLEEDS,), True, id="yes long ago"),
        pytest.param([(YES, BEFORE), (NO, LAST)], (BLEEDS,), True, id="a yes unsaid"),
        pytest.param([(NO, LAST), (YES, LAST)], (BLEEDS,), False, id="set right the same day"),
        pytest.param([], (BLEEDS,), True, id="never asked"),
        pytest.param(
            [(NO, LAST)],
            (RecordedCondition("diabetes", "Type 2"),),
            False,
            id="something else on record",
        ),
    ],
)
def test_what_is_on_record_is_asked_until_a_yes_stands(
    history: list[tuple[Answer, date]], known: tuple[RecordedCondition, ...], is_due: bool
) -> None:
    asked = [earlier("bleeding_disorder", answer, on, LEFT_CALF) for answer, on in history]
    due = items_due(asked, (LEFT_CALF,), TODAY, known)
    assert ("bleeding_disorder" in due) == is_due


@pytest.mark.parametrize(
    ("asked", "unchanged", "still", "recorded"),
    [
        pytest.param(NO, (), (), ("anticoagulant",), id="a no before is not nothing new"),
        pytest.param(YES, (), ("anticoagulant",), (), id="an earlier yes keeps its reason"),
        pytest.param(None, (), (), ("anticoagulant",), id="never asked"),
    ],
)
def test_what_is_on_record_is_confirmed_by_itself(
    asked: Answer | None,
    unchanged: tuple[str, ...],
    still: tuple[str, ...],
    recorded: tuple[str, ...],
) -> None:
    record: list[PriorAnswer] = [earlier("anticoagulant", asked, LAST, LEFT_CALF)] if asked else []
    known = (RecordedCondition("anticoagulant", "Apixaban"),)
    due = {"anticoagulant"}
    found = reconfirmable(record, record, due=due, about=[LEFT_CALF], on=TODAY, on_record=known)
    assert (found.unchanged, tuple(found.active_yes), tuple(found.on_record)) == (
        unchanged,
        still,
        recorded,
    )
    assert found.to_confirm["anticoagulant"].answer is YES


def test_confirmed_it_is_a_yes_in_the_words_of_the_record() -> None:
    assert BLEEDS.confirmed_answer == AnswerDraft("bleeding_disorder", YES, detail="Haemophilia A")


def test_the_record_says_yes_and_the_answer_no() -> None:
    found = contradictions(
        (*no("anticoagulant", "diabetes"), yes("pregnancy")), {"anticoagulant", "pregnancy"}
    )
    assert [(f.level, f.item, f.message) for f in found] == [
        (
            Level.CAUTION,
            "anticoagulant",
            "The patient's record says blood thinner; today's answer is no. "
            "Find out which is right.",
        )
    ]


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        pytest.param(no("anticoagulant"), ["answers-anticoagulant-reason"], id="a bare no"),
        pytest.param(
            (AnswerDraft("anticoagulant", NO, reason="stopped  "),),
            ["answers-anticoagulant-reason"],
            id="seven characters",
        ),
        pytest.param((AnswerDraft("anticoagulant", NO, reason=STOPPED),), [], id="a reason"),
        pytest.param((yes("anticoagulant", reason=INR),), [], id="yes"),
        pytest.param((AnswerDraft("anticoagulant"),), [], id="not asked: due in any case"),
        pytest.param(no("diabetes"), [], id="not on record"),
    ],
)
def test_a_no_against_the_record_needs_a_reason(
    given: tuple[AnswerDraft, ...], wanted: list[str]
) -> None:
    found = unexplained_contradictions(given, {"anticoagulant"})
    assert abouts(found) == wanted
    assert {finding.level for finding in found} <= {Level.REFUSE}


@pytest.mark.parametrize(
    ("item", "detail"),
    [
        pytest.param("anticoagulant", "Recorded words", id="the words of the record"),
        pytest.param("neuropathy_sensation_loss", "", id="a test result is never on record"),
        pytest.param("pregnancy", "", id="nor is the trimester"),
        pytest.param("no_such_item", "Recorded words", id="an item no catalogue knows"),
    ],
)
def test_what_must_be_written_today_is_not_taken_from_the_record(item: str, detail: str) -> None:
    assert RecordedCondition(item, "Recorded words").confirmed_answer.detail == detail


def test_a_no_against_the_record_says_what_to_do_and_where() -> None:
    (caution,) = contradictions(no("bleeding_disorder"), {"bleeding_disorder"})
    assert (caution.about, caution.message) == (
        "answers-bleeding_disorder-answer",
        "The patient's record says bleeding disorder; today's answer is no. Find out which is "
        "right.",
    )
    (refusal,) = unexplained_contradictions(no("bleeding_disorder"), {"bleeding_disorder"})
    assert (refusal.about, refusal.message) == (
        "answers-bleeding_disorder-reason",
        "The patient's record says bleeding disorder. Answer yes, correct the record, or write why "
        "the answer is no, in at least 10 characters.",
    )


@pytest.mark.parametrize(("reason", "is_refused"), [("nine chars", False), ("nine char", True)])
def test_ten_characters_explain_a_no_against_the_record(reason: str, is_refused: bool) -> None:
    answer = AnswerDraft("bleeding_disorder", Answer.NO, reason=reason)
    assert bool(unexplained_contradictions((answer,), {"bleeding_disorder"})) is is_refused
