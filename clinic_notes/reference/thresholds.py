"""Thresholds of a change in pain, function and scores (clinical.md 8 to 10)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clinic_notes.reference.catalogue import Entry, load


class ThresholdKind(StrEnum):
    """MCID: the smallest change that matters to a patient. MDC: the smallest beyond error.

    SEM: the standard error itself, smaller than an MDC, so no threshold for a change.
    """

    MCID = "mcid"
    MDC = "mdc"
    SEM = "sem"


@dataclass(frozen=True, kw_only=True)
class Threshold(Entry):
    """A published threshold. It is valid for its population, so it is shown with it.

    ``scale`` is the key of a pain scale or a measure. ``points`` (to ``points_high`` where a range
    is published) are of its own unit, ``percent`` (to ``percent_high``) is of the reading before.
    A blank one was not published.
    """

    scale: str
    kind: ThresholdKind
    population: str
    points: Decimal | None = None
    points_high: Decimal | None = None
    percent: Decimal | None = None
    percent_high: Decimal | None = None
    baseline_low: int | None = None
    baseline_high: int | None = None
    percent_from: int = 0
    """The least reading before of which a percentage says anything: 30 % of 1 is no change."""
    regions: tuple[str, ...] = ()
    """The regions whose patients were studied."""


thresholds = load("thresholds", Threshold)
