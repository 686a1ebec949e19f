"""Which earlier "no" still counts today, so that its question was not asked."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from clinic_notes.clinical.drafts import Site, VisitDraft
from clinic_notes.clinical.screening.due import PriorAnswer
from clinic_notes.reference.contraindications import Contraindication, Questions, questions
from clinic_notes.reference.terms import Answer


@dataclass(frozen=True)
class CarriedNo:
    """Questions that were last answered no on one day, and are not due again."""

    asked_on: date
    items: tuple[str, ...]


def carried_no(
    history: Sequence[PriorAnswer],
    draft: VisitDraft,
    *,
    due: Collection[str],
    about: Sequence[Site],
    questions: Questions = questions,
) -> tuple[CarriedNo, ...]:
    """Return what stood without being asked, the earliest day first.

    ``history`` are the earlier answers, the oldest first. A "yes" in force is no part of it.
    """
    on = draft.served_on
    today = {given.item for given in draft.answers if given.answer is not Answer.NOT_ASKED}
    last = {asked.item: asked for asked in history if asked.answer is not Answer.NOT_ASKED}
    days: dict[date, list[str]] = defaultdict(list)
    for item in questions.current(on):
        asked = last.get(item.key)
        if asked is None or item.key in due or item.key in today:
            continue
        if asked.answer is Answer.NO and _is_asked_here(item, about) and _counts(item, asked, on):
            days[asked.asked_on].append(item.key)
    return tuple(CarriedNo(day, tuple(items)) for day, items in sorted(days.items()))


def _counts(item: Contraindication, asked: PriorAnswer, on: date) -> bool:
    return on - timedelta(days=item.ask_again_days) <= asked.asked_on <= on


def _is_asked_here(item: Contraindication, about: Sequence[Site]) -> bool:
    """Say whether it concerns this session: some questions are asked before some regions only."""
    return not item.asked_before or any(site.region in item.asked_before for site in about)
