"""Places, strokes, products and harm: what needs a reason, a grade or another tool."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from clinic_notes.clinical.drafts import EffectDraft, LubricantContents, PainDraft
from clinic_notes.clinical.screening import Verdict
from clinic_notes.reference.terms import Pressure
from tests.clinical.situations.cases import (
    CLEAR,
    HEAVY,
    LIGHT,
    MODERATE,
    THROAT,
    Case,
    at,
    check,
    gently,
    row,
)
from tests.drafts import measured

GROIN, KNEE_HOLLOW = at("hip_flexor"), at("popliteal")
NOTE = {"use": {"note": "patient asked for more, felt well"}}
BALM = LubricantContents("Bee balm", "emollient_beeswax", ingredients="Cera alba")
JELLY = LubricantContents("Petroleum jelly", "petroleum_jelly", ingredients="Petrolatum")
OLD_JAR = LubricantContents("Old jar", "cream")
WAX = {"allergies": {"bee_products": "contact rash"}}
NICKEL = {"allergies": {"nickel_metal": "itching"}}
UNASKED: dict[str, Any] = {"is_asked": False}
GRADED = (EffectDraft("pain_increase", grade=1),)


def light(**visit: Any) -> Case:
    return Case(pressure=LIGHT, visit=visit)


def pain(before: int, after: int) -> Case:
    return light(pains=(PainDraft("now", before=measured(before), after=measured(after)),))


def with_effect(case: Case, *effects: EffectDraft) -> dict[str, Any]:
    return {"visit": {**case.visit, "effects": effects or GRADED}}


BROKEN, HARD = light(skin_response="broken_skin"), Case(use={"discomfort": 7}, pressure=LIGHT)


@pytest.mark.parametrize(
    ("case", "verdict", "cap", "sentence", "way_out"),
    [
        row("the throat, light", Case(at=THROAT, pressure=LIGHT), CLEAR, None),
        row("the throat, moderate, no reason", Case(at=THROAT, pressure=MODERATE), CLEAR, None,
            "Write in the remark why more than light pressure, 10 characters.", NOTE),
        row("the throat, firm, with a reason", Case(at=THROAT, use=NOTE["use"]), CLEAR, None,
            "Left anterior and lateral neck is treated with at most moderate pressure",
            gently(MODERATE)),
        row("the groin, moderate, no reason", Case(at=GROIN, pressure=MODERATE), CLEAR, None,
            "Write in the remark why more than light pressure", NOTE),
        row("the groin, heavy, with a reason", Case(at=GROIN, pressure=HEAVY, use=NOTE["use"]),
            CLEAR, None, "Left anterior hip and groin is treated with at most moderate pressure",
            gently(MODERATE)),
        row("the hollow of the knee, moderate, nine letters",
            Case(at=KNEE_HOLLOW, pressure=MODERATE, use={"note": "felt well"}), CLEAR, None,
            "Write in the remark why more than light pressure", NOTE),
        row("the hollow of the knee, firm, with a reason", Case(at=KNEE_HOLLOW, use=NOTE["use"]),
            CLEAR, None, "Left back of knee is treated with at most moderate pressure",
            gently(MODERATE)),
        row("the calf, heavy", Case(pressure=HEAVY), CLEAR, None),
        row("a brush, moderate", Case(pressure=MODERATE, use={"stroke": "brush"}), CLEAR, None,
            "Pressure at most light with the stroke brush.", gently(LIGHT)),
        row("a brush, light", Case(pressure=LIGHT, use={"stroke": "brush"}), CLEAR, None),
        row("a scoop, firm", Case(use={"stroke": "scoop"}), CLEAR, None),
        row("beeswax for somebody who reacts to it", Case(product=BALM, **WAX), CLEAR, None,
            "Bee balm contains bee products", {"product": JELLY}),
        row("petroleum jelly for somebody who reacts to beeswax", Case(product=JELLY, **WAX), CLEAR,
            None),
        row("steel for somebody who reacts to nickel", Case(has_nickel=True, **NICKEL), CLEAR, None,
            "This instrument contains nickel, and the patient reacts to it", {"has_nickel": False}),
        row("titanium for somebody who reacts to nickel", Case(has_nickel=False, **NICKEL), CLEAR,
            None),
        row("beeswax, allergies not asked", Case(product=BALM, **UNASKED), CLEAR, None,
            "Bee balm contains bee products", {"is_asked": True}),
        row("beeswax, allergies not asked, another product", Case(product=BALM, **UNASKED), CLEAR,
            None, "Bee balm contains bee products", {"product": JELLY}),
        row("no ingredient list, allergies not asked", Case(product=OLD_JAR, **UNASKED), CLEAR,
            None,
            "Old jar has no ingredient list, and the patient was not asked", NOTE),
        row("steel, allergies not asked", Case(has_nickel=True, **UNASKED), CLEAR, None,
            "This instrument contains nickel, and the patient was not asked", NOTE),
        row("petroleum jelly and titanium, allergies not asked", Case(product=JELLY, **UNASKED),
            CLEAR, None),
        row("pain from 3 to 5, no effect recorded", pain(3, 5), CLEAR, None,
            "Pain rose from 3 to 5: record the effect, with a grade of 1 or more.",
            with_effect(pain(3, 5))),
        row("pain from 3 to 4", pain(3, 4), CLEAR, None),
        row("pain from 5 to 3", pain(5, 3), CLEAR, None),
        row("broken skin, no effect recorded", BROKEN, CLEAR, None, "The skin broke: record the",
            with_effect(BROKEN, EffectDraft("skin_tear", grade=2))),
        row("broken skin, an effect without a grade",
            replace(BROKEN, visit={**BROKEN.visit, "effects": (EffectDraft("skin_tear"),)}), CLEAR,
            None, "The skin broke", with_effect(BROKEN)),
        row("broken skin, an effect of grade 0",
            replace(BROKEN, visit={**BROKEN.visit, "effects": (EffectDraft("erythema", grade=0),)}),
            CLEAR, None, "The skin broke", with_effect(BROKEN)),
        row("discomfort 7 of 10, no effect recorded", HARD, CLEAR, None,
            "Discomfort was 7 of 10: record the effect", with_effect(HARD)),
        row("discomfort 6 of 10", Case(use={"discomfort": 6}), CLEAR, None),
    ],
)  # fmt: skip
def test_technique_and_products(
    case: Case, verdict: Verdict, cap: Pressure | None, sentence: str, way_out: Mapping[str, Any]
) -> None:
    check(case, verdict, cap, sentence, way_out)
