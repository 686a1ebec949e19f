"""What cannot be right in a goal, and in the end of one."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from clinic_notes.clinical.goals import GoalDraft, check_ending, check_goal
from clinic_notes.reference.terms import AgreedBy

TODAY = date(2026, 3, 30)
AGREED = date(2026, 3, 2)
DORSIFLEXION = "rom:ankle_dorsiflexion:left:active:knee_straight"
FIRST_STEP = GoalDraft(
    "pain", AGREED, date(2026, 4, 27), measure="pain:first_step", target=Decimal(2),
    agreed_by=AgreedBy.PATIENT,
)  # fmt: skip
IN_WORDS = replace(FIRST_STEP, measure="", target=None, words="Runs 5 km on alternate days")


def refused(draft: GoalDraft, **changes: Any) -> list[tuple[str, str]]:
    given = {
        name: Decimal(str(value)) if name in ("start", "target") and value is not None else value
        for name, value in changes.items()
    }
    return [(f.about, f.message) for f in check_goal(replace(draft, **given), today=TODAY)]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="pain at the first step"),
        pytest.param({"start": 7}, id="with its start"),
        pytest.param({"measure": DORSIFLEXION, "start": 4, "target": 16}, id="motion"),
        pytest.param(
            {"measure": "rom:ankle_dorsiflexion:left:active", "target": 16}, id="any position"
        ),
        pytest.param(
            {"measure": "rom:lumbar_flexion:midline:active", "target": 58}, id="without sides"
        ),
        pytest.param(
            {"measure": "rom:elbow_extension:left:active", "start": -20, "target": 0},
            id="a lag that closes",
        ),
        pytest.param(
            {"measure": "strength:ankle_plantarflexion:left", "start": 180, "target": 240.5},
            id="strength in newtons",
        ),
        pytest.param({"measure": "measure:lefs", "target": 65}, id="a score where more is better"),
        pytest.param({"measure": "measure:odi", "target": 20}, id="a score where less is better"),
        pytest.param({"measure": "measure:groc", "target": 5}, id="a rating of change"),
        pytest.param(
            {"measure": "measure:girth_cm:left", "detail": "calf", "start": 39, "target": 37},
            id="a girth that shrinks",
        ),
        pytest.param(
            {"measure": "measure:girth_cm:left", "detail": "calf", "start": 35, "target": 37},
            id="a girth that grows",
        ),
        pytest.param(
            {"measure": "pain:movement", "detail": "stairs"}, id="pain with a named movement"
        ),
        pytest.param({"by_on": AGREED + timedelta(1)}, id="by the next day"),
        pytest.param({"agreed_on": TODAY}, id="agreed today"),
        pytest.param({"agreed_by": AgreedBy.NOT_YET}, id="not agreed yet, and it says so"),
    ],
)
def test_a_goal_that_can_be_kept(changes: dict[str, Any]) -> None:
    assert refused(FIRST_STEP, **changes) == []


def test_a_goal_in_words_needs_no_measure() -> None:
    assert refused(IN_WORDS) == []


@pytest.mark.parametrize(
    ("changes", "about", "words"),
    [
        pytest.param({"kind": "wealth"}, "kind", "from the list", id="an unknown kind"),
        pytest.param({"agreed_by": None}, "agreed_by", "who agreed", id="nobody agreed"),
        pytest.param({"agreed_on": TODAY + timedelta(1)}, "agreed_on", "future", id="tomorrow"),
        pytest.param({"by_on": AGREED}, "by_on", "a day after", id="by the day it was agreed"),
        pytest.param({"by_on": AGREED - timedelta(1)}, "by_on", "a day after", id="by before it"),
        pytest.param({"by_on": date(2126, 4, 1)}, "by_on", "three years", id="a slip of the year"),
        pytest.param({"measure": "mood"}, "measure", "No such measure", id="no measure"),
        pytest.param({"measure": "pain:always"}, "measure", "No such", id="no such pain"),
        pytest.param({"measure": "measure:iq"}, "measure", "No such", id="no such test"),
        pytest.param({"measure": "measure:girth_cm"}, "measure", "No such", id="a side is missing"),
        pytest.param({"measure": "measure:lefs:left"}, "measure", "No such", id="a side too many"),
        pytest.param(
            {"measure": "rom:ankle_dorsiflexion:left:both"}, "measure", "No such", id="no such mode"
        ),
        pytest.param(
            {"measure": "rom:lumbar_flexion:left:active"}, "measure", "No such", id="no left there"
        ),
        pytest.param({"measure": f"{DORSIFLEXION}:x"}, "measure", "No such", id="a part too many"),
        pytest.param({"measure": "pain:now:left"}, "measure", "No such", id="pain has no side"),
        pytest.param({"measure": "pain:movement"}, "detail", "Which", id="which movement"),
        pytest.param(
            {"measure": "measure:psfs", "target": 8}, "detail", "ctivity", id="which activity"
        ),
        pytest.param({"target": None}, "target", "which number", id="no target"),
        pytest.param({"target": 11}, "target", "0 to 10", id="beyond the scale"),
        pytest.param({"target": -1}, "target", "0 to 10", id="below the scale"),
        pytest.param({"target": 2.5}, "target", "whole numbers", id="half a point"),
        pytest.param({"start": 12}, "start", "0 to 10", id="a start beyond the scale"),
        pytest.param(
            {"measure": DORSIFLEXION, "target": 90}, "target", "45°", id="beyond the joint"
        ),
        pytest.param({"start": 1}, "target", "worse than the start by 1 point", id="more pain"),
        pytest.param({"start": 2}, "target", "nothing to reach", id="where it starts"),
        pytest.param(
            {"measure": DORSIFLEXION, "start": 16, "target": 4},
            "target",
            "worse than the start by 12°: 16° to 4°",
            id="less motion",
        ),
        pytest.param(
            {"measure": "measure:lefs", "start": 60, "target": 50},
            "target",
            "worse",
            id="less LEFS",
        ),
        pytest.param(
            {"measure": "measure:odi", "start": 20, "target": 40}, "target", "worse", id="more ODI"
        ),
        pytest.param(
            {"measure": "measure:girth_cm:left", "detail": "calf", "target": 37},
            "start",
            "Neither more nor less",
            id="a girth without a start",
        ),
    ],
)
def test_a_goal_that_cannot_be_right(changes: dict[str, Any], about: str, words: str) -> None:
    ((found, message),) = refused(FIRST_STEP, **changes)
    assert found == about
    assert words in message


@pytest.mark.parametrize(
    ("changes", "about"),
    [
        pytest.param({"words": ""}, "words", id="neither words nor a measure"),
        pytest.param({"target": 2}, "target", id="a target of nothing"),
        pytest.param({"start": 2}, "start", id="a start of nothing"),
    ],
)
def test_a_goal_without_a_measure_has_words_and_no_number(
    changes: dict[str, Any], about: str
) -> None:
    assert [name for name, _ in refused(IN_WORDS, **changes)] == [about]


def test_a_retired_kind_stays_on_a_goal_that_has_it() -> None:
    draft = replace(FIRST_STEP, kind="once_offered")
    assert not check_goal(draft, today=TODAY, held=("once_offered",))


@pytest.mark.parametrize(
    ("reason", "ended_on", "detail", "about"),
    [
        pytest.param("met", TODAY, "", [], id="met"),
        pytest.param("met", AGREED, "", [], id="on the day it was agreed"),
        pytest.param("other", TODAY, "moved house", [], id="another reason, said"),
        pytest.param("other", TODAY, "", ["end_detail"], id="another reason, not said"),
        pytest.param("", TODAY, "", ["end_reason"], id="no reason"),
        pytest.param("bored", TODAY, "", ["end_reason"], id="an unknown reason"),
        pytest.param("met", TODAY + timedelta(1), "", ["ended_on"], id="tomorrow"),
        pytest.param("met", AGREED - timedelta(1), "", ["ended_on"], id="before it was agreed"),
    ],
)
def test_the_end_of_a_goal(reason: str, ended_on: date, detail: str, about: list[str]) -> None:
    found = check_ending(reason, ended_on, detail, agreed_on=AGREED, today=TODAY)
    assert [finding.about for finding in found] == about
