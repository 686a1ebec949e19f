"""Effects of treatment: the least grade, what calls for a report, what goes out of use."""

from decimal import Decimal

import pytest

from clinic_notes.clinical.drafts import EffectDraft
from clinic_notes.clinical.effects import (
    check_effect,
    suggested_grade,
)
from clinic_notes.clinical.findings import Level
from clinic_notes.reference.effects import effects
from clinic_notes.reference.terms import Side
from tests.clinical.charts import abouts


def effect(key: str, days: str = "", cm: str = "", tenderness: int | None = None) -> EffectDraft:
    return EffectDraft(
        key,
        lasted_days=Decimal(days) if days else None,
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
        (EffectDraft("erythema", lasted_days=Decimal(-1)), "lasted_days"),
        (EffectDraft("erythema", region="calf", side=Side.MIDLINE), "side"),
    ],
)
def test_what_cannot_be_right(written: EffectDraft, field: str) -> None:
    assert abouts(check_effect(written, "effects-1")) == [f"effects-1-{field}"]
