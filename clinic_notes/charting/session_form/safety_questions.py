"""The safety check as the page asks it: what still stands first, what is new last."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clinic_notes.charting.session_form.page import Question
from clinic_notes.clinical.screening import Reconfirmation
from clinic_notes.reference.terms import Answer

Groups = list[tuple[str, list[Question]]]


@dataclass(frozen=True)
class SafetyQuestions:
    """The questions of a session, each once, in the order they are put."""

    to_reconfirm: list[Question]
    """Answered yes before, or so on the patient's record: to be confirmed."""
    open: Groups
    """To be asked in full: never asked before, or answered yes today."""
    unchanged: Groups
    """Answered no before, so that one "nothing new" answers them: the every-session ones first."""
    recently_asked: list[Question]
    """Asked lately, and not due."""
    since: date | None
    """The day from which "nothing new" is offered, None where it is not."""

    @property
    def to_answer(self) -> list[str]:
        """Return the items that "nothing new" answers."""
        return [q.item.key for _, group in self.unchanged for q in group if not q.is_answered]


def safety_questions(groups: Groups, reconfirmable: Reconfirmation) -> SafetyQuestions:
    """Sort the questions of a page by how they are put today."""
    every = [question for _, members in groups for question in members]
    to_reconfirm = [q for q in every if q.item.key in reconfirmable.to_confirm]
    of_those = [q for q in every if q.item.key in reconfirmable.unchanged]
    covered = [q for q in of_those if q.is_usual]
    placed = {q.item.key for q in (*to_reconfirm, *covered)}
    rest = [(group, [q for q in members if q.item.key not in placed]) for group, members in groups]
    said_yes = any(q.checklist.answer(q.item.key) == Answer.YES for q in of_those)
    is_waiting = any(not q.is_answered for q in covered)
    by_rhythm = (
        ("Asked every session", [q for q in covered if q.item.every_session]),
        ("Asked every 30 days", [q for q in covered if not q.item.every_session]),
    )
    return SafetyQuestions(
        to_reconfirm=to_reconfirm,
        open=_filled((group, [q for q in members if q.is_shown]) for group, members in rest),
        unchanged=_filled(by_rhythm),
        recently_asked=[q for _, members in rest for q in members if not q.is_shown],
        since=reconfirmable.since if is_waiting and not said_yes else None,
    )


def _filled(groups: Iterable[tuple[str, list[Question]]]) -> Groups:
    return [(title, members) for title, members in groups if members]
