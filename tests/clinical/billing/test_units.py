"""Minutes into units: the rule of Medicare's claims manual, and the AMA's beside it.

MANUAL marks the examples of the Medicare Claims Processing Manual, chapter 5, 20.2.
"""

import pytest

from clinic_notes.clinical.billing import PayerRule, timed_units, units_by_code
from clinic_notes.reference.timed_codes import timed_codes

HANDS, EXERCISE, BALANCE, ACTIVITY, OTHER = "97140", "97110", "97112", "97530", "other"
GAIT, ULTRASOUND = "97116", "97035"


@pytest.mark.parametrize(
    ("minutes", "units"),
    [
        (0, 0), (1, 0), (7, 0), (8, 1), (15, 1), (22, 1), (23, 2), (30, 2), (37, 2), (38, 3),
        (52, 3), (53, 4), (67, 4), (68, 5), (82, 5), (83, 6), (97, 6), (98, 7), (112, 7), (113, 8),
        (127, 8), (128, 9), (-20, 0),
    ],
)  # fmt: skip
def test_so_many_minutes_are_so_many_units(minutes: int, units: int) -> None:
    assert timed_units(minutes) == units


@pytest.mark.parametrize(
    ("minutes", "cms"),
    [
        pytest.param({}, {}, id="nothing timed"),
        pytest.param({HANDS: 7}, {HANDS: 0}, id="7 minutes alone are none"),
        pytest.param({HANDS: 8}, {HANDS: 1}, id="8 minutes are one"),
        pytest.param({HANDS: 22}, {HANDS: 1}, id="22 minutes are one"),
        pytest.param({HANDS: 23}, {HANDS: 2}, id="23 minutes are two"),
        pytest.param({HANDS: 37}, {HANDS: 2}, id="37 minutes are two"),
        pytest.param({HANDS: 38}, {HANDS: 3}, id="38 minutes are three"),
        pytest.param(
            {BALANCE: 24, EXERCISE: 23}, {BALANCE: 2, EXERCISE: 1}, id="MANUAL: 24 and 23"
        ),
        pytest.param(
            {BALANCE: 20, EXERCISE: 20}, {BALANCE: 2, EXERCISE: 1}, id="MANUAL: 20 and 20, either"
        ),
        pytest.param({EXERCISE: 33, HANDS: 7}, {EXERCISE: 2, HANDS: 1}, id="MANUAL: 33 and 7"),
        pytest.param(
            {EXERCISE: 18, HANDS: 13, GAIT: 10, ULTRASOUND: 8},
            {EXERCISE: 1, HANDS: 1, GAIT: 1, ULTRASOUND: 0},
            id="MANUAL: 18, 13, 10 and 8 are three units",
        ),
        pytest.param(
            {BALANCE: 7, EXERCISE: 7, HANDS: 7},
            {BALANCE: 1, EXERCISE: 0, HANDS: 0},
            id="MANUAL: three sevens are one unit of any",
        ),
        pytest.param(
            {EXERCISE: 25, HANDS: 15, BALANCE: 10},
            {EXERCISE: 2, HANDS: 1, BALANCE: 0},
            id="25, 15 and 10: an even remainder goes to the longer service",
        ),
        pytest.param({EXERCISE: 7, HANDS: 7}, {EXERCISE: 1, HANDS: 0}, id="two sevens are one"),
        pytest.param({EXERCISE: 5, HANDS: 3}, {EXERCISE: 1, HANDS: 0}, id="5 and 3 make 8"),
        pytest.param({EXERCISE: 3, HANDS: 5}, {EXERCISE: 0, HANDS: 1}, id="3 and 5: the longer"),
        pytest.param({EXERCISE: 4, HANDS: 3}, {EXERCISE: 0, HANDS: 0}, id="4 and 3 are 7: none"),
        pytest.param({EXERCISE: 8, HANDS: 8}, {EXERCISE: 1, HANDS: 0}, id="two eights are 16: one"),
        pytest.param({EXERCISE: 11, HANDS: 11}, {EXERCISE: 1, HANDS: 0}, id="22 together: one"),
        pytest.param({EXERCISE: 12, HANDS: 11}, {EXERCISE: 1, HANDS: 1}, id="23 together: two"),
        pytest.param({EXERCISE: 15, HANDS: 7}, {EXERCISE: 1, HANDS: 0}, id="15 and 7 are 22: one"),
        pytest.param({EXERCISE: 15, HANDS: 8}, {EXERCISE: 1, HANDS: 1}, id="15 and 8 are 23: two"),
        pytest.param({EXERCISE: 16, HANDS: 7}, {EXERCISE: 1, HANDS: 1}, id="16 and 7: 7 beats 1"),
        pytest.param({EXERCISE: 22, HANDS: 1}, {EXERCISE: 2, HANDS: 0}, id="22 and 1: 7 beats 1"),
        pytest.param({EXERCISE: 22, HANDS: 7}, {EXERCISE: 2, HANDS: 0}, id="22 and 7: 29 are two"),
        pytest.param({HANDS: 7, EXERCISE: 22}, {HANDS: 0, EXERCISE: 2}, id="the other way round"),
        pytest.param({EXERCISE: 23, HANDS: 22}, {EXERCISE: 2, HANDS: 1}, id="23 and 22 are three"),
        pytest.param({EXERCISE: 30, HANDS: 7}, {EXERCISE: 2, HANDS: 0}, id="30 and 7 are 37: two"),
        pytest.param({EXERCISE: 30, HANDS: 8}, {EXERCISE: 2, HANDS: 1}, id="30 and 8 are three"),
        pytest.param({EXERCISE: 29, HANDS: 5}, {EXERCISE: 2, HANDS: 0}, id="29 and 5: 14 beats 5"),
        pytest.param({EXERCISE: 15, HANDS: 15}, {EXERCISE: 1, HANDS: 1}, id="no remainder"),
        pytest.param({EXERCISE: 0, HANDS: 20}, {EXERCISE: 0, HANDS: 1}, id="a service not given"),
        pytest.param(
            {HANDS: 14, EXERCISE: 14, BALANCE: 14},
            {HANDS: 1, EXERCISE: 1, BALANCE: 1},
            id="three fourteens are 42: three",
        ),
        pytest.param(
            {HANDS: 9, EXERCISE: 8, BALANCE: 6},
            {HANDS: 1, EXERCISE: 1, BALANCE: 0},
            id="9, 8 and 6 are 23: the two longest",
        ),
        pytest.param(
            {HANDS: 20, EXERCISE: 18, ACTIVITY: 15, OTHER: 7},
            {HANDS: 1, EXERCISE: 1, ACTIVITY: 1, OTHER: 1},
            id="20, 18, 15 and 7 are 60: the fourth is the 7",
        ),
        pytest.param(
            {HANDS: 10, EXERCISE: 10, BALANCE: 10, ACTIVITY: 10, OTHER: 10},
            {HANDS: 1, EXERCISE: 1, BALANCE: 1, ACTIVITY: 0, OTHER: 0},
            id="five tens are 50: three units, in the order given",
        ),
        pytest.param(
            {HANDS: 68, EXERCISE: 45}, {HANDS: 5, EXERCISE: 3}, id="two hours: 113 are eight"
        ),
    ],
)  # fmt: skip
def test_units_of_each_code_by_the_manual(minutes: dict[str, int], cms: dict[str, int]) -> None:
    assert units_by_code(minutes, PayerRule.CMS) == cms
    assert sum(cms.values()) == timed_units(sum(minutes.values()))


