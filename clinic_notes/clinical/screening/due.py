"""Which safety questions are due today, given the earlier answers (clinical.md 4.1)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.clinical.screening.coverage import is_covered
from clinic_notes.reference.contraindications import (
    Contraindication,
    Questions,
    checklist,
    questions,
)
from clinic_notes.reference.terms import Answer, Mitigation, Scope

ASK_AGAIN_AFTER = timedelta(days=30)
"""How long an answer counts at most to a question that is not asked every session."""


class PriorAnswer(NamedTuple):
    """One answer given in an earlier, signed visit."""

    item: str
    answer: Answer
    asked_on: date
    sites: tuple[Site, ...] = ()
    """The sites a "yes" flags."""
    reason: str = ""
    mitigation: Mitigation | None = None
    asked_about: tuple[Site, ...] = ()
    """The sites the session was about when it was asked."""
    detail: str = ""

    @property
    def all_sites(self) -> tuple[Site, ...]:
        """Return the sites it was asked about, and those it flags."""
        return self.asked_about + self.sites


@dataclass(frozen=True)
class RecordedCondition:
    """A condition on the patient's record that answers an item of the checklist."""

    item: str
    label: str
    since_on: date | None = None

    @property
    def confirmed_answer(self) -> AnswerDraft:
        """Return today's answer where the patient says that it is unchanged."""
        item = checklist.find(self.item)
        must_be_written = item is not None and item.ask
        return AnswerDraft(self.item, Answer.YES, detail="" if must_be_written else self.label)


def items_due(
    history: Sequence[PriorAnswer],
    about: Sequence[Site],
    on: date,
    on_record: Iterable[RecordedCondition] = (),
    questions: Questions = questions,
) -> tuple[str, ...]:
    """Return the keys of the checklist items to ask today, in the order of the checklist.

    Every-session items are always due. The others are due when they were not asked in the last
    30 days; where they concern a region, when they were not asked about that region and side in
    that time. "Not asked" is no answer. What another question asks as well is never due, what is
    asked before certain regions are treated only then. A condition on the patient's record is due
    until a "yes" was given since it began: last week's "no" does not answer it. ``questions`` are
    the items as the clinic's policy makes them: it may ask again sooner.
    """
    conditions = tuple(on_record)
    earlier = by_item(
        asked for asked in history if asked.answer is not Answer.NOT_ASKED and asked.asked_on <= on
    )
    recent = {item.key: _recent(earlier[item.key], item, on) for item in questions.current(on)}
    return tuple(
        key
        for key, answers in recent.items()
        if _is_due(questions[key], answers, about)
        or any(_is_unanswered(c, answers) for c in conditions if c.item == key)
    )


def _recent(
    answers: Iterable[PriorAnswer], item: Contraindication, on: date
) -> Sequence[PriorAnswer]:
    """Return the answers that still count: none is older than the item's own days."""
    since = on - timedelta(days=item.ask_again_days)
    return [asked for asked in answers if asked.asked_on >= since]


def by_item(answers: Iterable[PriorAnswer]) -> Mapping[str, Sequence[PriorAnswer]]:
    """Return the answers by their item, in the same order; an item never asked has none."""
    found: dict[str, list[PriorAnswer]] = defaultdict(list)
    for asked in answers:
        found[asked.item].append(asked)
    return found


def _is_due(item: Contraindication, answers: Sequence[PriorAnswer], about: Sequence[Site]) -> bool:
    if item.asked_before and not any(site.region in item.asked_before for site in about):
        return False
    if item.every_session:
        return True
    if item.scope is Scope.SESSION or not about:
        return not answers
    asked_about = [site for asked in answers for site in asked.asked_about]
    return not all(is_covered(site, asked_about) for site in about)


def _is_unanswered(condition: RecordedCondition, answers: Sequence[PriorAnswer]) -> bool:
    """Say whether the last answer does not account for the condition."""
    last = max(reversed(answers), key=lambda asked: asked.asked_on, default=None)
    if last is None or last.answer is not Answer.YES:
        return True
    return condition.since_on is not None and last.asked_on < condition.since_on
