"""Degrees and linear tests: limits that hold, norms inside them, signs in words."""

from decimal import Decimal
from itertools import groupby

import pytest

from clinic_notes.reference.measures import Measure, measures
from clinic_notes.reference.movements import (
    Movement,
    devices,
    errors,
    joint_positions,
    movements,
    movements_for,
)
from clinic_notes.reference.regions import regions


@pytest.mark.parametrize("movement", movements, ids=lambda movement: movement.key)
def test_a_movement_is_sound(movement: Movement) -> None:
    assert movement.hard_min < movement.hard_max
    assert movement.norms
    assert movement.tool in devices
    assert all(position in joint_positions for position in movement.positions)
    for norm in movement.norms:
        assert movement.hard_min <= norm.low <= norm.high <= movement.hard_max
        assert norm.authority
        assert norm.source


@pytest.mark.parametrize("movement", movements, ids=lambda movement: movement.key)
def test_a_sign_is_explained_wherever_a_reading_may_be_negative(movement: Movement) -> None:
    assert movement.sign_convention
    assert ("Negative" in movement.sign_convention) == (movement.hard_min < 0)


@pytest.mark.parametrize("region", regions, ids=lambda region: region.key)
def test_a_region_asks_for_movements_that_exist(region) -> None:
    assert [movement.key for movement in movements_for([region.key])] == list(region.movements)
    assert all(region.key in movements[key].regions for key in region.movements)
    assert region.movements or region.key == "scar"


def test_the_most_useful_movement_comes_first_and_none_twice() -> None:
    keys = [movement.key for movement in movements_for(["foot_plantar", "calf"])]
    assert keys == [
        "ankle_dorsiflexion",
        "toe1_extension",
        "toe1_flexion",
        "ankle_plantarflexion",
        "knee_extension",
    ]


def test_no_region_or_an_unknown_one_asks_for_no_movement() -> None:
    assert movements_for([]) == ()
    assert movements_for(["left_wing"]) == ()


@pytest.mark.parametrize(
    ("key", "degrees"),
    [
        pytest.param("wrist_flexion", Decimal("104"), id="30 % above the highest norm"),
        pytest.param("shoulder_flexion", Decimal(200), id="never above the hard limit"),
        pytest.param("elbow_extension", None, id="none where the norm is 0"),
        pytest.param("knee_extension", Decimal(13), id="hyperextension to 10 is a norm"),
    ],
)
def test_the_soft_limit_asks_again(key: str, degrees: Decimal | None) -> None:
    assert movements[key].soft_max() == degrees


@pytest.mark.parametrize(
    ("key", "authority", "text"),
    [
        pytest.param("shoulder_flexion", "AAOS", "180", id="one figure"),
        pytest.param("cervical_flexion", "AMA", "50 to 60", id="a range"),
        pytest.param("shoulder_flexion", "AMA", "180 or more", id="a least value"),
    ],
)
def test_a_norm_reads_as_the_authority_gives_it(key: str, authority: str, text: str) -> None:
    (norm,) = [norm for norm in movements[key].norms if norm.authority == authority]
    assert norm.text == text


@pytest.mark.parametrize("key", ["knee_extension", "elbow_extension"])
def test_extension_counts_a_lag_as_negative(key: str) -> None:
    assert movements[key].sign_convention == (
        "0 is straight. Negative: cannot reach straight (lag). Positive: hyperextension."
    )


@pytest.mark.parametrize(
    ("movement", "positions"),
    [
        ("ankle_dorsiflexion", {"knee_straight", "knee_bent"}),
        ("wrist_flexion", {"elbow_straight", "elbow_bent"}),
    ],
)
def test_a_neighbouring_joint_is_recorded_where_it_matters(
    movement: str, positions: set[str]
) -> None:
    assert set(movements[movement].positions) == positions


def test_measurement_errors_are_about_what_exists() -> None:
    for error in errors:
        assert all(key in movements for key in error.movements)
        assert all(key in measures for key in error.measures)
        assert 0 < error.low <= error.high
        assert error.device in devices or not error.device


def test_a_study_is_about_motion_force_or_a_test_in_its_own_unit() -> None:
    for error in errors:
        own = {measures[key].unit.replace("°", "degrees") for key in error.measures}
        assert {error.unit} == (own or {error.unit} & {"degrees", "N"})


def test_without_a_study_two_raters_differ_by_more_than_one() -> None:
    assert errors["default_same_rater"].high == 5
    assert errors["default_two_raters"].high == 10


@pytest.mark.parametrize("measure", measures, ids=lambda measure: measure.key)
def test_a_measure_is_sound(measure: Measure) -> None:
    assert measure.minimum < measure.maximum
    assert 0 <= measure.decimals <= 2
    assert measure.group
    assert measure.needs_detail == bool(measure.detail_prompt)
    if measure.minimum < 0:
        assert "Negative" in measure.sign_convention


def test_measures_of_one_group_stand_together() -> None:
    headings = [group for group, _ in groupby(measures, key=lambda measure: measure.group)]
    assert len(headings) == len(set(headings))


@pytest.mark.parametrize(
    ("key", "better"),
    [
        ("prtee", "lower"),
        ("lefs", "higher"),
        ("psfs", "higher"),
        ("aket_deg", "lower"),
        ("apley_cm", "lower"),
        ("wblt_cm", "higher"),
        ("girth_cm", "none"),
    ],
)
def test_the_better_direction_is_the_published_one(key: str, better: str) -> None:
    assert measures[key].better == better
