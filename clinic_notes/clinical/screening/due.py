"""What was asked before, and what has to be asked today (clinical.md 4.1)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.clinical.screening.coverage import is_covered
from clinic_notes.reference.contraindications import Contraindication, checklist
from clinic_notes.reference.terms import Answer, Mitigation, Scope

ASK_AGAIN_AFTER = timedelta(days=30)


class PriorAnswer(NamedTuple):
    """One answer given in an earlier, signed visit, with the places it was asked about."""

    item: str
    answer: Answer
    asked_on: date
    sites: tuple[Site, ...] = ()
    reason: str = ""
    mitigation: Mitigation | None = None
    asked_about: tuple[Site, ...] = ()
    detail: str = ""

    @property
    def speaks_of(self) -> tuple[Site, ...]:
        """Return every place this answer says something about."""
        return self.asked_about + self.sites


@dataclass(frozen=True)
class OnRecord:
    """A condition on the patient's record that speaks to an item of the checklist."""

    item: str
    label: str
    since_on: date | None = None

    @property
    def confirmed(self) -> AnswerDraft:
        """Return today's answer where the patient says that it is still so."""
        return AnswerDraft(self.item, Answer.YES, detail=self.label)


def items_due(
    history: Sequence[PriorAnswer],
    about: Sequence[Site],
    on: date,
    on_record: Iterable[OnRecord] = (),
) -> tuple[str, ...]:
    """Return the keys of the checklist items to ask today, in the order of the checklist.

    Every-session items are always due; the others when they were not asked in the last
    30 days, and, where they concern a region, when they were not asked about that region and
    side in that time. "Not asked" counts as not asked. What is on the patient's record is due
    until a "yes" stands that was given since: a "no" of last week says nothing about it.
    """
    known = tuple(on_record)
    recent = by_item(
        asked
        for asked in history
        if asked.answer is not Answer.NOT_ASKED
        and timedelta(0) <= on - asked.asked_on <= ASK_AGAIN_AFTER
    )
    return tuple(
        item.key
        for item in checklist.current(on)
        if _is_due(item, recent[item.key], about)
        or any(_is_news(said, recent[item.key]) for said in known if said.item == item.key)
    )


def by_item(answers: Iterable[PriorAnswer]) -> Mapping[str, Sequence[PriorAnswer]]:
    """Return the answers to each item, none to an item that was not asked; their order stays."""
    found: dict[str, list[PriorAnswer]] = defaultdict(list)
    for asked in answers:
        found[asked.item].append(asked)
    return found


def _is_due(item: Contraindication, answers: Sequence[PriorAnswer], about: Sequence[Site]) -> bool:
    if item.every_session:
        return True
    if item.scope is Scope.SESSION or not about:
        return not answers
    places = [site for asked in answers for site in asked.asked_about]
    return not all(is_covered(site, places) for site in about)


def _is_news(said: OnRecord, answers: Sequence[PriorAnswer]) -> bool:
    """Say whether the last answer does not speak of what the record says."""
    last = max(reversed(answers), key=lambda asked: asked.asked_on, default=None)
    if last is None or last.answer is not Answer.YES:
        return True
    return said.since_on is not None and last.asked_on < said.since_on
