"""Safety answers of earlier signed visits that may still count today."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, NamedTuple

from clinic_notes.charting.screening.earlier_statements import LAST_OF_ITEMS, VISITS_AND_ANSWERS
from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import ASK_AGAIN_AFTER, LatestAnswers, PriorAnswer
from clinic_notes.clinical.screening.consent import PriorConsent
from clinic_notes.core.bulk import read_rows
from clinic_notes.reference.contraindications import checklist, questions
from clinic_notes.reference.terms import Answer, Side

EVERY_SESSION = frozenset(item.key for item in checklist if item.every_session)
"""Items that are due in any case: their earlier "no" says nothing, unless there was a yes."""


@dataclass(frozen=True)
class EarlierVisits:
    """A patient's latest signed visits up to a day, with the keys of what was answered in each."""

    patient_id: int
    until: date
    visits: tuple[Any, ...]
    """The latest first: those of the last 30 days, and the last 20 in any case."""
    ever_yes: frozenset[str] = frozenset()
    """The items that were ever answered yes, in whichever visit."""
    consented_on: date | None = None
    """When informed consent was last given, in whichever visit."""
    is_whole: bool = True
    """Whether these are all of the patient's visits."""
    answers: tuple[Any, ...] = ()
    """What can still count of the answers to those items, in whichever visit, the latest first."""

    @property
    def consents(self) -> tuple[PriorConsent, ...]:
        """The informed consents given in these visits, and when the last before was given."""
        found = [
            PriorConsent(
                visit.served_on,
                tuple(site for site, _ in rows),
                frozenset(stroke for _, stroke in rows),
            )
            for visit in self.visits
            if visit.consent_by is not None
            for rows in (_treated(visit),)
        ]
        if not found and self.consented_on is not None:
            return (PriorConsent(self.consented_on, (), frozenset()),)
        return tuple(found)

    def pain_before(self, episode_id: int) -> tuple[Decimal, ...]:
        """Return pain now before treatment in an episode's visits, the latest first."""
        return tuple(
            Decimal(visit.pain_hundredths) / 100
            for visit in self.visits
            if visit.episode_id == episode_id and visit.pain_hundredths is not None
        )

    @property
    def parameters(self) -> dict[str, Any]:
        """What a statement about all earlier visits needs."""
        return {"patient_id": self.patient_id, "until": self.until}

    def with_recent_no(self, answers: Sequence[PriorAnswer]) -> tuple[PriorAnswer, ...]:
        """Return these answers and every recent "no" to another item, oldest first."""
        others = EVERY_SESSION | self.ever_yes
        recent_no = (
            PriorAnswer(item, Answer.NO, visit.served_on, asked_about=sites)
            for visit in reversed(self.visits)
            if visit.served_on >= self.until - ASK_AGAIN_AFTER
            for sites in (_sites(visit),)
            for item in _words(visit.no_items)
            if item not in others
        )
        return tuple(sorted([*recent_no, *answers], key=attrgetter("asked_on")))


class Answers(NamedTuple):
    """What earlier visits say to the safety questions."""

    record: tuple[PriorAnswer, ...]
    """As `record_of_answers` returns it."""
    last: tuple[PriorAnswer, ...]
    """The last answer to each current item, without what was written beside it."""
    earlier: EarlierVisits
    """The visits they were given in."""

    @property
    def consents(self) -> tuple[PriorConsent, ...]:
        """The informed consents given in earlier sessions, as far as they still say something."""
        return self.earlier.consents


def earlier_visits(patient_id: int, until: date) -> EarlierVisits:
    """Return the patient's latest signed visits up to a day, in one statement."""
    values = {"patient_id": patient_id, "until": until, "since": until - ASK_AGAIN_AFTER}
    rows = tuple(read_rows(VISITS_AND_ANSWERS, values))
    visits = tuple(row for row in rows if not row.is_answer)
    if not visits:
        return EarlierVisits(patient_id, until, ())
    of_all = visits[0]
    return EarlierVisits(
        patient_id,
        until,
        visits,
        frozenset(_words(of_all.ever_yes)),
        of_all.consented_on,
        is_whole=of_all.number_of_visits == len(visits),
        answers=rows[len(visits) :],
    )


