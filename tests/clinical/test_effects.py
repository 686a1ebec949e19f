"""Effects of treatment: the least grade, what calls for a report, what goes out of use."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from clinic_notes.clinical.drafts import EffectDraft
from clinic_notes.clinical.effects import (
    Followed,
    check_effect,
    open_effects,
    suggested_grade,
)
from clinic_notes.clinical.findings import Level
from clinic_notes.reference.effects import effects
from clinic_notes.reference.terms import EffectOutcome, Side, TimeUnit
from tests.clinical.charts import abouts


def effect(key: str, days: str = "", cm: str = "", tenderness: int | None = None) -> EffectDraft:
    return EffectDraft(
        key,
        lasted=Decimal(days.removesuffix(" h")) if days else None,
        lasted_unit=TimeUnit.HOURS if days.endswith(" h") else TimeUnit.DAYS,
        size_cm=Decimal(cm) if cm else None,
        tenderness=tenderness,
    )


@pytest.mark.parametrize(
    ("written", "least"),
    [
        pytest.param(effect("erythema"), 0, id="redness"),
        pytest.param(effect("soreness", days="3"), 0, id="sore three days is expected"),
        pytest.param(effect("petechiae", days="8"), 3, id="petechiae over a week are not"),
        pytest.param(effect("ecchymosis", cm="5"), 1, id="a bruise of 5 cm"),
        pytest.param(effect("ecchymosis", cm="5.1"), 2, id="a bruise over 5 cm"),
        pytest.param(effect("ecchymosis", cm="2", days="4"), 1, id="a bruise takes days"),
        pytest.param(
            effect("ecchymosis", cm="2", days="4", tenderness=3), 2, id="chart A: a tender bruise"
        ),
        pytest.param(effect("ecchymosis", days="7.5"), 3, id="a bruise over a week"),
        pytest.param(effect("skin_abrasion", cm="0.5"), 1, id="chart B: a graze"),
        pytest.param(effect("skin_tear"), 2, id="a skin tear"),
        pytest.param(effect("haematoma"), 2, id="a haematoma"),
        pytest.param(effect("infection"), 2, id="an infection"),
        pytest.param(effect("paraesthesia", days="1"), 1, id="tingling for a day"),
        pytest.param(effect("paraesthesia", days="1.5"), 2, id="tingling for longer"),
        pytest.param(effect("paraesthesia", days="24 h"), 1, id="tingling for 24 hours"),
        pytest.param(effect("paraesthesia", days="36 h"), 2, id="tingling for 36 hours"),
        pytest.param(effect("pain_increase", days="3"), 2, id="more pain for three days"),
        pytest.param(effect("other"), effects["other"].least_grade, id="something else"),
        pytest.param(effect("no_such_effect"), None, id="not in the catalogue"),
    ],
)
def test_the_least_grade(written: EffectDraft, least: int | None) -> None:
    assert suggested_grade(written) == least


def test_a_grade_below_the_least_is_questioned_and_names_it() -> None:
    (found,) = check_effect(EffectDraft("skin_tear", grade=1), "effects-0")
    assert (found.level, found.about) == (Level.CAUTION, "effects-0-grade")
    assert found.message == "What is written here is at least grade 2 (moderate)."


@pytest.mark.parametrize("grade", [2, 3, 4, None])
def test_the_least_grade_or_more_or_none_yet_is_not(grade: int | None) -> None:
    assert check_effect(EffectDraft("skin_tear", grade=grade), "effects-0") == ()


@pytest.mark.parametrize(
    ("written", "field"),
    [
        (EffectDraft("erythema", grade=5), "grade"),
        (EffectDraft("erythema", size_cm=Decimal(101)), "size_cm"),
        (EffectDraft("erythema", tenderness=11), "tenderness"),
        (EffectDraft("erythema", lasted=Decimal(-1)), "lasted"),
        (EffectDraft("erythema", region="calf", side=Side.MIDLINE), "side"),
    ],
)
def test_what_cannot_be_right(written: EffectDraft, field: str) -> None:
    assert abouts(check_effect(written, "effects-1")) == [f"effects-1-{field}"]


@pytest.mark.parametrize(
    ("written", "field"),
    [
        (EffectDraft("erythema", onset_after=Decimal(2)), "onset_after"),
        (EffectDraft("erythema", onset_unit=TimeUnit.HOURS), "onset_after"),
        (EffectDraft("erythema", lasted=Decimal(1441), lasted_unit=TimeUnit.MINUTES), "lasted"),
        (EffectDraft("erythema", lasted=Decimal(366)), "lasted"),
        (EffectDraft("erythema", resolved_on=date(2026, 3, 4)), "outcome"),
    ],
    ids=["no unit", "no number", "too many minutes", "over a year", "a day and not resolved"],
)
def test_a_course_that_cannot_be_is_refused(written: EffectDraft, field: str) -> None:
    assert [(f.level, f.about) for f in check_effect(written, "effects-0")] == [
        (Level.REFUSE, f"effects-0-{field}")
    ]


REDNESS = EffectDraft("erythema", grade=0)
BRUISE, GONE = EffectDraft("ecchymosis", grade=1), EffectOutcome.RESOLVED
FIRST, SECOND, THIRD = (date(2026, 3, day) for day in (2, 4, 6))


@pytest.mark.parametrize(
    ("sessions", "days"),
    [
        pytest.param([Followed(FIRST, None, [BRUISE])], [FIRST], id="the last session"),
        pytest.param(
            [Followed(SECOND, None, []), Followed(FIRST, None, [BRUISE])],
            [FIRST],
            id="nobody asked since",
        ),
        pytest.param(
            [Followed(SECOND, EffectOutcome.WORSE, []), Followed(FIRST, None, [BRUISE])],
            [FIRST],
            id="worse since",
        ),
        pytest.param(
            [Followed(SECOND, GONE, []), Followed(FIRST, None, [BRUISE])], [], id="resolved since"
        ),
        pytest.param(
            [Followed(SECOND, GONE, [BRUISE]), Followed(FIRST, None, [BRUISE])],
            [SECOND],
            id="resolved, and a new one in that session",
        ),
        pytest.param(
            [
                Followed(THIRD, None, [BRUISE]),
                Followed(SECOND, GONE, []),
                Followed(FIRST, None, [BRUISE]),
            ],
            [THIRD],
            id="a new one after that",
        ),
        pytest.param(
            [Followed(FIRST, None, [replace(BRUISE, outcome=GONE)])], [], id="gone when written"
        ),
        pytest.param(
            [Followed(FIRST, None, [EffectDraft("erythema", grade=0)])], [], id="expected"
        ),
    ],
)
def test_an_effect_is_asked_about_until_it_is_over(
    sessions: list[Followed], days: list[date]
) -> None:
    assert [on for on, _ in open_effects(sessions)] == days
