"""Which earlier answers may be reconfirmed in one tap (clinical.md 4.1).

An earlier "no" is no answer for today. It allows one question, "anything new since?", instead of
one for each item. An earlier "yes" stays active, and is confirmed one by one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.clinical.screening.asked_once import counted_once
from clinic_notes.clinical.screening.coverage import is_covered
from clinic_notes.clinical.screening.due import PriorAnswer, RecordedCondition, by_item
from clinic_notes.clinical.screening.in_force import active_yes
from clinic_notes.reference.contraindications import Questions, checklist, questions
from clinic_notes.reference.terms import Answer, Scope


@dataclass(frozen=True)
class Reconfirmation:
    """How today's questions may be asked, given the earlier answers."""

    unchanged: tuple[str, ...] = ()
    """Items due today that were last answered no, about every site to be treated."""
    since: date | None = None
    """The day from which "nothing new" answers all of them: the earliest they were last asked."""
    active_yes: Mapping[str, PriorAnswer] = field(default_factory=dict)
    """The "yes" that is still active, by item: to be confirmed."""
    on_record: Mapping[str, RecordedCondition] = field(default_factory=dict)
    """Conditions on the patient's record without an active "yes", by item: to be confirmed."""

    @property
    def to_confirm(self) -> Mapping[str, AnswerDraft]:
        """Return today's answer to each of these, where the patient says that it is unchanged."""
        recorded = {item: condition.confirmed_answer for item, condition in self.on_record.items()}
        return recorded | {item: confirmed_answer(asked) for item, asked in self.active_yes.items()}


def reconfirmable(
    latest: Sequence[PriorAnswer],
    history: Sequence[PriorAnswer],
    *,
    due: Collection[str],
    about: Sequence[Site],
    on: date,
    on_record: Iterable[RecordedCondition] = (),
    questions: Questions = questions,
) -> Reconfirmation:
    """Return which items one "nothing new" answers, and which "yes" is to be confirmed.

    ``latest`` is the last answer to each item, ``history`` all earlier answers, the oldest first.
    An item that was never asked, or not about every site to be treated today, is in neither: it
    is asked in full. A condition on the patient's record is never among "nothing new".
    """
    earlier = by_item(counted_once(a for a in history if a.asked_on <= on))
    active = {
        item.key: yes.asked
        for item in questions.current(on)
        for yes in active_yes(item, earlier[item.key], about)
        if yes.is_relevant
    }
    recorded = {c.item: c for c in on_record if c.item in due and c.item not in active}
    last_no = {
        asked.item: asked.asked_on
        for asked in latest
        if asked.item in due
        and asked.item not in active
        and asked.item not in recorded
        and _is_no_about(asked, about)
    }
    items = tuple(item.key for item in checklist if item.key in last_no)
    return Reconfirmation(items, min(last_no.values(), default=None), active, recorded)


def confirmed_answer(asked: PriorAnswer) -> AnswerDraft:
    """Return today's answer where the patient says that an earlier "yes" is unchanged."""
    return AnswerDraft(
        item=asked.item,
        answer=Answer.YES,
        # A "yes" that flags no site is about the sites of its own session, not today's.
        sites=asked.sites or (asked.asked_about if _is_of_a_region(asked.item) else ()),
        detail="" if checklist[asked.item].asked_anew else asked.detail,
        reason=asked.reason,
        mitigation=asked.mitigation,
    )


def _is_of_a_region(key: str) -> bool:
    return checklist[key].scope is Scope.REGION


def _is_no_about(asked: PriorAnswer, about: Sequence[Site]) -> bool:
    if asked.answer is not Answer.NO:
        return False
    if not _is_of_a_region(asked.item):
        return True
    return all(is_covered(site, asked.asked_about) for site in about)