@pytest.mark.parametrize(
    ("minutes", "ama"),
    [
        pytest.param({EXERCISE: 33, HANDS: 7}, {EXERCISE: 2, HANDS: 0}, id="7 are not half"),
        pytest.param({EXERCISE: 25, BALANCE: 10}, {EXERCISE: 2, BALANCE: 1}, id="each by itself"),
        pytest.param({EXERCISE: 8, HANDS: 8}, {EXERCISE: 1, HANDS: 1}, id="two eights are two"),
        pytest.param({EXERCISE: 7, HANDS: 7}, {EXERCISE: 0, HANDS: 0}, id="two sevens are none"),
        pytest.param({}, {}, id="nothing timed"),
    ],
)
def test_units_of_each_code_by_the_midpoint(minutes: dict[str, int], ama: dict[str, int]) -> None:
    assert units_by_code(minutes, PayerRule.AMA) == ama


def test_every_whole_quarter_of_an_hour_counts_for_its_own_code() -> None:
    for hands in range(60):
        for exercise in range(60):
            units = units_by_code({HANDS: hands, EXERCISE: exercise}, PayerRule.CMS)
            assert units[HANDS] >= hands // 15
            assert units[EXERCISE] >= exercise // 15
            assert sum(units.values()) == timed_units(hands + exercise)


def test_the_rules_have_names_that_can_be_stored() -> None:
    assert [rule.value for rule in PayerRule] == ["cms", "ama"]


def test_the_codes_are_offered_by_number_with_labels_of_our_own() -> None:
    assert [code.key for code in timed_codes] == [
        HANDS,
        EXERCISE,
        BALANCE,
        ACTIVITY,
        OTHER,
        "untimed",
    ]
    assert timed_codes.label(HANDS) == "Hands-on treatment"
