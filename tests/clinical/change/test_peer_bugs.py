"""Bugs that peers shipped (peers.md 2.3), in the order listed there, each tried on ours."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError
from datetime import date
from itertools import permutations

import pytest

from clinic_notes.clinical.change import (
    Basis,
    Reading,
    SessionRow,
    by_measured_thing,
    judged_changes,
)
from clinic_notes.clinical.drafts import BLANK, InterventionDraft, PainDraft, RomDraft
from clinic_notes.clinical.readings import WHAT_IS_MEASURED
from clinic_notes.reference.measures import Better, Measure, measures
from clinic_notes.reference.terms import Mode, Side
from tests.clinical.change.pairs import (
    LAST,
    MEANINGFUL,
    SMALL,
    START,
    TWO,
    WITHIN,
    WORSE,
    Number,
    Pair,
    criterion,
    force,
    judged,
    pain,
    rom,
    score,
)
from tests.drafts import measured

BETTER = {MEANINGFUL, SMALL, "real"}
DIRECTED = [measure for measure in measures if measure.better is not Better.NONE]


@pytest.mark.parametrize("measure", DIRECTED, ids=lambda measure: measure.key)
def test_1_worse_by_any_amount_is_never_a_success(measure: Measure) -> None:
    ends = measure.minimum, measure.maximum
    worst, best = ends if measure.better is Better.HIGHER else ends[::-1]
    assert judged(score(measure.key, best, worst)).verdict not in BETTER
    assert judged(score(measure.key, worst, best)).verdict is not WORSE


def test_1_a_gain_where_higher_is_better_is_a_gain() -> None:
    assert judged(score("lefs", 40, 60)).verdict is MEANINGFUL
    assert judged(score("lefs", 60, 40)).verdict is WORSE


@pytest.mark.parametrize(
    ("pair_of", "low", "high", "when_up", "when_down"),
    [
        pytest.param(pain, 2, 8, WORSE, MEANINGFUL, id="pain"),
        pytest.param(lambda b, a: rom("hip_flexion", b, a), 60, 90, "real", WORSE, id="motion"),
        pytest.param(lambda b, a: force("elbow_flexion", b, a), 50, 90, "real", WORSE, id="force"),
    ],
)
def test_1_each_way_has_its_own_verdict(
    pair_of: Callable[[Number, Number], Pair], low: int, high: int, when_up: str, when_down: str
) -> None:
    assert judged(pair_of(low, high)).verdict == when_up
    assert judged(pair_of(high, low)).verdict == when_down


def test_2_a_reading_is_known_by_what_it_measures_not_by_its_place_on_a_picture() -> None:
    for kind, parts in WHAT_IS_MEASURED.items():
        assert not {"id", "row_order", "x", "y"} & set(parts), kind


def test_2_rows_in_another_order_are_the_same_series() -> None:
    rows = [SessionRow(PainDraft(c, before=measured(5)), date(2026, 3, 1)) for c in ("now", "rest")]
    later = [
        SessionRow(PainDraft(c, before=measured(2)), date(2026, 3, 5)) for c in ("rest", "now")
    ]
    for series in by_measured_thing(rows + later):
        assert len({row.row.context for row in series if isinstance(row.row, PainDraft)}) == 1
        assert judged_changes(series)[-1].verdict is MEANINGFUL


def test_3_nothing_changes_what_was_judged() -> None:
    change = judged(pain(8, 3))
    for kept, part in (
        (change, "verdict"),
        (change.after, "rater"),
        (criterion(change), "amount"),
        (Basis(), "region"),
        (SessionRow(change.after.row, date(2026, 3, 1)), "on"),
    ):
        with pytest.raises(FrozenInstanceError):
            setattr(kept, part, None)


def test_4_the_last_value_is_of_the_last_session_in_whatever_order_they_were_entered() -> None:
    days = {2: 8, 4: 7, 6: 4, 9: 3}
    rows = [
        SessionRow(PainDraft("now", before=measured(value)), date(2026, 3, day))
        for day, value in days.items()
    ]
    for shuffled in permutations(rows):
        (series,) = by_measured_thing(shuffled)
        found = {c.comparison: (c.before, c.after) for c in judged_changes(series)}
        values = {k: [r and r.value.number for r in ends] for k, ends in found.items()}
        assert values == {LAST: [4, 3], START: [8, 3]}


def test_5_who_measured_is_of_the_reading_itself() -> None:
    one, two = judged(rom("wrist_flexion", 62, 70)), judged(rom("wrist_flexion", 62, 70, TWO))
    assert (one.verdict, two.verdict) == ("real", WITHIN)


def test_6_what_was_not_entered_is_missing_and_no_0() -> None:
    row = PainDraft("now")
    change = judged((Reading(row, measured(8)), Reading(row, BLANK)))
    assert (change.verdict, change.change) == ("not_comparable", None)


def test_7_doing_more_is_not_getting_better() -> None:
    assert InterventionDraft not in WHAT_IS_MEASURED
    row = RomDraft("wrist_flexion", Side.LEFT, Mode.ACTIVE, before=measured(60))
    rows = [SessionRow(row, date(2026, 3, day)) for day in range(1, 21)]
    (series,) = by_measured_thing(rows)
    assert judged_changes(series)[-1].verdict is WITHIN
