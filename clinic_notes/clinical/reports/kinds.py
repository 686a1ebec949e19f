"""The kinds of report: what each is called, its parts, what may not be missing."""

from dataclasses import dataclass
from enum import StrEnum


class ReportKind(StrEnum):
    """What a report is."""

    PROGRESS_REPORT = "progress_report"
    DISCHARGE_SUMMARY = "discharge_summary"
    PLAN_OF_CARE = "plan_of_care"
    REFERRAL_LETTER = "referral_letter"


@dataclass(frozen=True)
class Part:
    """One text of a report: the field it is stored in, its heading, and a hint beside it."""

    name: str
    title: str
    hint: str = ""
    is_needed: bool = True
    """Whether the report is not signed without it."""


@dataclass(frozen=True)
class Kind:
    """What a kind of report is called, and what it is made of."""

    title: str
    parts: tuple[Part, ...]
    period: tuple[str, str] = ("Covers from", "Covers until")
    """The names of its two days."""
    has_recipient: bool = False
    is_certified: bool = False
    """Whether a physician signs it by hand."""
    needs_treatment: bool = False
    """Whether a session with treatment has to come before it."""
    covers_sessions: bool = True
    """Whether a signed session has to be in its period."""


_DIAGNOSIS = Part("diagnosis", "Diagnosis", "As on record in the episode.")
_ATTENDANCE = Part(
    "attendance",
    "Sessions and attendance",
    "Missed and cancelled appointments are not on record here: add them.",
    is_needed=False,
)
_GOALS = Part("goals", "Goals and how far they are")
_CHANGES = Part(
    "changes", "Measured changes", "A change within measurement error is no progress: leave it so."
)
_TREATMENT = Part("treatment", "Treatment given", is_needed=False)
_RESPONSE = Part("response", "Response and adverse effects", is_needed=False)
_NEED = "Why this needs a therapist's skill; why the patient could not do it alone."
_SKILLED_NEED = Part("skilled_need", "Skilled need", _NEED)

KINDS = {
    # Medicare Benefit Policy Manual, chapter 15, 220.3 D: the elements of a progress report.
    ReportKind.PROGRESS_REPORT: Kind(
        "Progress report",
        (
            _DIAGNOSIS,
            _ATTENDANCE,
            _GOALS,
            _CHANGES,
            _TREATMENT,
            _RESPONSE,
            _SKILLED_NEED,
            Part("plan", "Plan", "What goes on, what changes, changed goals."),
        ),
        needs_treatment=True,
    ),
    # The same: a discharge note covers the time from the last progress report to discharge.
    ReportKind.DISCHARGE_SUMMARY: Kind(
        "Discharge summary",
        (
            _DIAGNOSIS,
            Part("reason", "Reason for discharge"),
            _ATTENDANCE,
            _GOALS,
            _CHANGES,
            _TREATMENT,
            _RESPONSE,
            Part("skilled_need", "Skilled need", _NEED, is_needed=False),
            Part("plan", "After discharge", "Home programme, precautions, when to come back."),
        ),
    ),
    # The same, 220.1.2: diagnosis, long-term goals, type, amount, duration and frequency.
    ReportKind.PLAN_OF_CARE: Kind(
        "Plan of care",
        (
            _DIAGNOSIS,
            Part("changes", "Findings", is_needed=False),
            _GOALS,
            Part("treatment", "Type of treatment"),
            Part("frequency", "Amount, frequency and duration"),
            _SKILLED_NEED,
        ),
        period=("Certification from", "Certification until"),
        is_certified=True,
        covers_sessions=False,
    ),
    ReportKind.REFERRAL_LETTER: Kind(
        "Referral letter",
        (
            Part("reason", "Reason for referral", "What you ask the recipient to find or to do."),
            _DIAGNOSIS,
            Part("treatment", "Treatment so far", is_needed=False),
            Part("changes", "Findings", is_needed=False),
            Part("response", "Response and adverse effects", is_needed=False),
            Part("plan", "What goes on meanwhile", is_needed=False),
        ),
        has_recipient=True,
        covers_sessions=False,
    ),
}
