"""What the page of a visit's form shows around the fields."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from flask import get_template_attribute
from wtforms import Form

from clinic_notes.charting.rules import VisitFindings
from clinic_notes.charting.screening.forms import AnswerForm, Checklist
from clinic_notes.charting.session_form.forms import VisitForm, blank_row
from clinic_notes.clinical.drafts import Measured, VisitDraft
from clinic_notes.clinical.findings import Finding
from clinic_notes.clinical.screening import PriorAnswer, confirmed_answer
from clinic_notes.clinical.summary import yes_in_words
from clinic_notes.core.forms import Choices, Offered
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
    checklist: Checklist
    is_due: bool
    earlier: PriorAnswer | None
    on_record: str
    active_yes: PriorAnswer | None = None
    """The earlier "yes" that still stands, to be confirmed."""
    caution: str = ""
    """What to say of a "no" against the record."""

    @property
    def form(self) -> AnswerForm:
        """Return the line's own form, made now if nobody needed it before."""
        return self.checklist[self.item.key]

    @property
    def is_usual(self) -> bool:
        """Say whether nothing but "no", or nothing, stands in its line."""
        return self.checklist.is_usual(self.item.key)

    @property
    def is_shown(self) -> bool:
        """Say whether it stands in the open: due, answered, or to be mended."""
        return self.is_due or not self.is_usual or self.is_answered

    @property
    def is_answered(self) -> bool:
        """Say whether it has an answer today."""
        return bool(self.checklist.answer(self.item.key))

    @property
    def said_before(self) -> str:
        """Return what was said when it was last answered yes, and what was decided then."""
        earlier = self.active_yes
        return "" if earlier is None else yes_in_words(confirmed_answer(earlier))

    @property
    def needs_attention(self) -> bool:
        """Say whether it is more than a plain "no": open, answered yes, or to be mended."""
        return not self.is_usual or self.checklist.answer(self.item.key) != Answer.NO

    def as_usual(self, near: Choices) -> str | None:
        """Return the question ready made where it looks the same for everybody, else None."""
        if self.earlier or self.on_record or not self.is_usual:
            return None
        return _ready_made(self.item.key, self.checklist.answer(self.item.key), near)

    @property
    def asks_where(self) -> bool:
        """Say whether a yes needs a place on the body."""
        return self.item.scope is Scope.REGION


# Fifty questions with all that follows a yes are most of the page, and nearly all of them look
# the same each time: each is made once for the places near, and then again only put in.
@lru_cache(maxsize=4096)
def _ready_made(key: str, answer: str, near: Choices) -> str:
    lines: Any = Checklist("Safety check")
    lines = lines.bind(Form(), "answers")
    lines.process(None, {key: {"answer": answer}})
    ask: Any = get_template_attribute("charting/screening/_question.html", "ask")
    question = Question(checklist[key], lines, is_due=True, earlier=None, on_record="")
    made: str = ask(question, near)
    return made


ROW_MACROS = {"uses": "use", "interventions": "intervention", "effects": "effect"}


# What a script copies is the same on every page of the clinic, for as long as the catalogues
# offer the same: until the day is over.
@lru_cache(maxsize=256)
def row_template(name: str, offered: Offered, cap: str, on: date) -> str:
    """Return an empty row as the page writes it; ``cap`` tells of the pressure allowed."""
    macro: Any = get_template_attribute("charting/treatment/_treatment_rows.html", ROW_MACROS[name])
    about = {"cap": cap} if name == "uses" else {}
    row: str = macro(blank_row(name, offered), **about)
    return row


PAIR_MACROS = {"pains": "pain", "roms": "rom", "strengths": "strength", "measures": "measure"}


@lru_cache(maxsize=32)
def half_row_template(name: str, end: str, on: date) -> str:
    """Return one half of an empty pair of readings: what stands in Before, or in After."""
    macro: Any = get_template_attribute(
        "charting/readings/_reading_rows.html", f"{PAIR_MACROS[name]}_{end}"
    )
    half: str = macro(blank_row(name))
    return half


def questions(
    form: VisitForm,
    findings: VisitFindings,
    history: Iterable[PriorAnswer],
    active_yes: Mapping[str, PriorAnswer],
) -> list[tuple[str, list[Question]]]:
    """Return the questions by group: what is due today, what was answered today already.

    ``active_yes`` maps a checklist key to the "yes" that still stands.
    """
    record: dict[str, list[str]] = defaultdict(list)
    for said in findings.on_record:
        record[said.item].append(said.label)
    cautions = {finding.item: finding.message for finding in findings.contradictions}
    latest = {asked.item: asked for asked in history if asked.answer is Answer.YES}
    asked = [
        Question(
            item=item,
            checklist=form.answers,
            is_due=item.key in findings.due,
            earlier=latest.get(item.key),
            on_record=", ".join(record[item.key]),
            active_yes=active_yes.get(item.key),
            caution=cautions.get(item.key, ""),
        )
        for item in checklist
    ]
    return [(group, list(members)) for group, members in groupby(asked, key=lambda q: q.item.group)]


def steps(draft: VisitDraft, findings: VisitFindings) -> list[tuple[str, str, str]]:
    """Return (anchor, label, state) of the five steps: done, part or empty."""
    open_steps = {_step_of(finding) for finding in findings.missing}
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
