"""How long notes take: reading the meter, the middle of many, and what looks copied."""

from dataclasses import replace

import pytest

from clinic_notes.clinical.documentation_time import (
    FEWEST_AUTHORS,
    FIRST,
    LATER,
    NoteTime,
    TimeSpent,
    clinic_documentation_time,
    clone_reasons,
    duration,
    field_kind,
    percentile,
    percentiles_of,
    time_spent_from,
)

NOTE = NoteTime(
    author_id=1, is_first=False, is_treated=True, has_reading=True,
    active_seconds=40, interactions=12,
)  # fmt: skip


@pytest.mark.parametrize(
    ("meter", "refused", "spent"),
    [
        pytest.param("9000 1500 8000 12 30", "", TimeSpent(9000, 1500, 8000, 12, 30), id="counted"),
        pytest.param("9000 - 0 1 0", "", TimeSpent(9000, None, 0, 1, 0), id="opened and left"),
        pytest.param(
            "9000 1 1 1 1", "plan plan uses-minutes",
            TimeSpent(9000, 1, 1, 1, 1, ("plan", "plan", "uses-minutes")), id="refused on the way",
        ),
        pytest.param("", "plan", TimeSpent(refused=("plan",)), id="no script, one refusal"),
        pytest.param("5 1 900 1 1", "", TimeSpent(5, 1, 5, 1, 1), id="no more work than time"),
        pytest.param("", "", None, id="no script"),
        pytest.param("9000 1 1 1", "", None, id="too few figures"),
        pytest.param("9000 1 1 1 -1", "", None, id="negative"),
        pytest.param("999999999 1 1 1 1", "", None, id="eleven days"),
        pytest.param("many", "<script> ; DROP", None, id="nonsense"),
    ],
)  # fmt: skip
def test_what_a_page_says_is_read_or_left(
    meter: str, refused: str, spent: TimeSpent | None
) -> None:
    assert time_spent_from(meter, refused) == spent


def test_a_page_cannot_name_fields_without_end() -> None:
    found = time_spent_from("", "plan " * 1000)
    assert found is not None
    assert len(found.refused) == 60


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        ("total_minutes", "total_minutes"),
        ("uses-2-minutes", "uses-minutes"),
        ("answers-open_wound-answer", "answers-answer"),
    ],
)
def test_a_refusal_is_counted_by_field_not_by_row(field: str, kind: str) -> None:
    assert field_kind(field) == kind


@pytest.mark.parametrize(
    ("values", "share", "found"),
    [
        pytest.param([], 0.5, None, id="of none"),
        pytest.param([7], 0.5, 7, id="of one"),
        pytest.param([9, 1, 5], 0.5, 5, id="of three"),
        pytest.param([1, 2, 3, 10], 0.5, 2.5, id="between two"),
        pytest.param(range(1, 12), 0.9, 10, id="nine of ten"),
        pytest.param([1, 2], 0.9, 1.9, id="nine of ten of two"),
    ],
)
def test_the_middle(values: list[float], share: float, found: float | None) -> None:
    assert percentile(values, share) == (None if found is None else pytest.approx(found))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        pytest.param({}, (), id="worked on, measured"),
        pytest.param({"active_seconds": 14.6}, ("signed after 14 s of work",), id="just too quick"),
        pytest.param({"active_seconds": 15}, (), id="fifteen seconds"),
        pytest.param({"active_seconds": None}, (), id="not counted"),
        pytest.param({"has_reading": False}, ("no new reading",), id="nothing measured"),
        pytest.param(
            {"active_seconds": 9, "has_reading": False},
            ("signed after 9 s of work", "no new reading"), id="both",
        ),
        pytest.param(
            {"active_seconds": 9, "has_reading": False, "is_treated": False}, (),
            id="screened, not treated",
        ),
    ],
)  # fmt: skip
def test_what_looks_copied(changes: dict[str, object], why: tuple[str, ...]) -> None:
    assert clone_reasons(replace(NOTE, **changes)) == why  # type: ignore[arg-type]


def test_notes_that_no_page_counted_are_left_out_of_the_middle() -> None:
    uncounted = replace(NOTE, active_seconds=None, interactions=None)
    found = percentiles_of([NOTE, replace(NOTE, active_seconds=60), uncounted], LATER)
    assert (found.notes, found.seconds, found.interactions) == (2, 50, 12)


def test_a_clinic_of_few_authors_learns_nothing() -> None:
    four = [replace(NOTE, author_id=n) for n in range(FEWEST_AUTHORS - 1)]
    assert clinic_documentation_time(four * 10) is None
    assert clinic_documentation_time([]) is None


def test_the_clinic_s_figures_are_over_everybody() -> None:
    notes = [replace(NOTE, author_id=n, active_seconds=10 * n) for n in range(1, 6)]
    notes += [
        replace(NOTE, is_first=True, active_seconds=100, interactions=30, refused=("plan", "plan")),
        replace(NOTE, is_treated=False, has_reading=False, refused=("referral",)),
    ]
    found = clinic_documentation_time(notes)
    assert found is not None
    assert (found.authors, found.notes, found.possible_clones) == (5, 7, 1)
    assert (found.later.notes, found.later.seconds, found.later.goal) == (5, 30, LATER)
    assert (found.first.notes, found.first.seconds, found.first.goal) == (1, 100, FIRST)
    assert found.refused == (("plan", 2), ("referral", 1))


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0.4, "0 s"), (38.2, "38 s"), (60, "1 min"), (129.6, "2 min 10 s")]
)
def test_a_duration_in_words(seconds: float, expected: str) -> None:
    assert duration(seconds) == expected
