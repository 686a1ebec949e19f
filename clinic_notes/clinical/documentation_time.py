"""How long notes take, and which notes may be copies.

The goals are those of peers.md section 4: no peer publishes seconds or taps for a repeat note. A
note that was too quick is marked as well, because a goal that only asks for speed is met by
copying.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TOO_FAST_SECONDS = 15
"""A note signed after less active time than this may be a copy of an earlier one."""
IDLE_SECONDS = 30
"""A longer stretch without a touch or a key does not count as work on the note."""
FEWEST_AUTHORS = 5
"""A clinic's median over fewer people would tell too much about each."""
MOST_REFUSED = 5
"""Fields named in a clinic's figures, those refused most often."""

_METER = re.compile(r"(\d{1,8}) (\d{1,8}|-) (\d{1,8}) (\d{1,6}) (\d{1,6})")
_REFUSED = re.compile(r"[a-z][a-z_-]{0,59}")
_MOST_NAMES = 60


@dataclass(frozen=True)
class Goal:
    """What a note of one kind should take at most."""

    interactions: int
    """Presses and filled fields."""
    seconds: int
    """Active time."""


FIRST, LATER = Goal(30, 180), Goal(12, 45)
"""The first session of an episode, and one that repeats its treatment."""


@dataclass(frozen=True)
class TimeSpent:
    """The work on a note, as one page counted it."""

    elapsed_ms: int = 0
    """Since the form was opened."""
    first_input_ms: int | None = None
    """From opening it to the first thing entered."""
    active_ms: int = 0
    """Without stretches longer than ``IDLE_SECONDS``."""
    interactions: int = 0
    """Presses and filled fields."""
    keystrokes: int = 0
    refused: tuple[str, ...] = ()
    """The fields refused, each as often as it was."""


@dataclass(frozen=True)
class NoteTime:
    """The time a signed note took. ``None`` where no page counted, because no script ran."""

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
    """What notes of one kind took, against the goal. ``None`` where no note was counted."""

    notes: int
    """How many were counted."""
    seconds: float | None
    """The median."""
    slow_seconds: float | None
    """The 90th percentile."""
    interactions: float | None
    """The median."""
    goal: Goal


@dataclass(frozen=True)
class ClinicTimes:
    """The clinic's own figures over all its authors together; never of one of them."""

    authors: int
    notes: int
    first: Percentiles
    later: Percentiles
    possible_clones: int
    refused: tuple[tuple[str, int], ...]
    """The fields refused most often, with how often."""


def time_spent_from(meter: str, refused: str = "") -> TimeSpent | None:
    """Return the time in a page's hidden fields; None where they cannot be read.

    ``meter`` holds milliseconds since opening, to the first input ("-" where there was none) and
    active, then interactions and keystrokes; ``refused`` the names of fields. A note is never
    refused for its meter.
    """
    names = tuple(name for name in refused.split()[:_MOST_NAMES] if _REFUSED.fullmatch(name))
    match = _METER.fullmatch(meter.strip())
    if match is None:
        return TimeSpent(refused=names) if names else None
    elapsed, first, active, interactions, keystrokes = match.groups()
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


def clone_reasons(note: NoteTime) -> tuple[str, ...]:
    """Return why a note may be a copy of an earlier one: too quick, or without a reading.

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


def percentile(values: Iterable[float], share: float = 0.5) -> float | None:
    """Return the value that this share (0 to 1) of all values lies below; None without values.

    Between two values it is interpolated.
    """
    ordered = sorted(values)
    if not ordered:
        return None
    position = (len(ordered) - 1) * share
    low = int(position)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (position - low)


def percentiles_of(notes: Sequence[NoteTime], goal: Goal) -> Percentiles:
    """Return the percentiles of these notes, over those that a page counted."""
    seconds = [note.active_seconds for note in notes if note.active_seconds is not None]
    return Percentiles(
        notes=len(seconds),
        seconds=percentile(seconds),
        slow_seconds=percentile(seconds, 0.9),
        interactions=percentile(n.interactions for n in notes if n.interactions is not None),
        goal=goal,
    )


def clinic_documentation_time(notes: Sequence[NoteTime]) -> ClinicTimes | None:
    """Return the clinic's figures; None where the notes are of fewer than ``FEWEST_AUTHORS``."""
    authors = {note.author_id for note in notes}
    if len(authors) < FEWEST_AUTHORS:
        return None
    refused = Counter(name for note in notes for name in note.refused)
    return ClinicTimes(
        authors=len(authors),
        notes=len(notes),
        first=percentiles_of([n for n in notes if n.is_treated and n.is_first], FIRST),
        later=percentiles_of([n for n in notes if n.is_treated and not n.is_first], LATER),
        possible_clones=sum(bool(clone_reasons(note)) for note in notes),
        refused=tuple(sorted(refused.items(), key=lambda each: (-each[1], each[0]))[:MOST_REFUSED]),
    )


def duration(seconds: float) -> str:
    """Return "38 s", "2 min 10 s" or "3 min"."""
    minutes, rest = divmod(round(seconds), 60)
    if not minutes:
        return f"{rest} s"
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
