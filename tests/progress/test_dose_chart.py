"""What was given in an episode and what happened meanwhile, on one axis of days."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from clinic_notes.progress.dose_chart import (
    LEFT,
    MINUTES_BOTTOM,
    MINUTES_TOP,
    MOST,
    PRESSURE_BOTTOM,
    PRESSURE_TOP,
    RIGHT,
    Dose,
    Happening,
    dose_chart,
)
from clinic_notes.reference.terms import Pressure

MARCH = date(2026, 3, 4)


def dose(days: int, minutes: int, pressure: Pressure | None = None, skin: str = "none") -> Dose:
    return Dose(MARCH + timedelta(days), Decimal(minutes), pressure, skin)


def test_the_higher_the_bar_and_the_mark_the_more_was_given() -> None:
    chart = dose_chart([dose(0, 4, Pressure.LIGHT), dose(3, 8, Pressure.HEAVY)], [])
    assert chart is not None
    assert [bar.height for bar in chart.bars] == [30, 60]
    assert [y for _, y in chart.pressures] == [PRESSURE_BOTTOM, PRESSURE_TOP]
    assert chart.description == (
        "2 sessions, 4 to 8 minutes, light to heavy pressure, the skin answered in 0."
    )


def test_only_a_skin_that_answered_is_marked() -> None:
    doses = [dose(0, 4), dose(3, 4, skin="erythema"), dose(6, 4, skin="")]
    chart = dose_chart(doses, [])
    assert chart is not None
    assert len(chart.skins) == 1
    assert [one.skin for one in chart.doses] == ["", "Redness", ""]


def test_a_gap_in_care_is_an_event_among_the_others() -> None:
    told = Happening(MARCH + timedelta(30), "bruise, grade 1 (mild)")
    chart = dose_chart([dose(0, 4), dose(21, 4), dose(53, 4)], [told, told])
    assert chart is not None
    assert [(one.on, one.text) for one in chart.events] == [
        (date(2026, 4, 3), "bruise, grade 1 (mild)"),
        (date(2026, 4, 26), "32 days without a session"),
    ]
    assert chart.event_days == (chart.event_days[0], RIGHT)


def test_what_happened_before_the_sessions_drawn_is_left_out_with_them() -> None:
    doses = [dose(3 * nth, 4) for nth in range(MOST + 5)]
    chart = dose_chart(doses, [Happening(MARCH, "referred to her physician")])
    assert chart is not None
    assert (len(chart.doses), chart.left_out, chart.events) == (MOST, 5, ())


def test_without_a_session_there_is_nothing_to_draw() -> None:
    assert dose_chart([], [Happening(MARCH, "referred to her physician")]) is None


@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 60), st.sampled_from([None, *Pressure])),
        min_size=1,
        max_size=MOST,
    ),
    st.lists(st.integers(0, 900), max_size=5),
)
def test_everything_stands_inside_the_drawing(
    sessions: list[tuple[int, int, Pressure | None]], events: list[int]
) -> None:
    doses = [dose(*one) for one in sorted(sessions, key=lambda one: one[0])]
    chart = dose_chart(doses, [Happening(MARCH + timedelta(day), "x") for day in events])
    assert chart is not None
    assert all(LEFT <= x <= RIGHT for x in (*chart.event_days, *chart.skins))
    assert all(LEFT <= x <= RIGHT for x, _ in chart.pressures)
    for bar in chart.bars:
        assert bar.width >= 0
        assert MINUTES_TOP <= bar.y <= bar.y + bar.height <= MINUTES_BOTTOM + 0.1
