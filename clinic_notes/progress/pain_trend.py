"""Pain in one context over the sessions of an episode."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clinic_notes.clinical.drafts import Measured, PainDraft
from clinic_notes.clinical.readings import marked_text, reading_text
from clinic_notes.clinical.spelling.normal_form import letters_only
from clinic_notes.clinical.wording import number_text
from clinic_notes.progress.points import Point
from clinic_notes.reference.pain import pain_contexts
from clinic_notes.reference.terms import ReadingState


@dataclass(frozen=True)
class Rating:
    """A pain rating of one session, before and after treatment."""

    visit_id: int
    served_on: date
    context: str
    detail: str
    before: Measured
    after: Measured
    corrected: frozenset[str] = frozenset()
    """Which of the two an addendum corrected."""


@dataclass(frozen=True)
class PainTrend:
    """The points of one context, the earliest first. ``name`` is its key in an address."""

    name: str
    context: str
    detail: str
    points: tuple[Point, ...]

    @property
    def row(self) -> PainDraft:
        """Return a row that measures the same, without a reading."""
        return PainDraft(self.context, self.detail)

    @property
    def label(self) -> str:
        """Return "Pain with movement (gripping)"."""
        label = pain_contexts.label(self.context)
        return f"{label} ({self.detail})" if self.detail else label

    @property
    def measured(self) -> tuple[Point, ...]:
        """Return the points from the first to the last that has a number."""
        numbered = [n for n, point in enumerate(self.points) if point.has_number]
        return self.points[numbered[0] : numbered[-1] + 1] if numbered else ()

    @property
    def information(self) -> tuple[int, int, bool]:
        """Return how much it shows, to compare trends: pairs, readings, a specific context."""
        ends = [(point.before is not None, point.after is not None) for point in self.points]
        pairs = sum(before and after for before, after in ends)
        return pairs, sum(before + after for before, after in ends), self.context != "now"


def pain_trends(
    ratings: Iterable[Rating], sessions: Sequence[tuple[int, date]]
) -> tuple[PainTrend, ...]:
    """Return a trend for each context that has a number, in the order of the catalogue.

    ``sessions`` are (visit, day), the earliest first. A session without a rating is a gap.
    """
    found: dict[tuple[str, str], dict[int, Rating]] = {}
    spelled: dict[tuple[str, str], str] = {}
    for rating in ratings:
        key = rating.context, letters_only(rating.detail)
        spelled.setdefault(key, rating.detail.strip())
        found.setdefault(key, {})[rating.visit_id] = rating
    order = [context.key for context in pain_contexts]
    seen: Counter[str] = Counter()
    made = []
    for key in sorted(found, key=lambda key: (order.index(key[0]), key[1])):
        context = key[0]
        seen[context] += 1
        name = context if seen[context] == 1 else f"{context}-{seen[context]}"
        points = tuple(_point(found[key].get(visit_id), on) for visit_id, on in sessions)
        made.append(PainTrend(name, context, spelled[key], points))
    return tuple(trend for trend in made if trend.measured)


def choose_trend(trends: Sequence[PainTrend], name: str) -> PainTrend | None:
    """Return the trend of that name; else the one with most pairs, None where there is none.

    Among equals the one with more readings wins, then a specific context over "now".
    """
    named = [trend for trend in trends if trend.name == name]
    return next(iter(named), None) or max(trends, key=lambda trend: trend.information, default=None)


def trend_text(trend: PainTrend) -> str:
    """Return the trend in words, as the text alternative of the chart."""
    points = trend.measured
    parts = [
        f"{name} treatment {_from_to([value for value in values if value is not None])}"
        for name, values in (
            ("before", [point.before for point in points]),
            ("after", [point.after for point in points]),
        )
        if any(value is not None for value in values)
    ]
    count = f"{len(points)} session{'' if len(points) == 1 else 's'}"
    return f"{trend.label}, 0 to 10, over {count}: {'; '.join(parts)}."


def _from_to(values: Sequence[Decimal]) -> str:
    first, last = number_text(values[0]), number_text(values[-1])
    if len(values) == 1:
        return first
    lowest, highest = number_text(min(values)), number_text(max(values))
    return f"from {first} to {last}, between {lowest} and {highest}"


def _point(rating: Rating | None, on: date) -> Point:
    if rating is None:
        return Point(on, None, None, "", "")
    before, after = rating.before, rating.after
    return Point(
        on,
        _number(before),
        _number(after),
        marked_text(
            reading_text(before),
            is_corrected="before" in rating.corrected,
            by_patient=before.by_patient,
        ),
        marked_text(reading_text(after), is_corrected="after" in rating.corrected),
    )


def _number(end: Measured) -> Decimal | None:
    return end.number if end.state is ReadingState.MEASURED else None
