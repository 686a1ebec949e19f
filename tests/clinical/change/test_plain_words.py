"""What a patient reads of a change: plain words, and easy ones."""

import re
from random import Random

import pytest
from pyphen import Pyphen

from clinic_notes.clinical.change import Comparison, Reading, Row, judge_change, plain_sentences
from clinic_notes.clinical.drafts import (
    Measured,
    MeasureDraft,
    PainDraft,
    RomDraft,
    StrengthDraft,
)
from clinic_notes.reference.measures import measures
from clinic_notes.reference.movements import movements
from clinic_notes.reference.pain import pain_contexts
from clinic_notes.reference.terms import Mode, ReadingState, Side, StrengthMethod
from tests.drafts import measured

WORST = PainDraft("worst_24h")
ANKLE = RomDraft("ankle_dorsiflexion", Side.LEFT, Mode.ACTIVE, "knee_straight", "goniometer")
BACK = RomDraft("lumbar_flexion", Side.MIDLINE, Mode.ACTIVE, "", "inclinometer")


def plain(row: Row, before: int | None, after: int, *, raters: tuple[int, int] = (1, 1)) -> str:
    first = Reading(row, measured(before), raters[0]) if before is not None else None
    latest = Reading(row, measured(after), raters[1])
    return plain_sentences(judge_change(first, latest, Comparison.SINCE_START))


@pytest.mark.parametrize(
    ("row", "before", "after", "expected"),
    [
        (
            WORST,
            8,
            3,
            "Your worst pain in a day: from 8 out of 10 to 3 out of 10. That is better. "
            "Most people can feel such a change.",
        ),
        (
            WORST,
            3,
            8,
            "Your worst pain in a day: from 3 out of 10 to 8 out of 10. That is worse. "
            "Please talk with us about it.",
        ),
        (WORST, 4, 4, "Your worst pain in a day: still 4 out of 10."),
        (WORST, None, 4, "Your worst pain in a day: 4 out of 10."),
        (
            ANKLE,
            5,
            7,
            "How far you can bend your left foot up: from 5° to 7°. This may be chance. "
            "We will check it again.",
        ),
        (
            ANKLE,
            5,
            25,
            "How far you can bend your left foot up: from 5° to 25°. That is better, and not "
            "by chance.",
        ),
        (BACK, None, 40, "How far you can bend forward at the low back: 40°."),
    ],
)
def test_a_change_in_plain_words(row: Row, before: int | None, after: int, expected: str) -> None:
    assert plain(row, before, after) == expected


def test_both_sides_and_no_side_read_as_a_person_says_it() -> None:
    both = RomDraft("knee_flexion", Side.BILATERAL, Mode.ACTIVE)
    assert plain(both, None, 120) == "How far you can bend your knee on both sides: 120°."
    strength = StrengthDraft("knee_extension", Side.RIGHT, StrengthMethod.MMT)
    graded = Reading(strength, Measured(ReadingState.MEASURED, None, "4"), 1)
    found = plain_sentences(judge_change(None, graded, Comparison.SINCE_START))
    assert found.startswith("How strong you are when you make your right knee straight: ")


def test_every_movement_can_be_said_with_and_without_a_side() -> None:
    for movement in movements:
        sides = (Side.LEFT, Side.RIGHT) if movement.sided else (Side.MIDLINE,)
        for side in sides:
            words = plain(RomDraft(movement.key, side, Mode.ACTIVE), None, 10)
            assert "{" not in words
            assert ("left" in words or "right" in words) == movement.sided, words


def test_nearly_every_patient_can_read_it() -> None:
    chance = Random(7)  # noqa: S311 - the same patients each run.
    grades = sorted(_grade(_page(chance)) for _ in range(200))
    assert grades[189] <= 6, "two below grade 8 or below for 95 % of 200 patients"


def _grade(text: str) -> float:
    """Return the school grade that reads a text with ease (Kincaid and others 1975).

    A hyphen stands between most syllables, not all: the true grade may be two higher.
    """
    hyphens = Pyphen(lang="en_US")
    words = re.findall(r"[A-Za-z]+", text)
    syllables = sum(len(hyphens.inserted(word).split("-")) for word in words)
    sentences = len(re.findall(r"\.(?: |$)", text))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def test_the_grade_is_that_of_the_formula() -> None:
    # 0.39 * 6 words / 1 sentence + 11.8 * 6 syllables / 6 words - 15.59
    assert _grade("The cat sat on the mat.") == pytest.approx(-1.45)
    assert _grade("Considerable administrative complications materialised.") > 20


def _page(chance: Random) -> str:
    """Return the sentences of a page about a patient of whom chance things were measured."""
    rows: list[Row] = [PainDraft(context.key) for context in chance.sample([*pain_contexts], 2)]
    rows += [
        RomDraft(m.key, Side.LEFT if m.sided else Side.MIDLINE, Mode.ACTIVE)
        for m in chance.sample([*movements], 2)
    ]
    rows.append(MeasureDraft(chance.choice([*measures]).key))
    return " ".join(plain(row, chance.randint(0, 10), chance.randint(0, 10)) for row in rows)
