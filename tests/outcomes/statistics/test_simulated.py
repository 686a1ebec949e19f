"""What intervals and funnels promise, in simulated clinics (`make simulations` runs 10,000)."""

import os

import numpy as np
import pytest

from clinic_notes.outcomes.statistics import funnel
from clinic_notes.outcomes.statistics.intervals import mean_interval, wilson

RUNS = int(os.environ.get("CLINIC_NOTES_SIMULATIONS", "2000"))


@pytest.fixture
def random() -> np.random.Generator:
    return np.random.default_rng(12)


@pytest.mark.parametrize("rate", [0.2, 0.5, 0.7])
def test_a_wilson_interval_covers_in_93_to_97_of_100_clinics(random, rate: float) -> None:
    n = random.integers(20, 300, RUNS)
    found = [wilson(int(random.binomial(one, rate)), int(one)) for one in n]
    covered = np.mean([one.low <= rate <= one.high for one in found])
    assert 0.93 <= covered <= 0.97


def test_a_t_interval_covers_in_93_to_97_of_100_clinics(random) -> None:
    found = [
        mean_interval(random.normal(-2, 2.5, int(random.integers(10, 80))).tolist())
        for _ in range(RUNS)
    ]
    covered = np.mean([one.low <= -2 <= one.high for one in found])
    assert 0.93 <= covered <= 0.97


def test_a_funnel_flags_5_and_0_2_of_100_therapists_who_do_not_differ(random) -> None:
    n = random.integers(60, 400, RUNS)
    rates = random.binomial(n, 0.55) / n
    for level, low, high in ((0.95, 0.035, 0.065), (0.998, 0.0, 0.006)):
        limits = [funnel.band(0.55, int(one), level) for one in n]
        flagged = np.mean(
            [not band.lower <= rate <= band.upper for rate, band in zip(rates, limits, strict=True)]
        )
        assert low <= flagged <= high


def test_a_widened_funnel_flags_few_of_therapists_who_differ(random) -> None:
    n = random.integers(60, 400, RUNS)
    own = np.clip(random.normal(0.55, 0.08, RUNS), 0.01, 0.99)
    counts = [(int(random.binomial(one, rate)), int(one)) for one, rate in zip(n, own, strict=True)]
    found = funnel.dispersion(counts)
    assert found is not None
    outside = []
    for successes, one in counts:
        band = funnel.band(0.55, one, 0.95, found.tau)
        outside.append(not band.lower <= successes / one <= band.upper)
    # Winsorised z lose some of the spread, so a little more than 5 % stays outside.
    assert 0.03 <= np.mean(outside) <= 0.12
