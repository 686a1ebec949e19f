"""What changed since another period, in sentences: told only where it is beyond chance."""

from typing import Any

import pytest

from clinic_notes.outcomes.results.sentences import MEAN, RATE, Periods, Sentence, sentence

MINUS = "\N{MINUS SIGN}"
STEADY = {(2025, month): (10, 20) for month in range(1, 13)}


def rate(now: tuple[int, int], before: tuple[int, int], months: Any = None) -> Sentence:
    return sentence("Relief", "episodes", RATE, Periods(now, before, months or {}, (2026, 1)))


def test_two_rates_that_chance_can_part_did_not_change() -> None:
    found = rate((52, 100), (48, 100))
    assert found.text.replace(MINUS, "-") == (
        "Relief: 52 % (42 to 62, n 100), after 48 % (38 to 58, n 100): "
        "no change beyond chance (+4 points, -10 to +17)."
    )
    assert not found.is_change


def test_a_difference_whose_interval_excludes_0_is_a_change() -> None:
    found = rate((70, 100), (48, 80))
    assert found.is_change is False
    found = rate((80, 100), (48, 80))
    assert "changed beyond chance (+20 points, +7 to +33)" in found.text
    assert found.is_change


def test_a_rule_that_fires_in_the_period_is_a_change_and_names_the_month() -> None:
    jagged = {month: (10 + month[1] % 2, 20) for month in STEADY}
    found = rate((121, 240), (126, 240), {**jagged, (2026, 1): (11, 20), (2026, 2): (2, 20)})
    assert found.is_change
    assert (
        "By month a rule fires: 2026-02, a point outside the process limits (n 20)." in found.text
    )


def test_neighbouring_months_at_which_the_same_rule_fires_are_one_stretch() -> None:
    jagged = {month: (10 + month[1] % 2, 20) for month in STEADY}
    low = {(2026, month): (9, 20) for month in range(1, 9)}
    text = rate((100, 200), (126, 240), {**jagged, **low}).text
    assert "By month a rule fires: 2026-01 to 2026-08, seven or more neighbours" in text
    assert text.count("seven or more") == 1
    assert "(n 160)" in text


def test_a_rule_that_fired_before_the_period_is_old_news() -> None:
    jagged = {month: (10 + month[1] % 2, 20) for month in STEADY} | {(2025, 6): (1, 20)}
    found = rate((121, 240), (126, 240), {**jagged, (2026, 1): (9, 20), (2026, 2): (10, 20)})
    assert not found.is_change


def test_small_months_and_a_short_baseline_fire_nothing() -> None:
    few = {(2025, 11): (5, 10), (2025, 12): (5, 10), (2026, 1): (0, 30)}
    assert not rate((50, 100), (50, 100), few).is_change
    small = {**STEADY, (2026, 1): (0, 9)}
    assert not rate((50, 100), (50, 100), small).is_change


def test_a_difference_that_rounds_to_0_has_no_sign() -> None:
    assert "(0 points, 0 to 0)" in rate((10_000, 10_000), (10_000, 10_000)).text


@pytest.mark.parametrize(("now", "before"), [((5, 9), (40, 80)), ((40, 80), (0, 0))])
def test_under_ten_in_either_period_nothing_is_compared(now, before) -> None:
    found = rate(now, before)
    assert f"hidden, {now[1]} episodes after {before[1]}" in found.text
    assert not found.is_change


def test_a_mean_has_its_n_and_interval_too() -> None:
    periods = Periods([-3.0, -2.0] * 20, [-2.0, -1.0] * 20, {}, (2026, 1))
    found = sentence("Pain", "episodes", MEAN, periods)
    assert found.text.replace(MINUS, "-") == (
        "Pain: -2.5 (-2.7 to -2.3, n 40), after -1.5 (-1.7 to -1.3, n 40): "
        "changed beyond chance (-1.0 points, -1.2 to -0.8)."
    )
