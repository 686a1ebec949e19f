"""One kind of pain over the sessions of an episode, and how it is drawn."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from clinic_notes.clinical.drafts import BLANK, Measured
from clinic_notes.progress.chart_parts import Mark, Stem
from clinic_notes.progress.pain_chart import LEFT, RIGHT, pain_chart
from clinic_notes.progress.pain_trend import (
    PainTrend,
    Rating,
    choose_trend,
    pain_trends,
    trend_text,
)
from clinic_notes.reference.terms import ReadingState

START = date(2026, 3, 4)
N_A = Measured(ReadingState.NOT_APPLICABLE)


def end(number: int | None) -> Measured:
    return BLANK if number is None else Measured(ReadingState.MEASURED, Decimal(number))


def trends_of(
    *pairs: tuple[int | None, int | None], context: str = "now", detail: str = ""
) -> list:
    """Return the trends of sessions two days apart with these readings before and after."""
    days = [START + timedelta(days=2 * nth) for nth in range(len(pairs))]
    ratings = [
        Rating(nth, day, context, "", end(before), end(after))
        for nth, (day, (before, after)) in enumerate(zip(days, pairs, strict=True))
    ]
    return list(pain_trends(ratings, list(enumerate(days))))


def only(*pairs: tuple[int | None, int | None]) -> PainTrend:
    (trend,) = trends_of(*pairs)
    return trend


SPELLINGS = ("Going up-stairs", "going upstairs", "Going  up\u2011stairs.", "“going upstairs”",
             "going\u00a0up stairs", "GOING UPSTA\u200bIRS")  # fmt: skip


def test_six_spellings_of_one_activity_make_one_chart() -> None:
    ratings = [
        Rating(n, START + timedelta(n), "movement", detail, end(7 - n), end(5 - n))
        for n, detail in enumerate(SPELLINGS)
    ]
    (trend,) = pain_trends(ratings, [(n, START + timedelta(n)) for n in range(6)])
    assert (trend.detail, len(trend.measured)) == (SPELLINGS[0], 6)


def test_contexts_are_never_mixed() -> None:
    ratings = [
        Rating(1, START, "now", "", end(3), end(2)),
        Rating(1, START, "movement", "gripping", end(7), end(5)),
        Rating(2, START + timedelta(2), "movement", "Gripping ", end(6), end(4)),
        Rating(2, START + timedelta(2), "movement", "lifting", end(9), end(8)),
    ]
    found = pain_trends(ratings, [(1, START), (2, START + timedelta(2))])
    assert [(trend.name, trend.label) for trend in found] == [
        ("now", "Pain now"),
        ("movement", "Pain with movement (gripping)"),
        ("movement-2", "Pain with movement (lifting)"),
    ]
    assert [point.before for point in found[1].points] == [7, 6]
    assert [point.before for point in found[2].points] == [None, 9]


def test_the_context_with_most_pairs_is_shown_unless_another_is_asked_for() -> None:
    now, first_step = (
        trends_of((3, 2), (2, 1)),
        trends_of((8, None), (6, None), context="first_step"),
    )
    assert choose_trend([*now, *first_step], "") is now[0]
    assert choose_trend([*now, *first_step], "first_step") is first_step[0]
    assert choose_trend([*now, *first_step], "no such pain") is now[0]
    assert choose_trend([], "now") is None


def test_between_equals_a_specific_context_tells_more_than_now() -> None:
    now, moving = trends_of((3, 2)), trends_of((7, 5), context="movement")
    assert choose_trend([*now, *moving], "") is moving[0]


def test_a_context_without_a_number_has_no_course() -> None:
    rating = Rating(1, START, "first_step", "", N_A, BLANK)
    assert pain_trends([rating], [(1, START)]) == ()


def test_what_is_no_number_is_told_in_words_and_not_drawn() -> None:
    rating = Rating(1, START, "first_step", "", end(7), N_A)
    (trend,) = pain_trends([rating], [(1, START)])
    assert (trend.points[0].after, trend.points[0].after_text) == (None, "not applicable")
    assert pain_chart(trend).after.marks == ()
    assert pain_chart(trend).after.label is None


def test_a_course_is_drawn_at_these_places() -> None:
    chart = pain_chart(only((8, 7), (6, 3)))
    assert chart.before.marks == (Mark(LEFT, 56.0), Mark(RIGHT, 100.0))
    assert chart.after.marks == (Mark(LEFT, 78.0), Mark(RIGHT, 166.0))
    assert chart.before.lines == (f"{float(LEFT)},56.0 {float(RIGHT)},100.0",)
    assert chart.stems == (Stem(LEFT, 56.0, 78.0), Stem(RIGHT, 100.0, 166.0))
    assert [level.text for level in chart.levels] == ["0", "2", "4", "6", "8", "10"]


def test_sessions_stand_by_their_day_and_not_by_their_number() -> None:
    days = [START, START + timedelta(1), START + timedelta(10)]
    ratings = [Rating(nth, day, "now", "", end(5), end(4)) for nth, day in enumerate(days)]
    (trend,) = pain_trends(ratings, list(enumerate(days)))
    xs = [mark.x for mark in pain_chart(trend).before.marks]
    assert xs == [LEFT, 99.2, RIGHT]


def test_two_sessions_of_one_day_do_not_cover_each_other() -> None:
    days = [START, START, START + timedelta(1)]
    ratings = [Rating(nth, day, "now", "", end(5), end(4)) for nth, day in enumerate(days)]
    (trend,) = pain_trends(ratings, list(enumerate(days)))
    assert len({mark.x for mark in pain_chart(trend).before.marks}) == 3


def test_a_missing_reading_breaks_the_line_and_is_never_bridged() -> None:
    chart = pain_chart(only((8, 7), (7, 6), (None, 5), (5, 4), (4, 3)))
    assert len(chart.before.marks) == 4
    assert len(chart.before.lines) == 2
    assert len(chart.after.lines) == 1
    assert len(chart.stems) == 4


def test_a_reading_between_two_gaps_is_a_mark_without_a_line() -> None:
    chart = pain_chart(only((8, 7), (None, 6), (6, 5), (None, 4), (4, 3)))
    assert (len(chart.before.marks), chart.before.lines) == (3, ())


def test_a_single_session_stands_in_the_middle_with_both_words_beside_it() -> None:
    chart = pain_chart(only((6, 4)))
    assert [mark.x for mark in chart.before.marks] == [352.0]
    assert chart.before.lines == ()
    assert chart.before.label is not None
    assert chart.after.label is not None
    assert (chart.before.label.text, chart.after.label.text) == ("before 6", "after 4")
    assert [day.text for day in chart.days] == ["4 Mar"]


def test_equal_readings_are_drawn_one_around_the_other_with_their_words_apart() -> None:
    chart = pain_chart(only((6, 5), (4, 4)))
    assert [mark.is_over for mark in chart.before.marks] == [False, True]
    assert len(chart.stems) == 1
    assert chart.before.label is not None
    assert chart.after.label is not None
    assert chart.after.label.y - chart.before.label.y >= 18


def test_a_reading_older_than_the_last_session_says_its_day() -> None:
    chart = pain_chart(only((6, 5), (4, 0), (0, None)))
    assert chart.before.label is not None
    assert chart.after.label is not None
    assert (chart.before.label.text, chart.before.label.note) == ("before 0", "")
    assert (chart.after.label.text, chart.after.label.note) == ("after 0", "6 Mar")
    assert chart.before.label.y - chart.after.label.y >= 18 + 15


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        (
            [(8, 7), (3, 1), (5, 2)],
            "Pain now, 0 to 10, over 3 sessions: before treatment from 8 to 5, between 3 and 8; "
            "after treatment from 7 to 2, between 1 and 7.",
        ),
        (
            [(6, None)],
            "Pain now, 0 to 10, over 1 session: before treatment 6.",
        ),
    ],
    ids=["a trend", "one reading"],
)
def test_the_chart_is_told_in_a_sentence(
    pairs: list[tuple[int | None, int | None]], told: str
) -> None:
    assert trend_text(only(*pairs)) == told
