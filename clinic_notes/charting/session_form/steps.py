"""The five steps of the session form, and how far each is filled in."""

from collections.abc import Iterable

from clinic_notes.clinical.drafts import Measured, VisitDraft
from clinic_notes.clinical.findings import Finding

STEPS = (
    ("safety", "Safety"),
    ("before", "Before"),
    ("treatment", "Treatment"),
    ("after", "After"),
    ("note", "Note"),
)
SAFETY = (
    "answers", "decision", "not_treated", "referral", "patient_informed", "consent", "systolic",
    "diastolic",
)  # fmt: skip
"""How the names of the first step's fields begin."""


def steps(draft: VisitDraft, outstanding: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """Return (anchor, label, state) of each step; a state is "done", "part" or "empty".

    ``outstanding`` is what stands between the note and a signature.
    """
    open_steps = {_step_of(finding) for finding in outstanding}
    begun = {
        "safety": bool(draft.answers),
        "before": any(not before.is_blank for before, _ in _readings(draft)),
        "treatment": bool(draft.uses),
        "after": bool(draft.skin_response)
        or any(not after.is_blank for _, after in _readings(draft)),
        "note": bool(draft.assessment or draft.plan or draft.subjective),
    }
    return [
        (anchor, label, _state(is_open=anchor in open_steps, is_begun=begun[anchor]))
        for anchor, label in STEPS
    ]


def _readings(draft: VisitDraft) -> list[tuple[Measured, Measured]]:
    pairs = [(pain.before, pain.after) for pain in draft.pains]
    return pairs + [(rom.before, rom.after) for rom in draft.roms]


def _state(*, is_open: bool, is_begun: bool) -> str:
    if not is_open:
        return "done"
    return "part" if is_begun else "empty"


def _step_of(finding: Finding) -> str:
    about = finding.about
    if about.startswith(("uses", "interventions")):
        return "treatment"
    if about.endswith("-before"):
        return "before"
    if about.endswith("-after") or about.startswith(("skin_response", "effects")):
        return "after"
    if about.startswith(SAFETY):
        return "safety"
    return "note"
