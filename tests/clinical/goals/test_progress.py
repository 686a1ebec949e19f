"""How far a goal is: met, on track, behind, or not measurable yet."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from clinic_notes.clinical.change import Row, SessionRow
from clinic_notes.clinical.drafts import (
    MeasureDraft,
    PainDraft,
    RomDraft,
    StrengthDraft,
)
from clinic_notes.clinical.goals import (
    GoalDraft,
    GoalState,
    goal_progress,
    goal_title,
    measure_key,
    measured_row,
    measures_for,
    state_text,
    target_text,
)
from clinic_notes.reference.terms import AgreedBy, Mode, ReadingState, Side, StrengthMethod
from tests.drafts import Measured, graded, measured

MET, TRACK, BEHIND, NOT_YET = GoalState
AGREED = date(2026, 3, 2)
BY = AGREED + timedelta(40)
LEFT = Side.LEFT
PAIN = PainDraft("first_step")
MOTION = RomDraft("ankle_dorsiflexion", LEFT, Mode.ACTIVE, "knee_straight", "goniometer")
GIRTH = MeasureDraft("girth_cm", LEFT, "calf")
FORCE = StrengthDraft("ankle_plantarflexion", LEFT, StrengthMethod.DYNAMOMETER)


def goal(row: Row, target: int, start: int | None = None, **changes: Any) -> GoalDraft:
    return GoalDraft(
        "pain", AGREED, BY,
        measure=measure_key(row),
        detail=getattr(row, "detail", ""),
        start=None if start is None else Decimal(start),
        target=Decimal(target),
        agreed_by=AgreedBy.PATIENT,
        **changes,
    )  # fmt: skip


def read(row: Row, *readings: tuple[int, int | str | Measured]) -> list[SessionRow]:
    """Return a session for each (days after the agreement, reading before treatment)."""
    return [
        SessionRow(
            replace(row, before=value if isinstance(value, Measured) else measured(value)),
            AGREED + timedelta(day),
        )
        for day, value in readings
    ]


LIMITED = Measured(ReadingState.PAIN_LIMITED, Decimal(16))
STRAIGHT = RomDraft("elbow_extension", LEFT, Mode.ACTIVE)
BACK = RomDraft("lumbar_flexion", Side.MIDLINE, Mode.ACTIVE)
# On day 20 of 40 a straight line is half way; today is day 21 unless it says otherwise.


@pytest.mark.parametrize(
    ("wanted", "rows", "today", "state"),
    [
        pytest.param(goal(PAIN, 2), [], 21, NOT_YET, id="never measured"),
        pytest.param(goal(PAIN, 2), read(PAIN, (0, 8)), 21, NOT_YET, id="the first reading only"),
        pytest.param(goal(PAIN, 2), read(PAIN, (9, 8)), 21, NOT_YET, id="first measured later"),
        pytest.param(goal(PAIN, 2, 8), [], 21, NOT_YET, id="a start, and nothing since"),
        pytest.param(goal(PAIN, 2, 8), [], 41, NOT_YET, id="nothing since, and the day is over"),
        pytest.param(goal(PAIN, 2), read(PAIN, (0, 8), (20, 5)), 21, TRACK, id="just half way"),
        pytest.param(goal(PAIN, 2), read(PAIN, (0, 8), (20, 6)), 21, BEHIND, id="less than half"),
        pytest.param(goal(PAIN, 2), read(PAIN, (0, 8), (20, 3)), 21, TRACK, id="more than half"),
        pytest.param(goal(PAIN, 2), read(PAIN, (0, 8), (20, 2)), 21, MET, id="just reached"),
        pytest.param(goal(PAIN, 2), read(PAIN, (0, 8), (20, 0)), 21, MET, id="better than wanted"),
        pytest.param(goal(PAIN, 2), read(PAIN, (0, 8), (20, 9)), 21, BEHIND, id="worse"),
        pytest.param(goal(PAIN, 2), read(PAIN, (0, 2)), 21, MET, id="there when it was agreed"),
        pytest.param(goal(PAIN, 2), read(PAIN, (0, 8), (20, 2), (30, 5)), 31, BEHIND, id="lost"),
        pytest.param(goal(PAIN, 2), read(PAIN, (0, 8), (20, 5)), 40, TRACK, id="the last day"),
        pytest.param(goal(PAIN, 2), read(PAIN, (0, 8), (40, 3)), 40, BEHIND, id="short on the day"),
        pytest.param(goal(PAIN, 2), read(PAIN, (0, 8), (39, 3)), 41, BEHIND, id="the day is over"),
        pytest.param(goal(PAIN, 2), read(PAIN, (0, 8), (60, 2)), 61, MET, id="reached late"),
        pytest.param(
            goal(PAIN, 2), read(PAIN, (20, 5), (0, 8)), 21, TRACK, id="entered in any order"
        ),
        pytest.param(
            goal(PAIN, 2), read(PAIN, (-9, 10), (-2, 8), (20, 5)), 21, TRACK,
            id="from the last reading before",
        ),
        pytest.param(
            goal(PAIN, 2, 8), read(PAIN, (-2, 4), (20, 5)), 21, TRACK, id="from the start typed"
        ),
        pytest.param(
            goal(PAIN, 2), read(PainDraft("now"), (0, 8), (20, 2)), 21, NOT_YET, id="another pain"
        ),
        pytest.param(
            goal(PAIN, 2), read(PAIN, (0, 8), (20, Measured(ReadingState.NOT_TESTED))), 21, NOT_YET,
            id="not tested since",
        ),
        pytest.param(goal(MOTION, 16), read(MOTION, (0, 4), (20, 10)), 21, TRACK, id="motion"),
        pytest.param(goal(MOTION, 16), read(MOTION, (0, 4), (20, 9)), 21, BEHIND, id="stiff still"),
        pytest.param(goal(MOTION, 16), read(MOTION, (0, 4), (20, 17)), 21, MET, id="more motion"),
        pytest.param(
            goal(MOTION, 16), read(MOTION, (0, 4), (20, LIMITED)), 21, NOT_YET,
            id="limited by pain is no reading of it",
        ),
        pytest.param(
            goal(MOTION, 16), read(replace(MOTION, side=Side.RIGHT), (0, 4), (20, 17)), 21, NOT_YET,
            id="the other side",
        ),
        pytest.param(
            goal(MOTION, 16), read(replace(MOTION, mode=Mode.PASSIVE), (0, 4), (20, 17)), 21,
            NOT_YET, id="passive for active",
        ),
        pytest.param(
            goal(MOTION, 16), read(replace(MOTION, position="knee_bent"), (0, 4), (20, 17)), 21,
            NOT_YET, id="another joint position",
        ),
        pytest.param(
            goal(replace(MOTION, position=""), 16),
            read(replace(MOTION, position="knee_bent"), (0, 4), (20, 17)), 21,
            MET, id="a goal that names no position",
        ),
        pytest.param(
            goal(BACK, 60), read(replace(BACK, side=Side.BILATERAL), (0, 40), (20, 60)), 21, MET,
            id="a movement without sides",
        ),
        pytest.param(
            goal(STRAIGHT, 0), read(STRAIGHT, (0, -20), (20, -10)), 21, TRACK, id="a lag closes"
        ),
        pytest.param(
            goal(STRAIGHT, 0), read(STRAIGHT, (0, -20), (20, -15)), 21, BEHIND, id="slowly"
        ),
        pytest.param(
            goal(FORCE, 240), read(FORCE, (0, 180), (20, "210.5")), 21, TRACK, id="newtons"
        ),
        pytest.param(
            goal(FORCE, 240),
            read(replace(FORCE, method=StrengthMethod.MMT), (0, graded("4")), (20, graded("5"))),
            21, NOT_YET, id="a grade is no number",
        ),
        pytest.param(
            goal(GIRTH, 37, 39), read(GIRTH, (20, 38)), 21, TRACK, id="a girth that shrinks"
        ),
        pytest.param(
            goal(GIRTH, 39, 37), read(GIRTH, (20, 38)), 21, TRACK, id="a girth that grows"
        ),
        pytest.param(
            goal(GIRTH, 37, 39), read(replace(GIRTH, detail="Calf "), (20, 36)), 21, MET,
            id="the same point, written otherwise",
        ),
        pytest.param(
            goal(GIRTH, 37, 39), read(replace(GIRTH, detail="ankle"), (20, 36)), 21, NOT_YET,
            id="another point",
        ),
        pytest.param(
            goal(MeasureDraft("lefs"), 65), read(MeasureDraft("lefs"), (0, 45), (20, 60)), 21,
            TRACK, id="LEFS rises",
        ),
        pytest.param(
            goal(MeasureDraft("odi"), 20), read(MeasureDraft("odi"), (0, 40), (20, 35)), 21, BEHIND,
            id="ODI falls too slowly",
        ),
        pytest.param(
            goal(MeasureDraft("groc"), 4), read(MeasureDraft("groc"), (20, 2)), 21, TRACK,
            id="a rating of change starts at 0",
        ),
        pytest.param(
            goal(MeasureDraft("groc"), 4), [], 21, NOT_YET, id="a rating of change, not rated"
        ),
    ],
)  # fmt: skip
def test_how_far_a_goal_is(
    wanted: GoalDraft, rows: list[SessionRow], today: int, state: GoalState
) -> None:
    assert goal_progress(wanted, rows, AGREED + timedelta(today)).state is state


def test_a_goal_in_words_is_measured_by_nobody() -> None:
    in_words = GoalDraft("function", AGREED, BY, words="Runs 5 km")
    found = goal_progress(in_words, read(PAIN, (0, 8), (20, 2)), BY)
    assert found.state is NOT_YET
    assert found.sentence == (
        "Not measurable yet: it is in words; it is met when the therapist ends it as met."
    )


def test_what_was_only_measured_after_treatment_did_not_last() -> None:
    after = SessionRow(replace(PAIN, after=measured(2)), AGREED + timedelta(20))
    assert goal_progress(goal(PAIN, 2, 8), [after], BY).state is NOT_YET


@pytest.mark.parametrize(
    ("wanted", "rows", "today", "sentence"),
    [
        pytest.param(
            goal(PAIN, 2), read(PAIN, (0, 8), (20, 2)), 21, "Met: 2 on 22 Mar 2026.", id="met"
        ),
        pytest.param(
            goal(MOTION, 16), read(MOTION, (0, 4), (30, 14)), 31,
            "On track: 14° on 1 Apr 2026, where a straight line to the target is at 13°.",
            id="on track",
        ),
        pytest.param(
            goal(PAIN, 2), read(PAIN, (0, 8), (15, 7)), 21,
            "Behind: 7 on 17 Mar 2026, where a straight line to the target is at 5.8.",
            id="behind the line",
        ),
        pytest.param(
            goal(PAIN, 2), read(PAIN, (0, 8), (20, 5)), 41,
            "Behind: 5 on 22 Mar 2026, and it was wanted by 11 Apr 2026.",
            id="behind the day",
        ),
        pytest.param(
            goal(PAIN, 2), read(PAIN, (0, 8), (20, 2), (30, 5)), 41,
            "Behind: 5 on 1 Apr 2026, and it was wanted by 11 Apr 2026; it was reached on "
            "22 Mar 2026 and did not last.",
            id="reached and lost",
        ),
        pytest.param(
            goal(PAIN, 2, 8), [], 41,
            "Not measurable yet: not measured since it was agreed; it was wanted by 11 Apr 2026.",
            id="not measured in time",
        ),
        pytest.param(goal(PAIN, 2), [], 1, "Not measurable yet: not measured yet.", id="never"),
    ],
)  # fmt: skip
def test_the_state_in_words(
    wanted: GoalDraft, rows: list[SessionRow], today: int, sentence: str
) -> None:
    assert goal_progress(wanted, rows, AGREED + timedelta(today)).sentence == sentence


def test_the_readings_it_stands_on_come_with_it() -> None:
    found = goal_progress(goal(PAIN, 2), read(PAIN, (0, 8), (20, 5)), BY)
    assert (found.start, found.start_on) == (8, AGREED)
    assert (found.latest, found.latest_on) == (5, AGREED + timedelta(20))


@pytest.mark.parametrize(
    ("wanted", "title", "target"),
    [
        pytest.param(
            goal(PAIN, 2),
            "Pain at the first step in the morning: 2 or less",
            "2 or less",
            id="pain",
        ),
        pytest.param(
            goal(MOTION, 16),
            "Ankle dorsiflexion, left, active, knee straight: 16° or more",
            "16° or more",
            id="motion",
        ),
        pytest.param(
            goal(GIRTH, 37, 39, words="Swelling gone"),
            "Swelling gone; Girth, left, calf: 37 cm or less",
            "37 cm or less",
            id="words and a girth",
        ),
        pytest.param(GoalDraft("function", AGREED, BY, words="Runs"), "Runs", "", id="words"),
    ],
)
def test_a_goal_reads_as_a_line(wanted: GoalDraft, title: str, target: str) -> None:
    assert goal_title(wanted) == title
    assert target_text(wanted) == target


def test_states_in_words() -> None:
    words = [state_text(state) for state in GoalState]
    assert words == ["met", "on track", "behind", "not measurable yet"]


@pytest.mark.parametrize("side", list(Side))
def test_every_measure_that_is_offered_exists_once(side: Side) -> None:
    keys = [measure_key(row) for row in measures_for("calf", side)]
    assert all(measured_row(key) is not None for key in keys)
    assert len(keys) == len(set(keys))
    assert ("strength:ankle_plantarflexion:right" in keys) == (side is not Side.LEFT)
