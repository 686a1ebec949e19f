"""The paragraph a colleague reads first: every value of the chart, and nothing invented."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from clinic_notes.clinical.drafts import AnswerDraft, EffectDraft, VisitDraft
from clinic_notes.clinical.summary import Names, summary
from clinic_notes.reference.terms import Answer, Side
from tests.clinical.charts import CHART_A1, CHART_C
from tests.drafts import NOT_TESTED, no, yes

NAMES = Names(
    instruments={6: "GT6 (stainless steel)", 5: "GT5 (stainless steel)"},
    lubricants={1: "petroleum jelly"},
    complaint="Left plantar heel pain",
    visit_number=1,
    planned=8,
)
EMPTY = VisitDraft(date(2026, 3, 4))


def test_chart_a_reads_as_a_colleague_would_tell_it() -> None:
    assert summary(CHART_A1, names=NAMES) == (
        "Session 1 of 8, Left plantar heel pain. "
        "Safety: blood thinner, went on with reduced pressure (reason: INR not used for apixaban, "
        "skin sound, patient informed). "
        "Before: pain now 3, pain at the first step in the morning 7, worst pain in 24 hours 8, "
        "active left ankle dorsiflexion 4°, passive left 1st toe extension 48°. "
        "Left plantar foot treated 4 min, J-stroke, along the fibres, light, 45°, "
        "with GT6 (stainless steel), petroleum jelly; left calf treated 5 min, sweep, "
        "distal to proximal, moderate, 30°, with GT5 (stainless steel). "
        "Also: stretch (calf stretch 3 x 30 s). "
        "Afterwards: pain now 2 (−1), "  # noqa: RUF001
        "pain at the first step in the morning not applicable, "
        "active left ankle dorsiflexion 9° (+5°), skin: redness. "
        "Plan: Repeat in 2 days."
    )


def test_chart_c_reads_as_screened_and_not_treated() -> None:
    names = Names(complaint="Right calf tightness after a long flight")
    assert summary(CHART_C, names=names) == (
        "Session 1, Right calf tightness after a long flight: screened, not treated. "
        "Reason: Signs of a clot in the right calf after a long flight. "
        "Safety: blood clot (DVT), or signs of one (right calf). "
        "1 question answered no; how it was asked was not recorded. "
        "Readings: pain now 5. "
        "Referral: Dr. Ferreira, telephoned at 14:20. "
        "The patient was informed."
    )


@pytest.mark.parametrize(
    ("names", "text"),
    [
        pytest.param(Names(visit_number=3), "Session 3.", id="nothing planned"),
        pytest.param(Names(visit_number=3, planned=8), "Session 3 of 8.", id="within the plan"),
        pytest.param(Names(visit_number=9, planned=8), "Session 9.", id="beyond the plan"),
    ],
)
def test_an_empty_draft_says_only_which_session_it_is(names: Names, text: str) -> None:
    assert summary(EMPTY, names=names) == text


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"answers": no("open_wound", "sunburn")},
            "Safety: 2 questions answered no; how it was asked was not recorded.",
            id="all no",
        ),
        pytest.param(
            {"answers": no("open_wound")},
            "Safety: 1 question answered no; how it was asked was not recorded.",
            id="one no",
        ),
        pytest.param({"answers": (AnswerDraft("sunburn"),)}, "", id="not asked says nothing"),
        pytest.param(
            {"answers": (yes("diabetes"),)}, "Safety: diabetes.", id="a yes without a reason yet"
        ),
        pytest.param(
            {"answers": (AnswerDraft("pregnancy", Answer.YES, detail="second trimester"),)},
            "Safety: possibly pregnant (second trimester).",
            id="a yes with detail",
        ),
        pytest.param(
            {"pains": (replace(CHART_A1.pains[0], before=NOT_TESTED, after=NOT_TESTED),)},
            "Before: pain now not tested. Afterwards: pain now not tested.",
            id="pain not tested",
        ),
        pytest.param({"plan": "Rest!"}, "Plan: Rest!", id="a plan with its own full stop"),
        pytest.param(
            {
                "effects": (
                    EffectDraft(
                        "ecchymosis",
                        grade=2,
                        region="foot_plantar",
                        side=Side.LEFT,
                        place="medial heel",
                        size_cm=Decimal("2.0"),
                        lasted=Decimal(4),
                        tenderness=3,
                    ),
                )
            },
            "Afterwards: bruise (medial heel, grade 2, 2 cm, 4 days, tenderness 3).",
            id="the bruise of chart A",
        ),
        pytest.param(
            {"effects": (EffectDraft("fatigue", detail="until evening"),)},
            "Afterwards: fatigue (until evening).",
            id="an effect without a site",
        ),
    ],
)
def test_what_was_entered_is_in_it_and_nothing_more(changes: dict[str, Any], expected: str) -> None:
    text = summary(replace(EMPTY, **changes), names=Names())
    assert text == f"Session 1. {expected}".strip()


def test_a_name_that_is_not_known_is_left_out() -> None:
    assert "with" not in summary(replace(EMPTY, uses=CHART_A1.uses), names=Names())
