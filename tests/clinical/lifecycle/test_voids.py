"""Who may take a session out of the record, and how that reads."""

import pytest

from clinic_notes.clinical.lifecycle import reason_refusals, void_refusals, void_text

MAY: dict[str, bool] = {
    "is_signed": True,
    "is_void": False,
    "is_own": False,
    "is_assistant": False,
    "author_is_active": True,
}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({}, "", id="a therapist, a colleague's signed note"),
        pytest.param({"is_assistant": True}, "ask a therapist", id="an assistant, a colleague's"),
        pytest.param({"is_assistant": True, "is_own": True}, "", id="an assistant, their own"),
        pytest.param({"is_void": True}, "voided before", id="a second time"),
        pytest.param({"is_signed": False}, "Only its author", id="a colleague's draft"),
        pytest.param({"is_signed": False, "is_own": True}, "", id="their own draft"),
        pytest.param(
            {"is_signed": False, "author_is_active": False}, "", id="a draft of who has left"
        ),
        pytest.param(
            {"is_signed": False, "is_own": True, "is_void": True}, "discarded before", id="twice"
        ),
    ],
)
def test_who_may_take_it_out(changes: dict[str, bool], words: str) -> None:
    found = void_refusals(**MAY | changes)
    assert [words in one.message for one in found] == ([True] if words else [])


@pytest.mark.parametrize("reason", ["", "   ", "wrong", "         x"])
def test_a_reason_is_one(reason: str) -> None:
    assert [one.about for one in reason_refusals(reason)] == ["reason"]


def test_how_it_reads() -> None:
    assert reason_refusals("wrong patient") == ()
    who = ("4 Mar 2026", "Maya Reyes, PT", "wrong patient")
    assert (
        void_text(*who, is_signed=True) == "voided on 4 Mar 2026 by Maya Reyes, PT: wrong patient"
    )
    assert void_text(*who, is_signed=False).startswith("discarded on 4 Mar 2026")
