"""What may be answered afresh in one tap, and what has to be confirmed (clinical.md 4.1).

An earlier "no" is no answer for today. It only says that one question will do: "anything new
since?" An earlier "yes" still stands, and is asked for what it says.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.clinical.screening.coverage import is_covered
from clinic_notes.clinical.screening.due import OnRecord, PriorAnswer, by_item
from clinic_notes.clinical.screening.in_force import standing_yes
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Scope


@dataclass(frozen=True)
class Reconfirmation:
    """How today's questions may be asked, from what was said before."""

    unchanged: tuple[str, ...] = ()
    """Items due today that were last answered no, of every place to be treated."""
    since: date | None = None
    """The day from which "nothing new" answers all of them: the earliest they were last asked."""
    still_yes: Mapping[str, PriorAnswer] = field(default_factory=dict)
    """The "yes" that still stands, by item: to be confirmed."""
    recorded: Mapping[str, OnRecord] = field(default_factory=dict)
    """What the patient's record says is so and no standing "yes" does, by item: to be confirmed."""

    @property
    def to_confirm(self) -> Mapping[str, AnswerDraft]:
        """Return today's answer to each of these, where the patient says that it is still so."""
        known = {item: said.confirmed for item, said in self.recorded.items()}
        return known | {item: confirmed(asked) for item, asked in self.still_yes.items()}


def reconfirmable(
    latest: Sequence[PriorAnswer],
    standing: Sequence[PriorAnswer],
    *,
    due: Collection[str],
    about: Sequence[Site],
    on: date,
    on_record: Iterable[OnRecord] = (),
) -> Reconfirmation:
    """Return which items one "nothing new" answers, and which "yes" is to be confirmed.

    ``latest`` is the last answer to each item, ``standing`` the record of earlier answers, the
    oldest first. An item that was never asked, or not of every place that is treated today, is
    in neither: it is asked in full. What is on the patient's record is never among "nothing new".
    """
    earlier = by_item(sorted((a for a in standing if a.asked_on <= on), key=_day))
    still = {
        item.key: yes.asked
        for item in checklist.current(on)
        for yes in standing_yes(item, earlier[item.key], about)
        if yes.speaks
    }
    recorded = {
        said.item: said for said in on_record if said.item in due and said.item not in still
    }
    said_no = {
        asked.item: asked.asked_on
        for asked in latest
        if asked.item in due
        and asked.item not in still
        and asked.item not in recorded
        and _is_no_here(asked, about)
    }
    items = tuple(item.key for item in checklist if item.key in said_no)
    return Reconfirmation(items, min(said_no.values(), default=None), still, recorded)


def confirmed(asked: PriorAnswer) -> AnswerDraft:
    """Return today's answer where the patient says that it is still so."""
    return AnswerDraft(
        item=asked.item,
        answer=Answer.YES,
        # A "yes" without a place speaks of the places it was asked about, not of today's.
        sites=asked.sites or (asked.asked_about if _is_of_a_region(asked.item) else ()),
        detail=asked.detail,
        reason=asked.reason,
        mitigation=asked.mitigation,
    )


def _day(asked: PriorAnswer) -> date:
    return asked.asked_on


def _is_of_a_region(key: str) -> bool:
    return checklist[key].scope is Scope.REGION


def _is_no_here(asked: PriorAnswer, about: Sequence[Site]) -> bool:
    if asked.answer is not Answer.NO:
        return False
    if not _is_of_a_region(asked.item):
        return True
    return all(is_covered(site, asked.asked_about) for site in about)
