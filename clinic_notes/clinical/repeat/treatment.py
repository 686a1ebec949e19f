"""A treatment repeated from an earlier session: what may be copied.

What the therapist decides before treating may be copied: site, instrument, stroke, pressure,
minutes. What is found (a reading, a response, an answer) never is. Medicare contractors call
notes that are "exactly alike or similar" cloned, so each value keeps where it came from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clinic_notes.clinical.drafts import Site, UseDraft
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.wording import site_text

SITE = ("region", "side")
SETTINGS = (
    "instrument_id", "tissues", "stroke", "direction", "angle_degrees", "pressure", "minutes",
    "motion", "lubricant_id",
)  # fmt: skip
REPEATED = (*SITE, *SETTINGS)
"""The fields of a treatment row that are copied. Force and discomfort are measured, and a remark
is free text: these are not."""

NOTES_COMPARED = 5
"""The author's latest notes of the episode that are compared."""
LEAST_NOTES = 3
"""Notes needed for a comparison: fewer show no habit."""
LIKE_A_CLONE = Decimal("0.9")
"""Share of a treatment that is the same in every note compared, from which the author is warned."""


class Origin(StrEnum):
    """Where a value of a treatment row came from."""

    ENTERED = "entered"
    COPIED = "copied"
    CONFIRMED = "confirmed"
    """Copied, and confirmed as what was done today."""


@dataclass(frozen=True)
class PastTreatment:
    """The treatment of an earlier signed session."""

    visit_id: int
    served_on: date
    uses: tuple[UseDraft, ...]
    position: str = ""
    episode_id: int = 0
    author_id: int = 0
    timed_minutes: int | None = None
    """The minutes billed that day. They are offered in one tap and never filled in: a billed
    figure is entered anew for each session."""
    total_minutes: int | None = None
    instruments: Mapping[int, str] = field(default_factory=dict)
    """The instruments' names as they are today, by id."""
    lubricants: Mapping[int, str] = field(default_factory=dict)
    """The lubricants' names as they are today, by id."""

    @property
    def minutes_in_words(self) -> str:
        """Return "timed 26, total 40 min", "" where neither was entered."""
        named = {"timed": self.timed_minutes, "total": self.total_minutes}
        minutes = ", ".join(f"{name} {n}" for name, n in named.items() if n is not None)
        return f"{minutes} min" if minutes else ""

    @property
    def in_words(self) -> str:
        """Return the sites: "left calf, left plantar foot"."""
        return ", ".join(dict.fromkeys(site_text(use.site) for use in self.uses))


def repeated(use: UseDraft) -> UseDraft:
    """Return a row for a new session with the copied fields of a past row, and no others."""
    return UseDraft(**{name: getattr(use, name) for name in REPEATED}, copied_from_id=use.id)


def origins(use: UseDraft, source: UseDraft | None) -> dict[str, Origin]:
    """Return where each value of a row came from; ``source`` is the row it was copied from.

    A value that differs from the source was entered, even where the row is confirmed, and so was
    one that was removed. A field blank in both has no origin.
    """
    same = Origin.CONFIRMED if use.is_confirmed else Origin.COPIED
    return {
        name: same if source and getattr(use, name) == getattr(source, name) else Origin.ENTERED
        for name in REPEATED
        if _is_given(use, name) or (source is not None and _is_given(source, name))
    }


def clone_share(uses: Sequence[UseDraft], earlier: Sequence[PastTreatment]) -> Decimal | None:
    """Return the share of a treatment that is the same in every earlier note, 0 to 1.

    ``earlier`` are the author's notes of the episode, the latest first; five are compared. None
    where they are fewer than three, or nothing is treated yet. Rows are matched by site.
    """
    compared = [_by_site(past_treatment.uses) for past_treatment in earlier[:NOTES_COMPARED]]
    values = [
        (where, name, getattr(use, name))
        for where, use in _by_site(uses).items()
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
    """Return a caution to the author whose treatment has hardly changed for several notes.

    ``earlier`` is as for ``clone_share``.
    """
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


def _by_site(uses: Sequence[UseDraft]) -> dict[tuple[Site, int], UseDraft]:
    """Return rows by (site, n), where n counts the rows at one site."""
    found: dict[tuple[Site, int], UseDraft] = {}
    for use in uses:
        nth = sum(site == use.site for site, _ in found)
        found[use.site, nth] = use
    return found
