"""Minutes into units, by the table and the examples of clinical.md 12.3."""

import pytest

from clinic_notes.clinical.billing import PayerRule, timed_units, units_by_code


@pytest.mark.parametrize(
    ("minutes", "units"),
    [
        (0, 0), (7, 0), (8, 1), (22, 1), (23, 2), (37, 2), (38, 3), (52, 3), (53, 4), (67, 4),
        (68, 5), (82, 5), (83, 6), (-20, 0),
    ],
)  # fmt: skip
def test_so_many_minutes_are_so_many_units(minutes: int, units: int) -> None:
    assert timed_units(minutes) == units


@pytest.mark.parametrize(
    ("minutes", "cms", "ama"),
    [
        pytest.param(
            {"97110": 33, "97140": 7},
            {"97110": 2, "97140": 1},
            {"97110": 2, "97140": 0},
            id="40 minutes: the third unit goes to the larger remainder",
        ),
        pytest.param(
            {"97110": 25, "97140": 15, "97112": 10},
            {"97110": 2, "97140": 1, "97112": 0},
            {"97110": 2, "97140": 1, "97112": 1},
            id="50 minutes are 3 units by CMS; an even remainder goes to the longer service",
        ),
        pytest.param(
            {"97140": 7}, {"97140": 0}, {"97140": 0}, id="less than 8 minutes are no unit"
        ),
        pytest.param(
            {"97110": 7, "97140": 7},
            {"97110": 1, "97140": 0},
            {"97110": 0, "97140": 0},
            id="two sevens are one unit together",
        ),
        pytest.param({}, {}, {}, id="nothing timed"),
    ],
)
def test_units_of_each_code(
    minutes: dict[str, int], cms: dict[str, int], ama: dict[str, int]
) -> None:
    assert units_by_code(minutes, PayerRule.CMS) == cms
    assert units_by_code(minutes, PayerRule.AMA) == ama
