"""Which "yes" still holds today, and which of the places to be treated it speaks of."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening.due import PriorAnswer, is_covered
from clinic_notes.clinical.screening.overlap import is_affected, overlaps
from clinic_notes.reference.contraindications import Contraindication, checklist
from clinic_notes.reference.terms import Answer, Scope


@dataclass(frozen=True)
class ActiveYes:
    """A "yes" in force: the places to be treated that it meets, and other places it flags."""

    asked: PriorAnswer
    met: tuple[Site, ...]
    elsewhere: tuple[Site, ...] = ()

    @property
    def speaks(self) -> bool:
        """Say whether it says anything today: of the session, or of a place that is not unsaid."""
        is_of_session = checklist[self.asked.item].scope is Scope.SESSION
        return is_of_session or bool(self.met or self.elsewhere)


@dataclass(frozen=True)
class CarriedForward:
    """A "yes" of an earlier session that was in force in this one, and whether it caps pressure."""

    asked: PriorAnswer
    caps_pressure: bool = False


def standing_yes(
    item: Contraindication, record: Iterable[PriorAnswer], about: Sequence[Site]
) -> Iterator[ActiveYes]:
    """Yield every "yes" to the item that nothing later replaced.

    ``record`` holds the answers to this item, oldest first.

    The latest answer wins; where the item concerns a region, only for the places it was asked
    about: a "no" about the elbow does not unsay a "yes" about the calf.
    """
    given = [asked for asked in record if asked.answer is not Answer.NOT_ASKED]
    for number, asked in enumerate(given, start=1):
        if asked.answer is not Answer.YES:
            continue
        if item.scope is Scope.REGION:
            yield _in_places(item, asked, _places(given[number:]), about)
        elif number == len(given):
            yield ActiveYes(asked, tuple(about))


def _in_places(
    item: Contraindication, asked: PriorAnswer, asked_since: Sequence[Site], about: Sequence[Site]
) -> ActiveYes:
    flagged = asked.sites or asked.asked_about
    if not flagged:  # Nobody wrote where, so it counts wherever it was not asked again.
        return ActiveYes(asked, tuple(s for s in about if not is_covered(s, asked_since)))
    in_force = [place for place in flagged if not is_covered(place, asked_since)]
    met = tuple(
        site
        for site in about
        if any(
            is_affected(item, place, site)
            and not (overlaps(place, site) and is_covered(site, asked_since))
            for place in in_force
        )
    )
    elsewhere = (p for p in in_force if not any(overlaps(p, site) for site in about))
    return ActiveYes(asked, met, tuple(elsewhere))


def _places(answers: Iterable[PriorAnswer]) -> tuple[Site, ...]:
    return tuple(place for asked in answers for place in asked.speaks_of)
