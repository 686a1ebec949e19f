"""How much pain changed: mean, distribution and effect sizes, from counted pairs."""

from statistics import fmean, median, stdev

import pytest

from clinic_notes.outcomes.results.pain_change import pain_change

PAIRS = [(8, 2), (8, 2), (7, 3), (7, 6), (6, 6), (6, 2), (5, 1), (5, 7), (9, 4), (4, 4), (8, 5)]


def test_the_change_is_that_of_the_pairs() -> None:
    counts = {pair: PAIRS.count(pair) for pair in PAIRS}
    found = pain_change(counts)
    assert found is not None
    changes = [last - first for first, last in PAIRS]
    assert found.n == len(PAIRS)
    assert found.change.value == pytest.approx(fmean(changes))
    assert found.change.low is not None
    assert found.change.low < fmean(changes) < (found.change.high or 0)
    assert found.spread.median == median(changes)
    by_formula = {effect.formula: effect.value for effect in found.effects}
    correction = 1 - 3 / (4 * (len(PAIRS) - 1) - 1)
    d_z = fmean(changes) / stdev(changes) * correction
    assert by_formula["d_z = mean change / SD of change"] == pytest.approx(d_z)


def test_the_box_is_drawn_on_the_scale_of_changes() -> None:
    found = pain_change({(10, 0): 5, (0, 10): 5})
    assert found is not None
    assert (found.plot.least, found.plot.most) == (found.plot.ticks[0][0], found.plot.ticks[-1][0])
    assert found.plot.median == found.plot.ticks[2][0]


def test_under_ten_pairs_are_hidden() -> None:
    assert pain_change({(8, 2): 9}) is None
