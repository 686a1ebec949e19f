"""A sealed report reads back as it was signed, and its trends are the readings."""

from decimal import Decimal

from clinic_notes.clinical.reports import (
    ReportKind,
    SealedReport,
    document,
    draft_report,
    parts_of,
    report_from,
    report_trends,
)
from tests.clinical.reports.records import BEND, GOAL, WORST, facts, march, read

ROWS = (
    read(4, BEND, "4.5"), read(4, WORST, 8), read(11, BEND, 6), read(11, WORST, 3),
    read(18, WORST, 2),
)  # fmt: skip


def sealed() -> SealedReport:
    kind = ReportKind.PROGRESS_REPORT
    draft = draft_report(kind, facts(), march(20))
    return SealedReport(
        kind=kind.value,
        title="Progress report",
        patient="Rosa Delgado, born 1979-03-14, H-1",
        complaint="Heel pain, left",
        period_from=draft.period_from,
        period_until=draft.period_until,
        recipient="",
        parts=parts_of(kind, draft),
        trends=report_trends(ROWS, (GOAL,), march(18)),
    )


def test_it_reads_back_as_it_was_sealed() -> None:
    assert report_from(document(sealed())) == sealed()
    assert sealed().identity is not None


def test_the_same_report_gives_the_same_text() -> None:
    assert document(sealed()) == document(report_from(document(sealed())))


def test_empty_parts_are_left_out() -> None:
    draft = draft_report(ReportKind.DISCHARGE_SUMMARY, facts(), march(20))
    assert "After discharge" not in [
        part.title for part in parts_of(ReportKind.DISCHARGE_SUMMARY, draft)
    ]


def test_the_goals_own_trend_comes_first_with_its_target() -> None:
    first, second = report_trends(ROWS, (GOAL,), march(18))
    assert first.target == Decimal(2)
    assert first.sentence == (
        "Worst pain in 24 hours: 8 on 4 Mar 2026, 3 on 11 Mar 2026, 2 on 18 Mar 2026; goal 2"
    )
    assert [point.number for point in second.points] == [Decimal("4.5"), Decimal(6)]


def test_a_long_trend_is_told_by_its_ends_and_its_range() -> None:
    rows = [read(day, WORST, 9 - day % 7) for day in range(1, 29)]
    (trend,) = report_trends(rows, (GOAL,), march(28))
    assert len(trend.points) == 28
    assert trend.sentence == (
        "Worst pain in 24 hours: 28 readings, the first 8 on 1 Mar 2026, the latest 9 on 28 Mar "
        "2026, all between 3 and 9; goal 2"
    )


def test_what_comes_after_the_period_is_not_drawn() -> None:
    (only, _) = report_trends(ROWS, (GOAL,), march(11))
    assert [point.on for point in only.points] == [march(4), march(11)]
    assert report_trends(ROWS, (), march(4)) == ()
