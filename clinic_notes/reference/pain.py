"""Pain ratings: contexts, scales, and thresholds of a change (clinical.md 8)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clinic_notes.reference.catalogue import Entry, load


@dataclass(frozen=True, kw_only=True)
class PainContext(Entry):
    """The situation in which pain is rated; contexts are never averaged."""

    detail_prompt: str = ""


@dataclass(frozen=True, kw_only=True)
class PainScale(Entry):
    """A way of rating pain, with its range and unit."""

    unit: str
    minimum: int
    maximum: int
    rules: str


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

    ``points`` (to ``points_high`` where a range is published) are of the scale's own unit,
    ``percent`` (to ``percent_high``) is of the reading before. A blank one was not published.
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


pain_contexts = load("pain_contexts.toml", PainContext)
pain_scales = load("pain_scales.toml", PainScale)
thresholds = load("thresholds.toml", Threshold)
