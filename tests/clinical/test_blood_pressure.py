"""Blood pressure: what cannot be right, and from when nobody is treated."""

from datetime import date

import pytest

from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.readings.blood_pressure import check_blood_pressure
from clinic_notes.clinical.screening import Verdict, clearance
from clinic_notes.clinical.signing import forbidden
from tests.drafts import LEFT_CALF, calf_use, no

TODAY = date(2026, 3, 11)


@pytest.mark.parametrize(
    ("reading", "is_stopped"),
    [
        pytest.param((132, 84), False, id="usual"),
        pytest.param((179, 109), False, id="high, below both limits"),
        pytest.param((180, 90), True, id="systolic at its limit"),
        pytest.param((150, 110), True, id="diastolic at its limit"),
        pytest.param((220, 130), True, id="far above"),
        pytest.param(None, False, id="not taken"),
    ],
)
def test_a_high_reading_stops_whatever_was_said(
    reading: tuple[int, int] | None, is_stopped: bool
) -> None:
    said = no("hypertension_uncontrolled")
    given = clearance(said, about=(LEFT_CALF,), due=(), blood_pressure=reading, on=TODAY)
    assert given.verdict is (Verdict.STOP if is_stopped else Verdict.CLEAR)
    draft = VisitDraft(served_on=TODAY, answers=said, uses=(calf_use(),))
    assert bool(forbidden(draft, given)) is is_stopped


def test_the_stop_says_reading_and_limit() -> None:
    given = clearance((), about=(LEFT_CALF,), due=(), blood_pressure=(184, 96), on=TODAY)
    message = "No treatment today: blood pressure 184/96 mmHg, the limit is 180/110 mmHg."
    assert given.findings == (Finding(Level.STOP, message, "systolic"),)


@pytest.mark.parametrize(
    ("systolic", "diastolic", "about"),
    [
        pytest.param(None, None, [], id="not taken"),
        pytest.param(132, 84, [], id="both"),
        pytest.param(132, None, ["diastolic"], id="no diastolic"),
        pytest.param(None, 84, ["systolic"], id="no systolic"),
        pytest.param(49, 40, ["systolic"], id="too low"),
        pytest.param(301, 84, ["systolic"], id="too high"),
        pytest.param(50, 20, [], id="the lowest"),
        pytest.param(300, 200, [], id="the highest"),
        pytest.param(132, 19, ["diastolic"], id="diastolic too low"),
        pytest.param(290, 201, ["diastolic"], id="diastolic too high"),
        pytest.param(84, 132, ["diastolic"], id="exchanged"),
        pytest.param(90, 90, ["diastolic"], id="the same"),
    ],
)
def test_what_cannot_be_right(
    systolic: int | None, diastolic: int | None, about: list[str]
) -> None:
    found = [*check_blood_pressure(systolic, diastolic)]
    assert [f.about for f in found] == about
    assert {f.level for f in found} <= {Level.REFUSE}


def test_a_reading_has_both_numbers() -> None:
    assert VisitDraft(TODAY, systolic=132, diastolic=84).blood_pressure == (132, 84)
    assert VisitDraft(TODAY, systolic=132).blood_pressure is None
    assert VisitDraft(TODAY, diastolic=84).blood_pressure is None
