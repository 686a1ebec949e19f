"""How long notes take: what a page's meter says, the middle of many, notes too quick to be true.

The goals and the two-sided caution are those of peers.md section 4: no peer publishes seconds or
taps for a repeat note, and a time that only ever has to be short is met by copying.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TOO_FAST_SECONDS = 15
"""A note signed after less active time than this may be a copy of an earlier one."""
IDLE_SECONDS = 30
"""A stretch without a touch or a key that is longer is no work on the note."""
FEWEST_AUTHORS = 5
"""A clinic's middle over fewer people would say too much of each."""
MOST_REFUSED = 5

_METER = re.compile(r"(\d{1,8}) (\d{1,8}|-) (\d{1,8}) (\d{1,6}) (\d{1,6})")
_REFUSED = re.compile(r"[a-z][a-z_-]{0,59}")
_MOST_NAMES = 60


@dataclass(frozen=True)
class Goal:
    """What a note of one kind should take: presses and filled fields, and active seconds."""

    interactions: int
    seconds: int


FIRST, LATER = Goal(30, 180), Goal(12, 45)
"""The first session of an episode, and one that repeats its treatment."""


@dataclass(frozen=True)
class TimeSpent:
    """What one stretch of work on a note took, as the page counted it."""

    elapsed_ms: int = 0
    """Since the form was opened."""
    first_input_ms: int | None = None
    """From opening it to the first thing entered."""
    active_ms: int = 0
    interactions: int = 0
    keystrokes: int = 0
    refused: tuple[str, ...] = ()
    """The field of each refusal, as often as it was refused."""


@dataclass(frozen=True)
class NoteTime:
    """A signed note, as far as its pace goes. ``None`` where no page counted: no script ran."""

    author_id: int
    is_first: bool
    """Whether it is the first treated session of its episode."""
    is_treated: bool
    has_reading: bool
    active_seconds: float | None = None
    interactions: int | None = None
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Percentiles:
    """What notes of one kind took: how many, the median and the ninth of ten, against the goal."""

    notes: int
    seconds: float | None
    slow_seconds: float | None
    interactions: float | None
    goal: Goal


@dataclass(frozen=True)
class ClinicPace:
    """The clinic's own figures over all its authors together; never of one of them."""

    authors: int
    notes: int
    first: Percentiles
    later: Percentiles
    possible_clones: int
    refused: tuple[tuple[str, int], ...]
    """The fields refused most often, with how often."""


def time_spent_from(meter: str, refused: str = "") -> TimeSpent | None:
    """Return what a page's hidden fields say was spent; None where they say nothing readable.

    ``meter`` holds milliseconds since opening, to the first input ("-" where there was none) and
    active, then interactions and keystrokes; ``refused`` the names of fields. A note is never
    refused for what its meter says.
    """
    names = tuple(name for name in refused.split()[:_MOST_NAMES] if _REFUSED.fullmatch(name))
    read = _METER.fullmatch(meter.strip())
    if read is None:
        return TimeSpent(refused=names) if names else None
    elapsed, first, active, interactions, keystrokes = read.groups()
    return TimeSpent(
        elapsed_ms=int(elapsed),
        first_input_ms=None if first == "-" else int(first),
        active_ms=min(int(active), int(elapsed)),
        interactions=int(interactions),
        keystrokes=int(keystrokes),
        refused=names,
    )


def field_kind(field_id: str) -> str:
    """Return a field's name without its row: ``uses-minutes`` for ``uses-2-minutes``."""
    parts = field_id.split("-")
    return field_id if len(parts) < 3 else f"{parts[0]}-{parts[-1]}"


def why_a_clone(note: NoteTime) -> tuple[str, ...]:
    """Return why a note may be a copy of an earlier one: too quick, or nothing measured.

    A session that was screened and not treated needs neither time nor readings.
    """
    if not note.is_treated:
        return ()
    reasons = []
    if note.active_seconds is not None and note.active_seconds < TOO_FAST_SECONDS:
        reasons.append(f"signed after {int(note.active_seconds)} s of work")
    if not note.has_reading:
        reasons.append("no new reading")
    return tuple(reasons)


def middle(values: Iterable[float], share: float = 0.5) -> float | None:
    """Return the value below which this share of all lies, between two where it falls there."""
    ordered = sorted(values)
    if not ordered:
        return None
    place = (len(ordered) - 1) * share
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def percentiles_of(notes: Sequence[NoteTime], goal: Goal) -> Percentiles:
    """Return the middle of these notes, as far as a page counted them."""
    seconds = [note.active_seconds for note in notes if note.active_seconds is not None]
    return Percentiles(
        notes=len(seconds),
        seconds=middle(seconds),
        slow_seconds=middle(seconds, 0.9),
        interactions=middle(n.interactions for n in notes if n.interactions is not None),
        goal=goal,
    )


def clinic_documentation_time(notes: Sequence[NoteTime]) -> ClinicPace | None:
    """Return the clinic's figures, or None where too few people wrote the notes to hide among."""
    authors = {note.author_id for note in notes}
    if len(authors) < FEWEST_AUTHORS:
        return None
    refused = Counter(name for note in notes for name in note.refused)
    return ClinicPace(
        authors=len(authors),
        notes=len(notes),
        first=percentiles_of([n for n in notes if n.is_treated and n.is_first], FIRST),
        later=percentiles_of([n for n in notes if n.is_treated and not n.is_first], LATER),
        possible_clones=sum(bool(why_a_clone(note)) for note in notes),
        refused=tuple(sorted(refused.items(), key=lambda each: (-each[1], each[0]))[:MOST_REFUSED]),
    )


def duration(seconds: float) -> str:
    """Return "38 s", "2 min 10 s" or "3 min"."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
