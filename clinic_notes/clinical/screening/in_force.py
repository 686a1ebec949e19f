"""Which "yes" still holds today, and which of the places to be treated it speaks of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening.coverage import is_side_covered
from clinic_notes.clinical.screening.due import PriorAnswer
from clinic_notes.clinical.screening.overlap import is_affected, overlaps
from clinic_notes.reference.contraindications import Contraindication, checklist
from clinic_notes.reference.terms import Answer, Scope, Side


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
) -> list[ActiveYes]:
    """Return every "yes" to the item that nothing later replaced, the oldest first.

    ``record`` holds the answers to this item, oldest first.

    The latest answer wins; where the item concerns a region, only for the places it was asked
    about: a "no" about the elbow does not unsay a "yes" about the calf.
    """
    given = [asked for asked in record if asked.answer is not Answer.NOT_ASKED]
    if item.scope is Scope.SESSION:
        return [ActiveYes(asked, tuple(about)) for asked in given[-1:] if _is_yes(asked)]
    # From the latest back, so that each answer is looked at once however long the record is.
    found, since = [], AskedSince()
    for asked in reversed(given):
        if _is_yes(asked):
            found.append(_in_places(item, asked, since, about))
        since.add(asked)
    return found[::-1]


class AskedSince:
    """The places that were asked about after the answer in hand."""

    def __init__(self) -> None:
        self._sides: dict[str, set[Side]] = defaultdict(set)

    def add(self, asked: PriorAnswer) -> None:
        """Take one more answer in."""
        for site in asked.speaks_of:
            self._sides[site.region].add(site.side)

    def covers(self, site: Site) -> bool:
        """Say whether the place was asked about again."""
        return is_side_covered(site.side, self._sides.get(site.region, set()))


def _in_places(
    item: Contraindication, asked: PriorAnswer, since: AskedSince, about: Sequence[Site]
) -> ActiveYes:
    flagged = asked.sites or asked.asked_about
    if not flagged:  # Nobody wrote where, so it counts wherever it was not asked again.
        return ActiveYes(asked, tuple(site for site in about if not since.covers(site)))
    in_force = [place for place in flagged if not since.covers(place)]
    met = tuple(
        site
        for site in about
        if any(
            is_affected(item, place, site) and not (overlaps(place, site) and since.covers(site))
            for place in in_force
        )
    )
    elsewhere = (p for p in in_force if not any(overlaps(p, site) for site in about))
    return ActiveYes(asked, met, tuple(elsewhere))


def _is_yes(asked: PriorAnswer) -> bool:
    return asked.answer is Answer.YES
