"""All field rules over a whole visit, each finding beside its field."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from clinic_notes.clinical.catalogue_checks import check_keys
from clinic_notes.clinical.drafts import (
    AnswerDraft,
    EffectDraft,
    InterventionDraft,
    PainDraft,
    Site,
    VisitDraft,
)
from clinic_notes.clinical.findings import Level, heaviest
from clinic_notes.clinical.screening.pressure_caps import PressureCap
from clinic_notes.clinical.visit_checks import check_visit
from clinic_notes.reference.catalogue import Catalogue
from clinic_notes.reference.techniques import strokes
from clinic_notes.reference.terms import Answer, ForceSource, Pressure, Side
from tests.clinical.charts import CHART_A1, CHART_B4, CHART_C, PLANTAR_USE, abouts, messages
from tests.drafts import calf_use, measured

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    "chart",
    [
        pytest.param(CHART_A1, id="A, plantar heel pain"),
        pytest.param(CHART_B4, id="B, lateral elbow pain"),
        pytest.param(CHART_C, id="C, screened and not treated"),
    ],
)
def test_nothing_on_a_paper_chart_is_refused(chart: VisitDraft) -> None:
    assert heaviest(check_visit(chart, today=TODAY)) not in (Level.STOP, Level.BLOCK, Level.REFUSE)


def changed(chart: VisitDraft, rows: str, number: int, **changes: Any) -> VisitDraft:
    given = list(getattr(chart, rows))
    given[number] = replace(given[number], **changes)
    return replace(chart, **{rows: tuple(given)})


@pytest.mark.parametrize(
    ("draft", "about"),
    [
        pytest.param(replace(CHART_A1, served_on=TODAY + timedelta(1)), "served_on", id="future"),
        pytest.param(
            changed(CHART_A1, "pains", 1, before=measured(11)), "pains-1-before", id="pain 11"
        ),
        pytest.param(
            changed(CHART_A1, "roms", 1, after=measured(111)), "roms-1-after", id="toe at 111"
        ),
        pytest.param(
            changed(CHART_B4, "strengths", 0, before=measured(4)),
            "strengths-0-before",
            id="strength",
        ),
        pytest.param(
            changed(CHART_B4, "measures", 1, before=measured(101)),
            "measures-1-before",
            id="grip of 101",
        ),
        pytest.param(
            changed(CHART_A1, "uses", 1, angle_degrees=95), "uses-1-angle_degrees", id="angle"
        ),
        pytest.param(changed(CHART_B4, "effects", 0, grade=5), "effects-0-grade", id="grade"),
        pytest.param(
            replace(CHART_A1, interventions=(InterventionDraft("exercise", minutes=Decimal(600)),)),
            "interventions-0-minutes",
            id="600 minutes of exercise",
        ),
        pytest.param(
            replace(CHART_A1, pains=(*CHART_A1.pains, PainDraft("now"))),
            "pains-3-context",
            id="pain now twice",
        ),
        pytest.param(replace(CHART_A1, timed_minutes=41), "total_minutes", id="minutes"),
    ],
)
def test_a_fault_stands_beside_its_field(draft: VisitDraft, about: str) -> None:
    assert about in abouts(check_visit(draft, today=TODAY))


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1E+999"])
def test_a_number_that_is_none_is_refused_wherever_it_is_typed(text: str) -> None:
    odd = Decimal(text)
    draft = replace(
        CHART_A1,
        pains=(PainDraft("now", before=measured(text)),),
        uses=(calf_use(minutes=odd, newtons=odd, newtons_source=ForceSource.MEASURED),),
        interventions=(InterventionDraft("exercise", minutes=odd),),
        effects=(EffectDraft("ecchymosis", grade=0, size_cm=odd, lasted=odd),),
    )
    found = check_visit(draft, today=TODAY, caps=[PressureCap(Pressure.MODERATE, "blood thinner")])
    assert {f.about for f in found if f.level is Level.REFUSE} >= {
        "pains-0-before",
        "uses-0-minutes",
        "uses-0-newtons",
        "interventions-0-minutes",
        "effects-0-size_cm",
        "effects-0-lasted",
    }


def test_the_cap_of_the_safety_check_reaches_the_uses() -> None:
    draft = replace(CHART_A1, interventions=())
    found = check_visit(draft, today=TODAY, caps=[PressureCap(Pressure.LIGHT, "blood thinner")])
    assert abouts(found) == ["uses-1-pressure"]


NOT_ON_THE_LIST = "This is not on the list. Choose one from it."


@pytest.mark.parametrize(
    ("draft", "about"),
    [
        (replace(CHART_A1, position="hanging"), "position"),
        (replace(CHART_A1, skin_response="blue"), "skin_response"),
        (replace(CHART_A1, answers=(AnswerDraft("luck", Answer.NO),)), "answers-luck-answer"),
        (
            replace(
                CHART_A1,
                answers=(AnswerDraft("open_wound", Answer.YES, (Site("tail", Side.LEFT),)),),
            ),
            "answers-open_wound-sites",
        ),
        (changed(CHART_A1, "pains", 0, context="yesterday"), "pains-0-context"),
        (changed(CHART_A1, "roms", 0, movement="wag"), "roms-0-movement"),
        (changed(CHART_A1, "roms", 0, position="upside_down"), "roms-0-position"),
        (changed(CHART_A1, "roms", 0, device="ruler"), "roms-0-device"),
        (changed(CHART_B4, "strengths", 0, movement="wag"), "strengths-0-movement"),
        (changed(CHART_A1, "measures", 0, measure="luck"), "measures-0-measure"),
        (changed(CHART_A1, "uses", 0, region="tail"), "uses-0-region"),
        (changed(CHART_A1, "uses", 0, stroke="slap"), "uses-0-stroke"),
        (changed(CHART_A1, "uses", 0, direction="away"), "uses-0-direction"),
        (changed(CHART_A1, "uses", 0, motion="dance"), "uses-0-motion"),
        (changed(CHART_A1, "uses", 0, tissues=("fur",)), "uses-0-tissues"),
        (changed(CHART_A1, "interventions", 0, kind="magic"), "interventions-0-kind"),
        (replace(CHART_A1, effects=(EffectDraft("joy"),)), "effects-0-effect"),
        (replace(CHART_A1, effects=(EffectDraft("erythema", onset="ever"),)), "effects-0-onset"),
        (replace(CHART_A1, effects=(EffectDraft("erythema", region="x"),)), "effects-0-region"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_unknown_key_is_refused(draft: VisitDraft, about: str) -> None:
    found = check_keys(draft)
    assert (abouts(found), messages(found)) == ([about], [NOT_ON_THE_LIST])


def test_a_retired_key_is_refused_from_that_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    retired = Catalogue(
        strokes.name,
        [replace(s, retired=date(2026, 3, 4)) if s.key == "sweep" else s for s in strokes],
        strokes.review,
    )
    monkeypatch.setattr(strokes, "_by_key", retired._by_key)

    the_day_before = replace(CHART_A1, served_on=date(2026, 3, 3))
    assert messages(check_keys(CHART_A1)) == ["Sweep is no longer offered. Choose another."]
    assert check_keys(the_day_before) == ()


def test_what_is_left_out_is_no_unknown_key() -> None:
    blank = calf_use(stroke="", direction="", motion="", tissues=())
    assert check_keys(replace(CHART_A1, position="", uses=(PLANTAR_USE, blank))) == ()
