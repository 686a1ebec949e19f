"""The texts of a report are what the record says, and empty where it says nothing."""

from dataclasses import replace
from datetime import date

import pytest

from clinic_notes.clinical.reports import KINDS, ReportDraft, ReportKind, Session, draft_report
from clinic_notes.clinical.reports.drafting import period
from tests.clinical.reports.records import FIRST, GOAL, SCREENED, SECOND, facts, march

TODAY = march(20)
PROGRESS, DISCHARGE, PLAN, LETTER = ReportKind


def drafted(kind: ReportKind = PROGRESS, **changes: object) -> ReportDraft:
    return draft_report(kind, facts(**changes), TODAY)


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("diagnosis", "M72.2 plantar fasciitis (ICD-10-CM). Heel pain, left. Onset: 1 Feb 2026, "
         "running."),
        ("attendance", "3 sessions from 4 Mar 2026 to 18 Mar 2026, 1 of them screened and not "
         "treated. Of 12 planned, 3 took place."),
        ("goals", "Pain: Worst pain in 24 hours: 2 or less, by 15 Apr 2026. On track: 3 on 11 Mar "
         "2026."),
        ("treatment", "Instrument-assisted soft tissue mobilization: left plantar foot in "
         "2 sessions and left calf in 1 session. Light to moderate pressure, 3 to 5 minutes at a "
         "place. Also exercise in 1 session."),
        ("response", "Skin afterwards: redness in 1 session and petechiae in 1 session. Effects "
         "recorded: 11 Mar 2026: bruise, left calf, grade 1 (mild)."),
        ("skilled_need", "Precautions managed: blood thinner (pressure reduced) in 1 session."),
        ("plan", "Add eccentric loading.\nPlanned: 12 sessions, 2 a week, for 6 weeks."),
    ],
)  # fmt: skip
def test_a_progress_report(part: str, said: str) -> None:
    assert getattr(drafted(), part) == said


@pytest.mark.parametrize("kind", ReportKind)
def test_a_report_has_the_texts_of_its_kind_and_no_others(kind: ReportKind) -> None:
    draft = drafted(kind, closing="Goals met")
    texts = {name for name, value in vars(draft).items() if value} - {"period_from", "period_until"}
    assert texts <= {part.name for part in KINDS[kind].parts}
    assert {"diagnosis", "changes"} <= texts


@pytest.mark.parametrize(
    ("kind", "changes", "part", "said"),
    [
        pytest.param(DISCHARGE, {"closing": "goals met"}, "reason", "Goals met.", id="closed"),
        pytest.param(DISCHARGE, {}, "reason", "", id="still open"),
        pytest.param(DISCHARGE, {}, "plan", "", id="the next session's plan is none afterwards"),
        pytest.param(LETTER, {}, "reason", "Dr. Ott: calf swollen and warm", id="referred"),
        pytest.param(LETTER, {"sessions": (FIRST,)}, "reason", "", id="not referred"),
        pytest.param(PLAN, {}, "frequency", "12 sessions, 2 a week, for 6 weeks.", id="frequency"),
        pytest.param(
            PLAN,
            {"planned_visits": None, "visits_per_week": None, "planned_weeks": 1},
            "frequency",
            "For 1 week.",
            id="only weeks",
        ),
        pytest.param(PROGRESS, {"diagnosis": ""}, "diagnosis", "", id="no diagnosis on record"),
        pytest.param(PROGRESS, {"goals": ()}, "goals", "", id="no goals"),
        pytest.param(
            PROGRESS,
            {"goals": (replace(GOAL, state="ended: met", why=""),)},
            "goals",
            "Pain: Worst pain in 24 hours: 2 or less, by 15 Apr 2026. Ended: met.",
            id="a goal that ended",
        ),
        pytest.param(
            PROGRESS,
            {"sessions": (replace(FIRST, skin="", effects=()),)},
            "response",
            "No adverse effect was recorded.",
            id="no effect",
        ),
        pytest.param(
            PROGRESS, {"sessions": (Session(march(4)),)}, "skilled_need", "", id="no precaution"
        ),
        pytest.param(PROGRESS, {"sessions": (Session(march(4)),)}, "treatment", "", id="no row"),
        pytest.param(
            PROGRESS,
            {"sessions": (FIRST,), "planned_visits": None},
            "attendance",
            "1 session on 4 Mar 2026.",
            id="one session, none planned",
        ),
    ],
)
def test_what_is_not_on_record_is_left_to_the_therapist(
    kind: ReportKind, changes: dict[str, object], part: str, said: str
) -> None:
    assert getattr(drafted(kind, **changes), part) == said


@pytest.mark.parametrize(
    ("kind", "changes", "days"),
    [
        pytest.param(PROGRESS, {}, (march(4), march(18)), id="the first covers all so far"),
        pytest.param(
            PROGRESS, {"last_report_on": march(4)}, (march(5), march(18)), id="after the last one"
        ),
        pytest.param(
            PROGRESS, {"last_report_on": march(18)}, (march(18), march(18)), id="nothing since"
        ),
        pytest.param(
            DISCHARGE, {"last_report_on": march(4)}, (march(4), march(18)), id="all of it"
        ),
        pytest.param(PLAN, {}, (march(4), date(2026, 4, 14)), id="six weeks from the first"),
        pytest.param(
            PLAN, {"planned_weeks": None}, (march(4), date(2026, 6, 1)), id="at most 90 days"
        ),
        pytest.param(
            PLAN,
            {"certified_from": march(6), "certified_until": march(30)},
            (march(6), march(30)),
            id="as certified",
        ),
        pytest.param(
            PLAN,
            {"certified_from": march(4), "certified_until": march(19)},
            (march(20), date(2026, 4, 30)),
            id="certified again, from the day after",
        ),
        pytest.param(PROGRESS, {"sessions": ()}, (march(1), TODAY), id="no session"),
    ],
)  # fmt: skip
def test_the_days_it_is_about(
    kind: ReportKind, changes: dict[str, object], days: tuple[date, date]
) -> None:
    assert period(kind, facts(**changes), TODAY) == days


def test_sessions_before_the_last_report_are_in_that_one() -> None:
    draft = drafted(last_report_on=march(4), sessions=(FIRST, SECOND, SCREENED))
    assert draft.attendance.startswith("2 sessions from 11 Mar 2026")
    assert "blood thinner" not in draft.skilled_need
