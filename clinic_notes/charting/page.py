"""What the page of a visit's form shows around the fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from clinic_notes.charting.forms import VisitForm
from clinic_notes.charting.forms.screening import AnswerForm
from clinic_notes.charting.judging import Judgement
from clinic_notes.clinical.drafts import Measured, VisitDraft
from clinic_notes.clinical.findings import Finding
from clinic_notes.clinical.screening import Asked
from clinic_notes.reference.contraindications import Contraindication, checklist
from clinic_notes.reference.terms import Answer, Scope

STEPS = (
    ("safety", "Safety"),
    ("before", "Before"),
    ("treatment", "Treatment"),
    ("after", "After"),
    ("note", "Note"),
)


@dataclass(frozen=True)
class Question:
    """One item of the safety check as the page asks it."""

    item: Contraindication
    form: AnswerForm
    is_due: bool
    earlier: Asked | None
    on_record: str

    @property
    def is_answered(self) -> bool:
        """Say whether it has an answer today."""
        return bool(self.form.answer.data)

    @property
    def is_shown(self) -> bool:
        """Say whether it stands in the open: due, answered, or to be mended."""
        return self.is_due or self.is_answered or any(field.errors for field in self.form)

    @property
    def needs_attention(self) -> bool:
        """Say whether it is more than a plain "no": open, answered yes, or to be mended."""
        is_plain_no = self.form.answer.data == Answer.NO
        return not is_plain_no or any(field.errors for field in self.form)

    @property
    def asks_where(self) -> bool:
        """Say whether a yes needs a place on the body."""
        return self.item.scope is Scope.REGION


def questions(
    form: VisitForm, judgement: Judgement, history: Iterable[Asked], record: Mapping[str, str]
) -> list[tuple[str, list[Question]]]:
    """Return the questions by group: what is due today, what was answered today already.

    ``record`` maps a checklist key to what the patient's record says about it.
    """
    latest = {asked.item: asked for asked in history if asked.answer is Answer.YES}
    asked = [
        Question(
            item=item,
            form=form.answers[item.key],
            is_due=item.key in judgement.due,
            earlier=latest.get(item.key),
            on_record=record.get(item.key, ""),
        )
        for item in checklist
    ]
    return [(group, list(members)) for group, members in groupby(asked, key=lambda q: q.item.group)]


def steps(draft: VisitDraft, judgement: Judgement) -> list[tuple[str, str, str]]:
    """Return (anchor, label, state) of the five steps: done, part or empty."""
    open_steps = {_step_of(finding) for finding in judgement.missing}
    begun = {
        "safety": bool(draft.answers),
        "before": any(not before.is_blank for before, _ in _ends(draft)),
        "treatment": bool(draft.uses),
        "after": bool(draft.skin_response) or any(not after.is_blank for _, after in _ends(draft)),
        "note": bool(draft.assessment or draft.plan or draft.subjective),
    }
    return [
        (anchor, label, _state(is_open=anchor in open_steps, has_begun=begun[anchor]))
        for anchor, label in STEPS
    ]


def _ends(draft: VisitDraft) -> list[tuple[Measured, Measured]]:
    pairs = [(pain.before, pain.after) for pain in draft.pains]
    return pairs + [(rom.before, rom.after) for rom in draft.roms]


def _state(*, is_open: bool, has_begun: bool) -> str:
    if not is_open:
        return "done"
    return "part" if has_begun else "empty"


def _step_of(finding: Finding) -> str:
    about = finding.about
    if about.startswith("uses"):
        return "treatment"
    if about.endswith("-before"):
        return "before"
    if about.endswith("-after") or about == "skin_response":
        return "after"
    if about.startswith(("answers", "decision", "not_treated", "referral", "patient_informed")):
        return "safety"
    return "note"
