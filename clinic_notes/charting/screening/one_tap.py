"""Answers given in one tap, as the form carries them until it is saved.

A line holds the moment, the answer, how it was asked for, the sites if only they were asked
about, and the items: ``2026-11-22T14:02:11Z no how=unchanged since=2026-11-15 calf:left sunburn``.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from clinic_notes.clinical.drafts import Site
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, HowAsked, Side

TIME_FORMAT = "%Y-%m-%dT%H:%M:%SZ"
MAX_LINES = 100
"""More lines are not read: nobody taps so often in one session."""


@dataclass(frozen=True)
class Tap:
    """When and how an item was answered, and about which sites; none where it was about all."""

    at: datetime
    about: tuple[Site, ...] = ()
    how: HowAsked | None = None
    """None in a form that an earlier release began."""
    since: date | None = None
    """The day since which nothing has changed."""


def time_text(at: datetime) -> str:
    """Return a moment as a line holds it."""
    return f"{at.astimezone(UTC):{TIME_FORMAT}}"


def unchanged_text(since: date | None, about: Iterable[Site] = ()) -> str:
    """Return how "no change since a day" was asked, about these sites, as a line holds it."""
    sites = (f"{site.region}:{site.side.value}" for site in about)
    day = (f"since={since}",) if since is not None else ()
    return " ".join((f"how={HowAsked.UNCHANGED}", *day, *sites))


IN_ONE_STEP = f"how={HowAsked.IN_ONE_STEP}"
"""How "all others no" was asked, as a line holds it."""


def line(at: datetime, answer: Answer, how: str, items: Iterable[str]) -> str:
    """Return the line of a tap that gave this answer to these items.

    ``how`` is what `unchanged_text` returns, or IN_ONE_STEP.
    """
    return " ".join(filter(None, (time_text(at), answer.value, how, *items)))


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
            tap = _tap(at, words)
            found |= {(item, Answer(answer)): tap for item in words if item in checklist}
        except ValueError:
            continue
    return found


def without(text: str, is_changed: Callable[[str, str], bool]) -> str:
    """Return a line without the items that were answered otherwise since.

    ``is_changed`` says so of an item and the answer that the tap gave it.
    """
    _, _, rest = text.partition(" ")
    answer, *_ = rest.split(" ")
    kept = (w for w in text.split(" ") if w not in checklist or not is_changed(w, answer))
    return " ".join(kept)


def _tap(at: datetime, words: Sequence[str]) -> Tap:
    named = dict(word.split("=", 1) for word in words if "=" in word)
    pairs = (word.split(":") for word in words if ":" in word)
    return Tap(
        at,
        tuple(Site(region, Side(side)) for region, side in pairs),
        HowAsked(named["how"]) if "how" in named else None,
        date.fromisoformat(named["since"]) if "since" in named else None,
    )
