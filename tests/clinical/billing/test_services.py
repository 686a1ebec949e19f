"""The timed minutes of a session by service: where each minute counts, and what does not add up."""

from dataclasses import replace
from decimal import Decimal

import pytest

from clinic_notes.clinical.billing import (
    check_services,
    services,
    services_in_words,
    unreconciled,
)
from clinic_notes.clinical.drafts import InterventionDraft, UseDraft, VisitDraft
from clinic_notes.clinical.findings import Level
from clinic_notes.reference.interventions import interventions
from clinic_notes.reference.terms import Decision, Side
from clinic_notes.reference.timed_codes import timed_codes, treatment_code
from tests.drafts import yesterday

HANDS, EXERCISE, BALANCE, ACTIVITY, OTHER = "97140", "97110", "97112", "97530", "other"
Rows = tuple[InterventionDraft, ...]


def row(kind: str, minutes: str = "", billed_as: str = "") -> InterventionDraft:
    return InterventionDraft(kind, "", Decimal(minutes) if minutes else None, billed_as)


def session(timed: int | None, *rows: InterventionDraft, total: int | None = 60) -> VisitDraft:
    """Return a session with five minutes of instruments, and these rows."""
    use = UseDraft(1, "calf", Side.LEFT, minutes=Decimal(5))
    return VisitDraft(
        yesterday(), timed_minutes=timed, total_minutes=total, uses=(use,), interventions=rows
    )


@pytest.mark.parametrize(
    ("timed", "rows", "expected"),
    [
        pytest.param(None, (), {}, id="no minutes yet"),
        pytest.param(0, (), {}, id="nothing timed"),
        pytest.param(22, (), {HANDS: (22, 1)}, id="instruments alone"),
        pytest.param(23, (row("advice", "5"),), {HANDS: (23, 2)}, id="advice is not timed"),
        pytest.param(20, (row("taping"),), {HANDS: (20, 1)}, id="nor is taping"),
        pytest.param(
            40, (row("exercise", "33"),), {EXERCISE: (33, 2), HANDS: (7, 1)}, id="MANUAL: 33 and 7"
        ),
        pytest.param(
            15, (row("exercise", "7"),), {HANDS: (8, 1), EXERCISE: (7, 0)}, id="8 and 7 are one"
        ),
        pytest.param(
            14, (row("stretch", "7"),), {EXERCISE: (7, 1), HANDS: (7, 0)}, id="two of seven"
        ),
        pytest.param(
            30, (row("manual_therapy", "12"),), {HANDS: (30, 2)}, id="hands are hands"
        ),
        pytest.param(
            50,
            (row("exercise", "25"), row("other", "10", BALANCE)),
            {EXERCISE: (25, 2), HANDS: (15, 1), BALANCE: (10, 0)},
            id="25, 15 and 10",
        ),
        pytest.param(
            47,
            (row("exercise", "24", ACTIVITY), row("exercise", "11"), row("stretch", "12")),
            {ACTIVITY: (24, 2), EXERCISE: (23, 1)},
            id="MANUAL: 24 and 23, two rows of one code",
        ),
        pytest.param(
            30, (row("exercise", "10", "untimed"),), {HANDS: (30, 2)}, id="on one's own: not billed"
        ),
        pytest.param(
            30, (row("modality", "8", OTHER),), {HANDS: (22, 1), OTHER: (8, 1)}, id="another code"
        ),
        pytest.param(30, (row("exercise"),), {HANDS: (30, 2)}, id="without minutes of its own"),
        pytest.param(
            23, (row("exercise", "7.5"),),
            {HANDS: (Decimal("15.5"), 1), EXERCISE: (Decimal("7.5"), 1)}, id="half a minute",
        ),
    ],
)  # fmt: skip
def test_each_minute_counts_once(
    timed: int | None, rows: Rows, expected: dict[str, object]
) -> None:
    found = services(session(timed, *rows))
    assert {one.code: (one.minutes, one.units) for one in found} == expected
    assert sum(one.minutes for one in found) == (timed or 0)


@pytest.mark.parametrize(
    ("draft", "about"),
    [
        pytest.param(session(22), [], id="instruments within the timed minutes"),
        pytest.param(session(13, row("exercise", "8")), [], id="exactly all of them"),
        pytest.param(session(12, row("exercise", "8")), ["minutes_reason"], id="one too many"),
        pytest.param(session(12, row("exercise", "8", "untimed")), [], id="on one's own"),
        pytest.param(session(20, row("advice", "10"), total=30), [], id="advice within the total"),
        pytest.param(
            session(20, row("advice", "11"), total=30), ["minutes_reason"], id="more than the total"
        ),
        pytest.param(
            session(12, row("exercise", "8"), row("advice", "19"), total=30),
            ["minutes_reason"] * 2,
            id="neither",
        ),
        pytest.param(session(None, row("exercise", "8")), [], id="no minutes yet"),
        pytest.param(session(30, row("advice", "8"), total=None), [], id="no total yet"),
    ],
)
def test_what_does_not_add_up_is_explained(draft: VisitDraft, about: list[str]) -> None:
    assert [finding.about for finding in unreconciled(draft)] == about
    assert [*unreconciled(replace(draft, minutes_reason="exercised under the tool"))] == []
    assert [f.about for f in unreconciled(replace(draft, minutes_reason="  so  "))] == about


def test_single_interventions_do_not_take_longer_than_all() -> None:
    (found,) = check_services(session(20, row("exercise", "12"), row("stretch", "9")))
    assert (found.level, found.about) == (Level.REFUSE, "timed_minutes")
    assert "21 min, more than the 20 timed minutes" in found.message
    assert [*check_services(session(21, row("exercise", "12"), row("stretch", "9")))] == []


def test_an_exercise_without_minutes_is_said_to_count_as_hands_on_treatment() -> None:
    (found,) = check_services(session(20, row("advice"), row("exercise")))
    assert (found.level, found.about) == (Level.NOTE, "interventions-1-minutes")
    assert [*check_services(session(None, row("exercise")))] == []


def test_in_words() -> None:
    draft = session(40, row("exercise", "33"))
    said = "97110 exercise 33 min, 2 units; 97140 hands-on treatment 7 min, 1 unit"
    assert services_in_words(draft) == said
    assert services_in_words(session(8, row("modality", "3", OTHER))) == (
        "97140 hands-on treatment 5 min, 1 unit; other timed service 3 min, 0 units"
    )
    assert services_in_words(replace(draft, decision=Decision.NOT_TREATED)) == ""
    assert services_in_words(session(None)) == ""


def test_every_kind_of_intervention_has_a_code() -> None:
    assert treatment_code == HANDS
    assert {kind.key: kind.timed_code for kind in interventions} == {
        "exercise": EXERCISE, "stretch": EXERCISE, "taping": "untimed", "advice": "untimed",
        "manual_therapy": HANDS, "modality": "untimed", "other": "untimed",
    }  # fmt: skip
    assert [code.key for code in timed_codes if not code.is_timed] == ["untimed"]
