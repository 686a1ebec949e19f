"""The figures of the results: rates with n and interval, small cells hidden with the reason."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clinic_notes.clinical.change import Response
from clinic_notes.outcomes.results.dimensions import Dimension
from clinic_notes.outcomes.statistics.intervals import Estimate, wilson
from clinic_notes.outcomes.statistics.pooling import pooled_rates

FEWEST = 10
"""Cells under this are hidden (anchors of the field)."""


@dataclass(frozen=True)
class Cell:
    """The responders of one value of a split."""

    value: Any
    label: str
    counts: Counter[Response]
    rate: Estimate | None
    """None where too few are known."""
    pooled: float | None = None
    """Its rate drawn toward the clinic's (empirical Bayes)."""

    @property
    def known(self) -> int:
        """Return how many episodes responded or did not."""
        return _known(self.counts)

    @property
    def why_hidden(self) -> str:
        """Return why no rate is shown."""
        noun = "episode" if self.known == 1 else "episodes"
        return "" if self.rate else f"{self.known} {noun}, fewer than {FEWEST}"


def cells(found: Mapping[Any, Counter[Response]], dimension: Dimension) -> list[Cell]:
    """Return the cells of a split: in its own order, else the most known first."""
    label = dimension.labels()
    order = {value: number for number, value in enumerate(dimension.order)}
    values = sorted(
        found,
        key=lambda value: (order.get(str(value), len(order)), -_known(found[value]), label(value)),
    )
    shown = [value for value in values if _known(found[value]) >= FEWEST]
    counts = [(found[v][Response.RESPONDED], _known(found[v])) for v in shown]
    pooled = dict(zip(shown, pooled_rates(counts).values, strict=True)) if counts else {}
    return [
        Cell(value, label(value), found[value], rate_of(found[value]), pooled.get(value))
        for value in values
    ]


def rate_of(counts: Counter[Response]) -> Estimate | None:
    """Return the share of responders among those known; None where they are too few."""
    known = _known(counts)
    return wilson(counts[Response.RESPONDED], known) if known >= FEWEST else None


def share(part: int, whole: int) -> Estimate | None:
    """Return a share with its interval; None where the whole is too small."""
    return wilson(part, whole) if whole >= FEWEST else None


def _known(counts: Counter[Response]) -> int:
    return counts[Response.RESPONDED] + counts[Response.NOT_RESPONDED]
