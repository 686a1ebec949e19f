"""Safety questions answered in one tap, as the page carries it until it is saved.

A line says the moment, the answer, the places asked about where only they were, and the items:
``2026-11-22T14:02:11Z no calf:left sunburn hematoma``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import is_covered
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Scope, Side

FORM = "%Y-%m-%dT%H:%M:%SZ"
MOST = 100
"""Lines that are read: more taps than this are no person's."""


@dataclass(frozen=True)
class Tap:
    """When an item was answered, and of which places; none where it was not about some only."""

    at: datetime
    about: tuple[Site, ...] = ()

    def covers(self, item: str, treated: Iterable[Site]) -> bool:
        """Say whether the answer speaks of every place that is treated."""
        if not self.about or checklist[item].scope is Scope.SESSION:
            return True
        return all(is_covered(site, self.about) for site in treated)


def stamp(at: datetime) -> str:
    """Return a moment as a line says it."""
    return f"{at.astimezone(UTC):{FORM}}"


def places(about: Iterable[Site]) -> str:
    """Return places as a line says them."""
    return " ".join(f"{site.region}:{site.side.value}" for site in about)


def written(at: datetime, answer: Answer, items: Iterable[str], about: Iterable[Site] = ()) -> str:
    """Return the line for a tap that gave this answer to these items."""
    return " ".join(filter(None, (stamp(at), answer.value, places(about), *items)))


def read(lines: Sequence[str]) -> Mapping[tuple[str, Answer], Tap]:
    """Return the tap behind each (item, answer); a line that says none is passed over.

    Whether a moment can be right is for the action to say, which knows the time.
    """
    found: dict[tuple[str, Answer], Tap] = {}
    for line in lines[:MOST]:
        moment, _, rest = line.partition(" ")
        answer, *words = rest.split(" ")
        try:
            at = datetime.strptime(moment, FORM).replace(tzinfo=UTC)
            pairs = (word.split(":") for word in words if ":" in word)
            tap = Tap(at, tuple(Site(region, Side(side)) for region, side in pairs))
            found |= {(item, Answer(answer)): tap for item in words if item in checklist}
        except ValueError:
            continue
    return found
