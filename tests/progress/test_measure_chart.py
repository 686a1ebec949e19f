"""The chart of one measured thing: where its readings stand, and what they are judged by."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_notes.clinical.change import Row, SessionRow
from clinic_notes.clinical.drafts import BLANK, Measured, MeasureDraft, PainDraft, RomDraft
from clinic_notes.progress.changes import changes_of
from clinic_notes.progress.measure_chart import (
    BOTTOM,
    LEFT,
    RIGHT,
    TOP,
    MeasureChart,
    measure_charts,
)
from clinic_notes.progress.scale import round_ticks
from clinic_notes.progress.targets import Target
from clinic_notes.reference.terms import Mode, ReadingState, Side
from tests.drafts import measured

MARCH = date(2026, 3, 4)
MAYA, JONAS = 1, 2
KNEE = RomDraft(
    "knee_flexion", Side.LEFT, Mode.ACTIVE, "", "goniometer", measured(98), measured(104)
)


def knee(before: Measured, after: Measured = BLANK) -> RomDraft:
    return replace(KNEE, before=before, after=after)


def charts_of(*rows: Row, raters: tuple[int, ...] = (), apart: int = 7) -> list[MeasureChart]:
    by = raters or (MAYA,) * len(rows)
    sessions = [
        SessionRow(row, MARCH + timedelta(days=apart * number), rater=rater)
        for number, (row, rater) in enumerate(zip(rows, by, strict=True))
    ]
    return measure_charts(changes_of(sessions, "anterior_knee").lines)


def test_the_band_is_the_error_around_the_first_reading() -> None:
    [chart] = charts_of(knee(measured(98)), knee(measured(112)))
    first, last = chart.before.marks
    assert chart.band is not None
    assert chart.band.text == "within measurement error of the start"
    assert chart.band.y < first.y < chart.band.y + chart.band.height
    assert first.y == pytest.approx(chart.band.y + chart.band.height / 2, abs=0.1)
    assert last.y < first.y


def test_two_therapists_have_a_wider_band_and_hollow_marks() -> None:
    [same] = charts_of(knee(measured(98)), knee(measured(112)))
    [other] = charts_of(knee(measured(98)), knee(measured(112)), raters=(MAYA, JONAS))
    assert same.band is not None
    assert other.band is not None
    assert other.band.height > same.band.height
    assert [mark.is_other for mark in other.before.marks] == [False, True]
    assert [point.is_other for point in other.points] == [False, True]
    assert (same.has_other, other.has_other) == (False, True)


@pytest.mark.parametrize(
    ("goal", "is_drawn"),
    [
        pytest.param(KNEE, True, id="what the goal measures"),
        pytest.param(replace(KNEE, mode=Mode.PASSIVE), False, id="passive, the goal is active"),
        pytest.param(replace(KNEE, side=Side.RIGHT), False, id="the other side"),
    ],
)
def test_a_goal_is_a_line_on_the_chart_of_what_it_measures(goal: RomDraft, is_drawn: bool) -> None:
    sessions = [SessionRow(knee(measured(98 + nth)), MARCH + timedelta(7 * nth)) for nth in (0, 1)]
    target = Target(goal, Decimal(125), "goal: 125° or more")
    [chart] = measure_charts(changes_of(sessions, "anterior_knee").lines, [target])
    assert (chart.goal is not None) == is_drawn
    if chart.goal is not None:
        assert chart.goal.text == "goal: 125° or more"
        assert TOP <= chart.goal.y < min(mark.y for mark in chart.before.marks)


def test_another_device_is_hollow_and_has_no_band() -> None:
    other = replace(knee(measured(112)), device="inclinometer")
    [chart] = charts_of(knee(measured(98)), other)
    assert [mark.is_other for mark in chart.before.marks] == [False, True]
    assert chart.band is None


def test_the_table_has_the_same_readings_with_what_stood_beside_them() -> None:
    painful = Measured(ReadingState.PAIN_LIMITED, Decimal(90))
    [chart] = charts_of(knee(measured(98), measured(104)), knee(painful), knee(measured(112)))
    assert [(point.before_text, point.after_text) for point in chart.points] == [
        ("98°", "104°"),
        ("90° (limited by pain)", ""),
        ("112°", ""),
    ]
    assert [len(points.split()) for points in chart.before.lines] == [3]
    assert len(chart.stems) == 1


def test_a_norm_is_drawn_where_it_does_not_flatten_the_readings() -> None:
    [near] = charts_of(knee(measured(120)), knee(measured(128)))
    [far] = charts_of(knee(measured(20)), knee(measured(25)))
    assert near.norm is not None
    assert near.norm.text.startswith("usual ")
    assert far.norm is None


def test_pain_and_what_was_measured_once_have_no_chart_here() -> None:
    pain = PainDraft("now", before=measured(5))
    change = MeasureDraft("groc", before=measured(3))
    assert charts_of(pain, replace(pain, before=measured(2))) == []
    assert charts_of(knee(measured(98))) == []
    assert charts_of(change, change) == []


def test_the_chart_is_said_in_a_sentence() -> None:
    [chart] = charts_of(knee(measured(98)), knee(measured(101)))
    assert chart.description.startswith(
        "Before treatment from 98° to 101° in 2 sessions: within measurement error, less than "
    )


@given(
    st.lists(st.integers(0, 150), min_size=2, max_size=30),
    st.lists(st.sampled_from((MAYA, JONAS)), min_size=30, max_size=30),
)
def test_every_mark_and_label_stands_inside_the_plot(numbers: list[int], by: list[int]) -> None:
    rows = [knee(measured(number), measured(min(150, number + 5))) for number in numbers]
    [chart] = charts_of(*rows, raters=tuple(by[: len(rows)]))
    for mark in (*chart.before.marks, *chart.after.marks):
        assert LEFT <= mark.x <= RIGHT
        assert TOP <= mark.y <= BOTTOM
    if chart.band is not None:
        assert chart.band.y >= TOP
        assert chart.band.y + chart.band.height <= BOTTOM + 0.1
    assert [point.before_text for point in chart.points] == [f"{number}°" for number in numbers]


@given(st.floats(-500, 500), st.floats(0.5, 800))
def test_ticks_are_round_few_and_enclose_the_readings(low: float, width: float) -> None:
    ticks = round_ticks(low, low + width)
    assert 2 <= len(ticks) <= 6
    assert ticks[0] <= low + 1e-6
    assert ticks[-1] >= low + width - 1e-6
    steps = {round(b - a, 6) for a, b in pairwise(ticks)}
    assert len(steps) == 1
