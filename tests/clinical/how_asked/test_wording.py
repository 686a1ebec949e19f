"""How the safety questions were asked, as the note says it: asked only where they were."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from clinic_notes.clinical.drafts import AnswerDraft, VisitDraft
from clinic_notes.clinical.how_asked import (
    Interview,
    answered_no,
    kept_as_asked,
    no_in_words,
    yes_asked_in_words,
)
from clinic_notes.clinical.summary import Names, summary
from clinic_notes.reference.terms import Answer, AnsweredBy, HowAsked
from tests.drafts import no

TODAY = date(2026, 11, 28)
EIGHT, LATER = datetime(2026, 11, 28, 7, tzinfo=UTC), datetime(2026, 11, 28, 7, 12, tzinfo=UTC)
NEXT_DAY = datetime(2026, 11, 29, 7, tzinfo=UTC)
BERLIN = Interview(TODAY, time_zone="Europe/Berlin")
UNCHANGED = {"how_asked": HowAsked.UNCHANGED, "unchanged_since": date(2026, 11, 26)}
ONE_STEP = {"how_asked": HowAsked.IN_ONE_STEP}
ONE_BY_ONE = {"how_asked": HowAsked.ONE_BY_ONE}


def given(how: dict[str, Any], *moments: datetime) -> tuple[AnswerDraft, ...]:
    """Return a "no" for each moment."""
    items = ("open_wound", "sunburn", "diabetes")[: len(moments)]
    return tuple(
        replace(row, answered_at=at, **how) for row, at in zip(no(*items), moments, strict=True)
    )


@pytest.mark.parametrize(
    ("answers", "asking", "words"),
    [
        pytest.param(
            given(UNCHANGED, EIGHT, EIGHT),
            BERLIN,
            "No change since 26 Nov in 2 questions, stated by the patient at 08:00",
            id="no change, in one tap",
        ),
        pytest.param(
            given(UNCHANGED | {"unchanged_since": date(2025, 11, 26)}, EIGHT),
            BERLIN,
            "No change since 26 Nov 2025 in 1 question, stated by the patient at 08:00",
            id="no change since last year",
        ),
        pytest.param(
            given(ONE_STEP, LATER, LATER, LATER),
            BERLIN,
            "All other questions (3) answered no in one step by the patient at 08:12",
            id="all others no, in one step",
        ),
        pytest.param(
            given(ONE_BY_ONE, EIGHT, LATER),
            BERLIN,
            "2 questions asked one by one, answered no by the patient from 08:00 to 08:12",
            id="asked one by one",
        ),
        pytest.param(
            given(ONE_BY_ONE, NEXT_DAY),
            BERLIN,
            "1 question asked one by one, answered no by the patient at 29 Nov, 08:00",
            id="entered the day after",
        ),
        pytest.param(
            given(ONE_BY_ONE, EIGHT),
            replace(BERLIN, by=AnsweredBy.GUARDIAN),
            "1 question asked one by one, answered no by the guardian at 08:00",
            id="the guardian answered",
        ),
        pytest.param(
            given(ONE_STEP, EIGHT),
            replace(BERLIN, by=AnsweredBy.INTERPRETER),
            "All other questions (1) answered no in one step by the patient through an interpreter "
            "at 08:00",
            id="through an interpreter",
        ),
        pytest.param(
            given({}, EIGHT, EIGHT),
            BERLIN,
            "2 questions answered no at 08:00; how it was asked was not recorded",
            id="an older note",
        ),
        pytest.param(
            no("sunburn"),
            Interview(TODAY),
            "1 question answered no; how it was asked was not recorded",
            id="an older note without times",
        ),
    ],
)
def test_it_is_said_as_what_it_was(
    answers: tuple[AnswerDraft, ...], asking: Interview, words: str
) -> None:
    (group,) = answered_no(answers)
    assert no_in_words(group, asking) == words
    assert ("asked one by one" in words) == (group.how is HowAsked.ONE_BY_ONE)


YES = AnswerDraft("diabetes", Answer.YES, answered_at=EIGHT)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (UNCHANGED, "No change since 26 Nov, stated by the patient at 08:00"),
        (
            {"how_asked": HowAsked.UNCHANGED},
            "As on the patient's record, stated by the patient at 08:00",
        ),
        (ONE_BY_ONE, "Asked one by one, answered by the patient at 08:00"),
        ({}, "Answered at 08:00; how it was asked was not recorded"),
    ],
    ids=["still so", "on record", "asked", "older"],
)
def test_a_yes_says_it_too(how: dict[str, Any], words: str) -> None:
    assert yes_asked_in_words(replace(YES, **how), BERLIN) == words


def test_each_way_is_a_group_of_its_own_and_the_summary_says_all() -> None:
    rows = (*given(UNCHANGED, EIGHT), *given(ONE_STEP, EIGHT), *given(ONE_BY_ONE, EIGHT))
    answers = tuple(
        replace(row, item=item)
        for row, item in zip(rows, ("open_wound", "sunburn", "diabetes"), strict=True)
    )
    groups = answered_no(answers)
    assert [group.items for group in groups] == [("diabetes",), ("open_wound",), ("sunburn",)]
    text = summary(VisitDraft(TODAY, answers=answers), names=Names(time_zone="Europe/Berlin"))
    assert all(no_in_words(group, BERLIN) in text for group in groups)


def test_what_was_stored_stays_as_it_was_asked_and_a_new_answer_does_not() -> None:
    (stored,) = given(UNCHANGED, EIGHT)
    (again,) = given(ONE_BY_ONE, LATER)
    kept = kept_as_asked(again, stored)
    assert (kept.how_asked, kept.unchanged_since, kept.answered_at) == (
        HowAsked.UNCHANGED,
        date(2026, 11, 26),
        EIGHT,
    )
    changed = replace(again, answer=Answer.YES)
    assert kept_as_asked(changed, stored).how_asked is HowAsked.ONE_BY_ONE
    assert kept_as_asked(again, None) is again
