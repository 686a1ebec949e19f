"""A treatment repeated from an earlier session: what is copied, and what stays the therapist's.

A recipe is what a therapist decides before she begins: place, tool, stroke, pressure, minutes.
What she finds (a reading, a response, an answer) is never part of it. Medicare contractors call
notes that are "exactly alike or similar" cloned, so each value keeps where it came from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clinic_notes.clinical.drafts import Site, UseDraft
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.wording import place

PLACE = ("region", "side")
SETTINGS = (
    "instrument_id", "tissues", "stroke", "direction", "angle_degrees", "pressure", "minutes",
    "motion", "lubricant_id",
)  # fmt: skip
RECIPE = (*PLACE, *SETTINGS)
"""The parts of a treatment row that may be repeated. Force and discomfort are measured, and a
remark is free text: these are not."""

NOTES_COMPARED = 5
LEAST_NOTES = 3
"""Fewer earlier notes than this say nothing about a habit."""
LIKE_A_CLONE = Decimal("0.9")
"""Share of the recipe that was the same in every note compared; from here the author is warned."""


class Origin(StrEnum):
    """Where a value of a recipe came from."""

    ENTERED = "entered"
    COPIED = "copied"
    CONFIRMED = "confirmed"
    """Copied, and then said to be what was done today as well."""


@dataclass(frozen=True)
class PastTreatment:
    """What was done in an earlier signed session, with the names of the tools as they are today."""

    visit_id: int
    served_on: date
    uses: tuple[UseDraft, ...]
    position: str = ""
    episode_id: int = 0
    author_id: int = 0
    timed_minutes: int | None = None
    """As they were billed that day; offered in a tap, never filled in: a figure that is billed
    is said anew each day."""
    total_minutes: int | None = None
    instruments: Mapping[int, str] = field(default_factory=dict)
    lubricants: Mapping[int, str] = field(default_factory=dict)

    @property
    def minutes_in_words(self) -> str:
        """Return "timed 26, total 40 min", "" where neither was entered."""
        named = {"timed": self.timed_minutes, "total": self.total_minutes}
        said = ", ".join(f"{name} {n}" for name, n in named.items() if n is not None)
        return f"{said} min" if said else ""

    @property
    def in_words(self) -> str:
        """Return where was treated: "left calf, left plantar foot"."""
        return ", ".join(dict.fromkeys(place(use.site) for use in self.uses))


def repeated(use: UseDraft) -> UseDraft:
    """Return a row for a new session with the recipe of a past one, and nothing else of it."""
    return UseDraft(**{name: getattr(use, name) for name in RECIPE}, copied_from_id=use.id)


def origins(use: UseDraft, source: UseDraft | None) -> dict[str, Origin]:
    """Return where each value of a row came from; ``source`` is the row it was copied from.

    A value that differs from its source was entered, whatever was ticked, and so was one that
    was taken out. What is blank and was blank is not a value.
    """
    kept = Origin.CONFIRMED if use.is_confirmed else Origin.COPIED
    return {
        name: kept if source and getattr(use, name) == getattr(source, name) else Origin.ENTERED
        for name in RECIPE
        if _is_given(use, name) or (source is not None and _is_given(source, name))
    }


def clone_share(uses: Sequence[UseDraft], earlier: Sequence[PastTreatment]) -> Decimal | None:
    """Return the share of a recipe that is the same in every earlier note, 0 to 1.

    ``earlier`` are the author's last notes of the episode, the latest first; five are compared.
    None where they are fewer than three, or nothing is treated yet. Rows are matched by place.
    """
    compared = [_by_place(past_treatment.uses) for past_treatment in earlier[:NOTES_COMPARED]]
    values = [
        (where, name, getattr(use, name))
        for where, use in _by_place(uses).items()
        for name in SETTINGS
        if _is_given(use, name)
    ]
    if len(compared) < LEAST_NOTES or not values:
        return None
    same = sum(
        all(where in note and getattr(note[where], name) == value for note in compared)
        for where, name, value in values
    )
    return Decimal(same) / len(values)


def check_clone(uses: Sequence[UseDraft], earlier: Sequence[PastTreatment]) -> tuple[Finding, ...]:
    """Return a caution to the author whose recipe has hardly changed for several notes."""
    share = clone_share(uses, earlier)
    if share is None or share < LIKE_A_CLONE:
        return ()
    count = len(earlier[:NOTES_COMPARED])
    message = (
        f"{share:.0%} of this treatment is the same in your last {count} notes. "
        "See that it is what you do today: an auditor reads notes that are alike as cloned."
    )
    return (Finding(Level.CAUTION, message, "uses"),)


def _is_given(use: UseDraft, name: str) -> bool:
    return getattr(use, name) not in (None, "", (), 0)


def _by_place(uses: Sequence[UseDraft]) -> dict[tuple[Site, int], UseDraft]:
    """Return rows by place; the second row at one place is another than the first."""
    found: dict[tuple[Site, int], UseDraft] = {}
    for use in uses:
        nth = sum(site == use.site for site, _ in found)
        found[use.site, nth] = use
    return found
