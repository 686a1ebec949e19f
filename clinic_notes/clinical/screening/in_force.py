"""Which earlier "yes" is still active, and at which sites (clinical.md 4.1, 4.3)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening.coverage import is_side_covered
from clinic_notes.clinical.screening.due import PriorAnswer
from clinic_notes.clinical.screening.overlap import is_affected, overlaps
from clinic_notes.reference.contraindications import Contraindication, checklist
from clinic_notes.reference.terms import Answer, Pressure, Scope, Side


@dataclass(frozen=True)
class ActiveYes:
    """A "yes" that no later answer replaced, and the sites it applies to."""

    asked: PriorAnswer
    met: tuple[Site, ...]
    """The sites to be treated that it applies to."""
    elsewhere: tuple[Site, ...] = ()
    """Sites it flags that are not to be treated."""
    flagged: tuple[Site, ...] = ()
    """The sites it is about and that were not asked about again."""
    under_load: tuple[Site, ...] = ()
    """Those of the sites met that it applies to only because they bear a load."""

    @property
    def is_relevant(self) -> bool:
        """Say whether it applies to the session, or still to any site."""
        is_of_session = checklist[self.asked.item].scope is Scope.SESSION
        return is_of_session or bool(self.met or self.elsewhere)


@dataclass(frozen=True)
class CarriedForward:
    """A "yes" of an earlier session that was active in this one."""

    asked: PriorAnswer
    pressure_cap: Pressure | None = None
    """The highest pressure it allowed at any site."""


def active_yes(
    item: Contraindication,
    answers: Iterable[PriorAnswer],
    about: Sequence[Site],
    loaded: Collection[Site] = (),
) -> list[ActiveYes]:
    """Return every "yes" to the item that no later answer replaced, the oldest first.

    ``answers`` are the answers to this item, the oldest first; ``about`` the sites to be treated,
    ``loaded`` those that bear a load.

    The latest answer wins. Where the item concerns a region, it wins only at the sites it was
    asked about: a "no" about the elbow does not withdraw a "yes" about the calf.
    """
    given = [asked for asked in answers if asked.answer is not Answer.NOT_ASKED]
    if item.scope is Scope.SESSION:
        return [ActiveYes(asked, tuple(about)) for asked in given[-1:] if _is_yes(asked)]
    # From the latest back, so that each answer is looked at once, however long the history is.
    found, since = [], _AskedSince()
    for asked in reversed(given):
        if _is_yes(asked):
            found.append(_at_sites(item, asked, since, about, loaded))
        since.add(asked)
    return found[::-1]


class _AskedSince:
    """The sites that later answers were about."""

    def __init__(self) -> None:
        self._sides: dict[str, set[Side]] = defaultdict(set)

    def add(self, asked: PriorAnswer) -> None:
        for site in asked.all_sites:
            self._sides[site.region].add(site.side)

    def covers(self, site: Site) -> bool:
        return is_side_covered(site.side, self._sides.get(site.region, set()))


def _at_sites(
    item: Contraindication,
    asked: PriorAnswer,
    since: _AskedSince,
    about: Sequence[Site],
    loaded: Collection[Site],
) -> ActiveYes:
    flagged = asked.sites or asked.asked_about
    if not flagged:  # No site was given: it counts wherever it was not asked again.
        open_sites = tuple(site for site in about if not since.covers(site))
        return ActiveYes(asked, open_sites, flagged=open_sites)
    active = [site for site in flagged if not since.covers(site)]

    def is_met(site: Site, *, is_loaded: bool = False) -> bool:
        return any(
            is_affected(item, one, site, is_loaded=is_loaded)
            and not (overlaps(one, site) and since.covers(site))
            for one in active
        )

    met = tuple(site for site in about if is_met(site, is_loaded=site in loaded))
    elsewhere = (one for one in active if not any(overlaps(one, site) for site in about))
    under_load = (site for site in met if not is_met(site))
    return ActiveYes(asked, met, tuple(elsewhere), tuple(active), tuple(under_load))


def _is_yes(asked: PriorAnswer) -> bool:
    return asked.answer is Answer.YES