def record_of_answers(patient_id: int, until: date) -> tuple[PriorAnswer, ...]:
    """Return what earlier signed visits say, oldest first, in one statement.

    Of items ever answered yes, the answers that can still count; of the others, those given within
    the time after which they are asked again.
    """
    return record_in(earlier_visits(patient_id, until))


def answers_and_last(earlier: EarlierVisits) -> Answers:
    """Return the record of answers in these visits, and the last answer to each current item."""
    last = tuple(_last_answers(earlier).values())
    return Answers(record_in(earlier), last, earlier)


def record_in(earlier: EarlierVisits) -> tuple[PriorAnswer, ...]:
    """Return what these visits say, as `record_of_answers` does."""
    return record_from(earlier, earlier.answers)


def record_from(earlier: EarlierVisits, rows: Iterable[Any]) -> tuple[PriorAnswer, ...]:
    """Return the record of answers in these visits, oldest first.

    ``rows`` are the answers to items ever answered yes, the latest first.
    """
    return earlier.with_recent_no([*_full_answers(rows)][::-1])


def _last_answers(earlier: EarlierVisits) -> dict[str, PriorAnswer]:
    """Return the last answer to each item: as a rule, one of the latest visits has it."""
    last: dict[str, PriorAnswer] = {}

    def add(visit: Any, items: Iterable[str], answer: Answer) -> None:
        sites = _sites(visit)
        for item in items:
            last.setdefault(item, PriorAnswer(item, answer, visit.served_on, asked_about=sites))

    for visit in earlier.visits:
        add(visit, _words(visit.yes_items), Answer.YES)
        add(visit, _words(visit.no_items), Answer.NO)
    missing = sorted(_asked_anywhere(earlier.until) - last.keys())
    if missing and not earlier.is_whole:
        for row in read_rows(LAST_OF_ITEMS, earlier.parameters | {"items": missing}):
            if row.item is not None:
                add(row, [row.item], row.answer)
    return last


def _asked_anywhere(on: date) -> set[str]:
    """Return the items that are asked whatever is treated: any long treatment has their answers."""
    return {item.key for item in questions.current(on) if not item.asked_before}


def _full_answers(rows: Iterable[Any]) -> Iterator[PriorAnswer]:
    """Yield what was said to items ever answered yes and can still count, the latest first."""
    latest = LatestAnswers()
    for row in rows:
        if row.item is None:
            continue
        sites, asked_about = _unique(map(_site, _words(row.flagged))), _sites(row)
        if latest.counts(row.item, row.answer, sites, asked_about):
            yield PriorAnswer(
                item=row.item,
                answer=row.answer,
                asked_on=row.served_on,
                sites=sites,
                reason=row.reason,
                mitigation=row.mitigation,
                asked_about=asked_about,
                detail=row.detail,
            )


def _sites(visit: Any) -> tuple[Site, ...]:
    """Return the places a visit's safety check was about: its episode's, and those treated."""
    return _unique((Site(visit.region, visit.side), *(site for site, _ in _treated(visit))))


def _treated(visit: Any) -> list[tuple[Site, str]]:
    """Return site and stroke of each treatment row."""
    rows = (row.rpartition(":") for row in _words(visit.treated))
    return [(_site(site), stroke) for site, _, stroke in rows]


def _site(text: str) -> Site:
    region, _, side = text.partition(":")
    return Site(region, Side(side))


def _words(text: str | None) -> list[str]:
    return text.split() if text else []


def _unique(sites: Iterable[Site]) -> tuple[Site, ...]:
    return tuple(dict.fromkeys(sites))
