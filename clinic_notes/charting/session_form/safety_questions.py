"""The safety check as the form asks it: what to confirm first, then what is new."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any

from flask import get_template_attribute
from wtforms import Form

from clinic_notes.charting.context import VisitContext
from clinic_notes.charting.screening.forms import AnswerForm, Checklist
from clinic_notes.clinical.how_asked.yes_words import yes_in_words
from clinic_notes.clinical.screening import (
    PriorAnswer,
    Reconfirmation,
    confirmed_answer,
    reconfirmable,
)
from clinic_notes.core.forms.fields import Choices
from clinic_notes.reference.contraindications import Contraindication, checklist
from clinic_notes.reference.terms import Answer, Scope


@dataclass(frozen=True)
class Question:
    """One item of the safety check as the page asks it."""

    item: Contraindication
    checklist: Checklist
    is_due: bool
    earlier: PriorAnswer | None
    """The latest "yes" of an earlier session."""
    on_record: str
    """What the patient's record says to it."""
    active_yes: PriorAnswer | None = None
    """The earlier "yes" that is still in force and is to be confirmed."""
    caution: str = ""
    """What to say of a "no" against the record."""

    @property
    def form(self) -> AnswerForm:
        """Return the fields of its answer, made now if nobody needed them before."""
        return self.checklist[self.item.key]

    @property
    def is_usual(self) -> bool:
        """Say whether nothing but "no", or nothing, is entered for it."""
        return self.checklist.is_usual(self.item.key)

    @property
    def is_shown(self) -> bool:
        """Say whether it is shown unfolded: due, answered, or to be corrected."""
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
        """Say whether it is more than a plain "no": open, answered yes, or to be corrected."""
        return not self.is_usual or self.checklist.answer(self.item.key) != Answer.NO

    @property
    def asks_where(self) -> bool:
        """Say whether a "yes" needs a place on the body."""
        return self.item.scope is Scope.REGION

    def as_usual(self, near: Choices) -> str | None:
        """Return its cached markup where it looks the same for everybody, else None."""
        if self.earlier or self.on_record or not self.is_usual:
            return None
        return _usual_markup(self.item.key, self.checklist.answer(self.item.key), near)


# Fifty questions with the fields a "yes" needs are most of the page, and nearly all of them look
# the same each time: the markup of each is written once for the places near.
@lru_cache(maxsize=4096)
def _usual_markup(key: str, answer: str, near: Choices) -> str:
    answers: Any = Checklist("Safety check")
    answers = answers.bind(Form(), "answers")
    answers.process(None, {key: {"answer": answer}})
    ask: Any = get_template_attribute("charting/screening/_question.html", "ask")
    question = Question(checklist[key], answers, is_due=True, earlier=None, on_record="")
    markup: str = ask(question, near)
    return markup


Groups = list[tuple[str, list[Question]]]
"""Questions under the titles of their groups."""


@dataclass(frozen=True)
class SafetyQuestions:
    """The questions of a session, each once, in the order they are asked."""

    to_reconfirm: list[Question]
    """Answered yes before, or so on the patient's record: to be confirmed."""
    open: Groups
    """To be asked in full: never asked before, or answered yes today."""
    unchanged: Groups
    """Answered no before, so that one "nothing new" answers them; the every-session ones first."""
    recently_asked: list[Question]
    """Asked lately, and not due."""
    since: date | None
    """The day from which "nothing new" is offered, None where it is not."""

    @property
    def to_answer(self) -> list[str]:
        """Return the items that "nothing new" answers."""
        return [q.item.key for _, group in self.unchanged for q in group if not q.is_answered]


def what_to_reconfirm(context: VisitContext) -> Reconfirmation:
    """Return which questions one "nothing new" answers, and which "yes" is to be confirmed."""
    return reconfirmable(
        context.answers.last,
        context.history,
        due=context.findings.due,
        about=context.about,
        on=context.draft.served_on,
        on_record=context.findings.on_record,
        questions=context.questions,
    )


def safety_questions(answers: Checklist, context: VisitContext) -> SafetyQuestions:
    """Return the questions of the page, sorted by how they are asked today."""
    reconfirm = what_to_reconfirm(context)
    every = _questions(answers, context, reconfirm)
    to_reconfirm = [q for q in every if q.item.key in reconfirm.to_confirm]
    unchanged = [q for q in every if q.item.key in reconfirm.unchanged]
    covered = [q for q in unchanged if q.is_usual]
    placed = {q.item.key for q in (*to_reconfirm, *covered)}
    rest = [q for q in every if q.item.key not in placed]
    said_yes = any(answers.answer(q.item.key) == Answer.YES for q in unchanged)
    is_waiting = any(not q.is_answered for q in covered)
    by_frequency = (
        ("Asked every session", [q for q in covered if q.item.every_session]),
        ("Asked every 30 days", [q for q in covered if not q.item.every_session]),
    )
    return SafetyQuestions(
        to_reconfirm=to_reconfirm,
        open=_by_group(q for q in rest if q.is_shown),
        unchanged=[(title, members) for title, members in by_frequency if members],
        recently_asked=[q for q in rest if not q.is_shown],
        since=reconfirm.since if is_waiting and not said_yes else None,
    )


def _questions(
    answers: Checklist, context: VisitContext, reconfirm: Reconfirmation
) -> list[Question]:
    on_record: dict[str, list[str]] = defaultdict(list)
    for said in context.findings.on_record:
        on_record[said.item].append(said.label)
    cautions = {finding.item: finding.message for finding in context.findings.contradictions}
    latest_yes = {said.item: said for said in context.history if said.answer is Answer.YES}
    return [
        Question(
            item=context.questions.find(item.key) or item,
            checklist=answers,
            is_due=item.key in context.findings.due,
            earlier=latest_yes.get(item.key),
            on_record=", ".join(on_record[item.key]),
            active_yes=reconfirm.active_yes.get(item.key),
            caution=cautions.get(item.key, ""),
        )
        for item in checklist
        # One that another question asks as well is shown only with its answer in an older draft.
        if not item.asked_with or answers.answer(item.key)
    ]


def _by_group(questions: Iterable[Question]) -> Groups:
    grouped = groupby(questions, key=lambda question: question.item.group)
    return [(group, list(members)) for group, members in grouped]
