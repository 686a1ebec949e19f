"""Pain that got worse: said in words, and asking for an assessment."""

from dataclasses import replace
from decimal import Decimal

import pytest

from clinic_notes.clinical.change.worsening import worsening
from clinic_notes.clinical.drafts import PainDraft, VisitDraft
from clinic_notes.clinical.findings import Level
from clinic_notes.clinical.screening import Clearance, Verdict
from clinic_notes.clinical.signing import missing
from clinic_notes.reference.terms import Decision
from tests.clinical.charts import CHART_A1
from tests.drafts import NOT_TESTED, measured

CLEAR = Clearance(Verdict.CLEAR, ())
EMPTY = VisitDraft(CHART_A1.served_on)
SINCE = "Pain before treatment is {}, higher than at the last two sessions ({})"


def pain(before: int | None, after: int | None = None, context: str = "now", detail: str = ""):
    ends = [measured(n) if n is not None else NOT_TESTED for n in (before, after)]
    return PainDraft(context, detail, *ends)


@pytest.mark.parametrize(
    ("pains", "before", "words"),
    [
        pytest.param([pain(4, 6)], [], ["Pain rose from 4 to 6"], id="two more afterwards"),
        pytest.param([pain(4, 5)], [], [], id="one more afterwards is error"),
        pytest.param([pain(4, 2)], [], [], id="less afterwards"),
        pytest.param([pain(4, None)], [], [], id="not taken afterwards"),
        pytest.param(
            [pain(3, 7, "movement", "stairs")],
            [],
            ["Pain (pain with movement, stairs) rose from 3 to 7"],
            id="another context",
        ),
        pytest.param([pain(7)], [5, 6], [SINCE.format(7, "6 and 5")], id="more than the last two"),
        pytest.param([pain(7)], [6, 6, 9], [SINCE.format(7, "6 and 6")], id="only the last two"),
        pytest.param([pain(6)], [5, 6], [], id="as much as at one of them"),
        pytest.param([pain(7)], [5], [], id="only one session before"),
        pytest.param([pain(7)], [], [], id="the first session"),
        pytest.param([pain(None, 3)], [1, 1], [], id="not taken before"),
        pytest.param([pain(7, context="worst_24h")], [1, 1], [], id="pain of another time"),
        pytest.param(
            [pain(7, 9)],
            [5, 6],
            ["Pain rose from 7 to 9", SINCE.format(7, "6 and 5")],
            id="both",
        ),
    ],
)
def test_it_is_said_in_words(pains: list[PainDraft], before: list[int], words: list[str]) -> None:
    draft = replace(EMPTY, pains=tuple(pains))
    assert [*worsening(draft, [Decimal(n) for n in before])] == words


@pytest.mark.parametrize("decision", list(Decision))
@pytest.mark.parametrize(
    ("assessment", "is_refused"), [("", True), ("  ", True), ("Sore after a fall", False)]
)
def test_it_asks_for_an_assessment_before_signing(
    decision: Decision, assessment: str, *, is_refused: bool
) -> None:
    draft = replace(CHART_A1, pains=(pain(7),), assessment=assessment, decision=decision)
    found = missing(draft, CLEAR, is_first=False, pain_before=[Decimal(5), Decimal(6)])
    asked = [f for f in found if f.about == "assessment"]
    assert bool(asked) == is_refused
    assert {f.level for f in asked} <= {Level.REFUSE}
    assert all("higher than at the last two sessions" in f.message for f in asked)
