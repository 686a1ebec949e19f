"""What a report says of a change is what was judged, with both readings and their days."""

from dataclasses import replace

import pytest

from clinic_notes.clinical.change import SessionRow, Verdict, judge_change
from clinic_notes.clinical.change.model import Comparison
from clinic_notes.clinical.change.wording import verdict_text
from clinic_notes.clinical.drafts import MeasureDraft, PainDraft
from clinic_notes.clinical.reports.changes import changes_text, findings_text
from clinic_notes.reference.terms import ReadingState
from tests.clinical.reports.records import BEND, WORST, march, read

GROC = MeasureDraft("groc")
PASSIVE = replace(BEND, device="inclinometer")
LIMITED = SessionRow(
    replace(WORST, before=replace(read(11, WORST, 4).row.before, state=ReadingState.PAIN_LIMITED)),
    march(11),
    rater=1,
)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param(
            (read(4, WORST, 8), read(11, WORST, 3)),
            "Worst pain in 24 hours: 8 on 4 Mar to 3 on 11 Mar 2026: clinically meaningful (",
            id="better by as much as matters",
        ),
        pytest.param(
            (read(4, WORST, 5), read(11, WORST, 4)),
            "5 on 4 Mar to 4 on 11 Mar 2026: within measurement error (less than ",
            id="one point is error",
        ),
        pytest.param(
            (read(4, WORST, 3), read(11, WORST, 8)),
            "3 on 4 Mar to 8 on 11 Mar 2026: worse beyond measurement error (",
            id="worse",
        ),
        pytest.param(
            (read(4, BEND, 4), read(11, BEND, 6)),
            "4° on 4 Mar to 6° on 11 Mar 2026: within measurement error (less than 5°, one rater",
            id="two degrees by one rater",
        ),
        pytest.param(
            (read(4, BEND, 4), read(11, BEND, 30)),
            "beyond measurement error; nothing published says whether it matters (",
            id="beyond error, and no more is claimed",
        ),
        pytest.param(
            (read(4, BEND, 4), read(11, PASSIVE, 12)),
            "4° on 4 Mar to 12° on 11 Mar 2026: not comparable (another device).",
            id="two devices",
        ),
        pytest.param(
            (read(4, WORST, 8), LIMITED),
            "not comparable (a reading was limited by pain).",
            id="limited by pain",
        ),
        pytest.param(
            (read(4, WORST, 8),),
            "Measured once, so no change can be judged: worst pain in 24 hours 8 on 4 Mar 2026.",
            id="once",
        ),
        pytest.param(
            (read(4, WORST, 8), read(7, WORST, 1), read(11, WORST, 8)),
            "8 on 4 Mar to 8 on 11 Mar 2026: within measurement error",
            id="the best day between is not the result",
        ),
        pytest.param((), "", id="nothing measured"),
    ],
)
def test_a_change_in_words(rows: tuple[SessionRow, ...], said: str) -> None:
    assert said in changes_text(rows, "foot_plantar")


def test_a_corrected_reading_says_so() -> None:
    first = replace(read(4, WORST, 8), corrected=frozenset({"before"}))
    text = changes_text((first, read(11, WORST, 3)), "foot_plantar")
    assert "8 (corrected) on 4 Mar to 3 on 11 Mar 2026" in text


def test_a_rating_of_change_is_read_alone() -> None:
    said = changes_text((read(4, GROC, 1), read(11, GROC, 4)), "foot_plantar")
    assert said.startswith("Global rating of change (GROC): +4 on 11 Mar 2026: not judged (")


@pytest.mark.parametrize("later", range(11))
@pytest.mark.parametrize("first", [0, 3, 7, 10])
def test_no_pain_is_called_better_than_it_was_judged(first: int, later: int) -> None:
    rows = (read(4, WORST, first), read(11, WORST, later))
    judged = judge_change(rows[0].before, rows[1].before, Comparison.SINCE_START)
    said = changes_text(rows, "")
    assert verdict_text(judged) in said
    assert ("clinically meaningful" in said) is (judged.verdict is Verdict.MEANINGFUL)
    assert ("worse" in said) is (judged.verdict is Verdict.WORSE)


def test_findings_are_the_latest_readings_and_claim_no_change() -> None:
    rows = (read(4, WORST, 8), read(11, WORST, 3), read(4, PainDraft("now"), 5))
    assert findings_text(rows) == (
        "Worst pain in 24 hours: 3 on 11 Mar 2026.\nPain now: 5 on 4 Mar 2026."
    )
