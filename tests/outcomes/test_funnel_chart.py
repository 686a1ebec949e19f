"""The funnel between therapists: who is outside the limits of chance, and no ranking."""

from collections import Counter

from clinic_notes.clinical.change import Response
from clinic_notes.outcomes.results.figures import Cell, rate_of
from clinic_notes.outcomes.results.funnel_chart import FunnelChart, funnel_chart
from clinic_notes.outcomes.statistics.intervals import wilson


def cell(label: str, responded: int, known: int) -> Cell:
    counts = Counter({Response.RESPONDED: responded, Response.NOT_RESPONDED: known - responded})
    return Cell(label, label, counts, rate_of(counts))


def drawn(*cells: Cell) -> FunnelChart:
    responded = sum(one.counts[Response.RESPONDED] for one in cells)
    chart = funnel_chart(cells, wilson(responded, sum(one.known for one in cells)))
    assert chart is not None
    return chart


def test_who_differs_beyond_chance_is_outside_and_the_others_are_not() -> None:
    chart = drawn(cell("Theo", 2, 60), cell("Maya", 56, 100), cell("Jonas", 54, 100))
    verdicts = {point.label: point.verdict for point in chart.points}
    assert verdicts["Theo"] == "outside the 99.8 % limits"
    assert verdicts["Jonas"].startswith(("within", "outside the 95 %"))
    theo = next(point for point in chart.points if point.label == "Theo")
    assert theo.is_outside
    assert theo.rate.value < theo.limits[0]


def test_they_stand_by_name_not_by_rate() -> None:
    chart = drawn(cell("Theo", 60, 100), cell("Maya", 50, 100), cell("Jonas", 55, 100))
    assert [point.label for point in chart.points] == ["Jonas", "Maya", "Theo"]
    assert not any(point.is_outside for point in chart.points)
    assert chart.phi is None


def test_ten_therapists_tell_how_much_they_differ_and_widen_the_limits() -> None:
    apart = [cell(f"Therapist {n:02}", 20 if n % 2 else 80, 100) for n in range(12)]
    chart = drawn(*apart)
    assert chart.phi is not None
    assert chart.phi > 1
    assert not any(point.verdict == "outside the 99.8 % limits" for point in chart.points)


def test_few_therapists_or_few_episodes_are_no_funnel() -> None:
    assert funnel_chart([cell("Maya", 50, 100), cell("Jo", 5, 9)], wilson(55, 109)) is None
