"""What a number's field tells the page is what the server would say."""

import json
from decimal import Decimal

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import Form

from clinic_notes.clinical.limits import Limits, check_number
from clinic_notes.clinical.wording import MINUS
from clinic_notes.core.forms.fields import Number

ANGLE = Limits("Angle", -5, 90, "°", decimals=0, unusual_above=60)


class SampleForm(Form):
    """A form with numbers in it."""

    angle = Number("Angle", whole=True, unit="degrees", limits=ANGLE)
    motion = Number("Motion")


def limits_of(field: Number, limits: Limits | None = None) -> dict[str, object]:
    found: dict[str, object] = json.loads(field.limits_json(limits))
    return found


def test_each_sentence_is_the_rules_own() -> None:
    limits = limits_of(SampleForm().angle)
    for number, sentence in ((91, "outside"), (-6, "outside"), ("0.5", "tooFine")):
        (found,) = check_number(Decimal(number), ANGLE, "angle")
        assert found.message == limits[sentence]
    (found,) = check_number(61, ANGLE, "angle")
    assert found.message == str(limits["unusual"]).replace("{}", "61")
    assert (limits["least"], limits["most"], limits["usual"]) == (-5, 90, 60)


@pytest.mark.parametrize("typed", ["3,5", "1e9", "many"])
def test_what_is_no_number_is_told_as_it_is_refused(typed: str) -> None:
    form = SampleForm(data={})
    form.angle.process(MultiDict({"angle": typed}))
    assert form.angle.process_errors == [
        str(limits_of(form.angle)["notANumber"]).replace("{}", typed)
    ]


def test_a_reading_is_told_the_limits_of_what_it_measures() -> None:
    motion = SampleForm().motion
    assert "outside" not in limits_of(motion)
    assert limits_of(motion, ANGLE)["outside"] == f"Angle: {MINUS}5° to 90°, whole numbers."
    assert motion.may_be_negative(ANGLE)
    assert not motion.may_be_negative()
