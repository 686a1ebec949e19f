"""What keeps a report from being saved or signed, in words and beside its field."""

from dataclasses import replace

import pytest

from clinic_notes.clinical.findings import Finding
from clinic_notes.clinical.reports import (
    ReportDraft,
    ReportKind,
    author_refusals,
    draft_refusals,
    draft_report,
    episode_refusals,
    missing_parts,
)
from tests.clinical.reports.records import SCREENED, facts, march

PROGRESS, DISCHARGE, PLAN, LETTER = ReportKind
WHOLE = {
    kind: replace(
        draft_report(kind, facts(), march(20)),
        recipient="Dr. Ana Ott",
        reason="Pain lasts",
        plan="Twice a week",
        skilled_need="Dosing by response",
    )
    for kind in ReportKind
}


def messages(findings: object) -> list[tuple[str, str]]:
    found: tuple[Finding, ...] = tuple(findings)  # type: ignore[arg-type]
    return [(finding.about, finding.message) for finding in found]


@pytest.mark.parametrize("kind", ReportKind)
def test_a_whole_report_may_be_signed(kind: ReportKind) -> None:
    assert messages(missing_parts(kind, WHOLE[kind], facts())) == []
    assert messages(draft_refusals(kind, WHOLE[kind], today=march(20))) == []
    assert messages(episode_refusals(kind, facts())) == []


@pytest.mark.parametrize(
    ("kind", "change", "about", "message"),
    [
        (PROGRESS, {"skilled_need": ""}, "skilled_need", "Skilled need is empty."),
        (PROGRESS, {"goals": ""}, "goals", "Goals and how far they are is empty."),
        (PROGRESS, {"changes": ""}, "changes", "Measured changes is empty."),
        (PROGRESS, {"plan": ""}, "plan", "Plan is empty."),
        (PROGRESS, {"diagnosis": ""}, "diagnosis", "Diagnosis is empty."),
        (PROGRESS, {"period_from": march(12), "period_until": march(13)}, "period_until",
         "No signed session is in these days."),
        (DISCHARGE, {"reason": ""}, "reason", "Reason for discharge is empty."),
        (DISCHARGE, {"plan": ""}, "plan", "After discharge is empty."),
        (PLAN, {"frequency": ""}, "frequency", "Amount, frequency and duration is empty."),
        (PLAN, {"skilled_need": ""}, "skilled_need", "Skilled need is empty."),
        (LETTER, {"recipient": ""}, "recipient", "Say to whom the letter goes."),
        (LETTER, {"reason": ""}, "reason", "Reason for referral is empty."),
    ],
)  # fmt: skip
def test_what_is_missing(
    kind: ReportKind, change: dict[str, object], about: str, message: str
) -> None:
    draft = replace(WHOLE[kind], **change)  # type: ignore[arg-type]
    assert messages(missing_parts(kind, draft, facts())) == [(about, message)]


@pytest.mark.parametrize(
    ("kind", "part"),
    [(PROGRESS, "attendance"), (DISCHARGE, "skilled_need"), (PLAN, "changes"), (LETTER, "plan")],
)
def test_some_parts_may_be_empty(kind: ReportKind, part: str) -> None:
    draft: ReportDraft = replace(WHOLE[kind], **{part: ""})  # type: ignore[arg-type]
    assert messages(missing_parts(kind, draft, facts())) == []


@pytest.mark.parametrize(
    ("kind", "change", "message"),
    [
        (PROGRESS, {"period_until": march(3)}, "It ends before it begins, on 4 Mar 2026."),
        (PROGRESS, {"period_until": march(21)}, "It covers days that are still to come."),
        (PLAN, {"period_until": march(21)}, ""),
    ],
)
def test_days_that_cannot_be(kind: ReportKind, change: dict[str, object], message: str) -> None:
    draft = replace(WHOLE[kind], **change)  # type: ignore[arg-type]
    expected = [("period_until", message)] if message else []
    assert messages(draft_refusals(kind, draft, today=march(20))) == expected


@pytest.mark.parametrize("kind", ReportKind)
def test_an_episode_without_a_signed_session_has_no_report(kind: ReportKind) -> None:
    [(about, message)] = messages(episode_refusals(kind, facts(sessions=())))
    assert (about, "no signed session yet" in message) == ("", True)


def test_a_progress_report_needs_a_treatment_and_the_others_do_not() -> None:
    screened = facts(sessions=(SCREENED,))
    assert "with a treatment" in messages(episode_refusals(PROGRESS, screened))[0][1]
    assert messages(episode_refusals(LETTER, screened)) == []


def test_an_assistant_is_told_whose_reports_are() -> None:
    assert "therapist" in messages(author_refusals(is_therapist=False))[0][1]
    assert messages(author_refusals(is_therapist=True)) == []
