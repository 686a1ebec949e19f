"""The content of the manager's first page: safety, then notes, care, completeness, outcomes."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from clinic_notes.clinical.due import LONG_GAP
from clinic_notes.clinical.signing import late_by
from clinic_notes.core import clock
from clinic_notes.core.display import day_of, today
from clinic_notes.outcomes import queries
from clinic_notes.outcomes.facts.models import Pairing
from clinic_notes.outcomes.identical_notes import identical_notes
from clinic_notes.outcomes.queries import Waiting
from clinic_notes.outcomes.results import queries as results
from clinic_notes.outcomes.results.figures import FEWEST, rate_of, share
from clinic_notes.outcomes.results.question import last_year
from clinic_notes.outcomes.safety_answers import against_the_record, treated_with_caution
from clinic_notes.outcomes.statistics.intervals import Estimate

UNSIGNED_AFTER = timedelta(hours=24)
"""A draft older than this is told to the manager (proposed)."""
DAYS, LATE_DAYS = 30, 7
"""How far back the page looks: safety, and late entries (proposed)."""
SEEN = timedelta(days=60)
"""An open episode with a session since then is still followed (proposed)."""
LATE = 1
"""Days after the session from which an entry is late (proposed)."""


@dataclass(frozen=True)
class Queue:
    """One list of the page."""

    key: str
    title: str
    hint: str
    rows: list[Waiting]


@dataclass(frozen=True)
class Group:
    """Queues that belong together."""

    key: str
    title: str
    queues: tuple[Queue, ...]


@dataclass(frozen=True)
class Figure:
    """A figure of the last year, and where the results show it."""

    title: str
    anchor: str
    rate: Estimate | None
    hint: str


def groups() -> tuple[Group, ...]:
    """Return what waits for the manager, safety first."""
    return (
        Group("safety", "Safety", _safety()),
        Group("notes", "Notes", _notes()),
        Group("care", "Care", _care()),
    )


def figures() -> tuple[Figure, ...]:
    """Return completeness and outcomes of the last year: their numbers in a line."""
    question = last_year(today())
    kinds = {kind: Counter[Pairing]() for kind in results.KINDS}
    for found in results.pairings(question).values():
        for kind, counts in found.items():
            kinds[kind].update(counts)
    complete = (
        Figure(
            f"{results.KINDS[kind]}: complete pairs",
            "completeness",
            share(counts[Pairing.PAIRED], counts.total()),
            f"of {counts.total()} sessions",
        )
        for kind, counts in kinds.items()
        if counts[Pairing.NONE] < counts.total()
    )
    responses = results.all_responses(question)
    relief = Figure(
        "Patients with meaningful pain relief",
        "responders",
        rate_of(responses),
        f"of {responses.total()} episodes closed; under {FEWEST} known it is hidden",
    )
    return (*complete, relief)


def _safety() -> tuple[Queue, ...]:
    since = clock.now() - timedelta(days=DAYS)
    return (
        Queue(
            "effects",
            "Adverse effects, grade 2 or more",
            f"in notes signed, or reported later, in the last {DAYS} days",
            queries.serious_effects(since),
        ),
        Queue(
            "not-treated",
            "Screened, not treated",
            f"signed in the last {DAYS} days",
            queries.not_treated(since),
        ),
        Queue(
            "worse",
            "Worse beyond measurement error",
            f"open episodes seen in the last {SEEN.days} days, since their start",
            queries.worse(today() - SEEN),
        ),
        Queue(
            "against",
            "No, against the record",
            f"treated, signed in the last {DAYS} days, each with its reason",
            against_the_record(since),
        ),
        Queue(
            "caution",
            "Treated in spite of a caution",
            f"signed in the last {DAYS} days, each with its reason",
            treated_with_caution(since),
        ),
    )


def _notes() -> tuple[Queue, ...]:
    now = clock.now()
    late = queries.entered_late(
        now - timedelta(days=LATE_DAYS),
        lambda served_on, created_at: late_by(served_on, day_of(created_at)) > LATE,
    )
    return (
        Queue(
            "unsigned",
            "Not signed for 24 hours",
            "the oldest first",
            queries.unsigned(now - UNSIGNED_AFTER),
        ),
        Queue(
            "cosignature",
            "Awaiting co-signature",
            "signed by an assistant, the oldest first",
            queries.awaiting_cosignature(),
        ),
        Queue(
            "late",
            "Entered more than a day late",
            f"of the notes signed in the last {LATE_DAYS} days",
            late,
        ),
        Queue(
            "identical",
            "Identical notes",
            f"the same text twice for a patient, signed in the last {DAYS} days",
            identical_notes(now - timedelta(days=DAYS)),
        ),
    )


def _care() -> tuple[Queue, ...]:
    return (
        Queue(
            "unseen",
            f"Open, without a session for {LONG_GAP.days} days",
            "the longest first",
            queries.unseen(today() - LONG_GAP),
        ),
    )
