"""Answers given in one tap, as the form carries them until it is saved.

A line holds the moment, the answer, the sites if only they were asked about, and the items:
``2026-11-22T14:02:11Z no calf:left sunburn hematoma``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from clinic_notes.clinical.drafts import Site
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Side

TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
MAX_LINES = 100
"""More lines are not read: nobody taps so often in one session."""


@dataclass(frozen=True)
class Tap:
    """When an item was answered, and about which sites; none where it was about all."""

    at: datetime
    about: tuple[Site, ...] = ()


def time_text(at: datetime) -> str:
    """Return a moment as a line holds it."""
    return f"{at.astimezone(UTC):{TIME_FORMAT}}"


def sites_text(about: Iterable[Site]) -> str:
    """Return sites as a line holds them."""
    return " ".join(f"{site.region}:{site.side.value}" for site in about)


def line(at: datetime, answer: Answer, items: Iterable[str], about: Iterable[Site] = ()) -> str:
    """Return the line of a tap that gave this answer to these items."""
    return " ".join(filter(None, (time_text(at), answer.value, sites_text(about), *items)))


def read(lines: Sequence[str]) -> Mapping[tuple[str, Answer], Tap]:
    """Return the tap behind each (item, answer); a line that cannot be read is passed over.

    Whether the moment is plausible is checked by the action, which knows the time.
    """
    found: dict[tuple[str, Answer], Tap] = {}
    for text in lines[:MAX_LINES]:
        moment, _, rest = text.partition(" ")
        answer, *words = rest.split(" ")
        try:
            at = datetime.strptime(moment, TIME_FORMAT).replace(tzinfo=UTC)
            pairs = (word.split(":") for word in words if ":" in word)
            tap = Tap(at, tuple(Site(region, Side(side)) for region, side in pairs))
            found |= {(item, Answer(answer)): tap for item in words if item in checklist}
        except ValueError:
            continue
    return found
