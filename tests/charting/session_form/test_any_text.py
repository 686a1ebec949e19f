"""Any text a person can type is kept to the letter and never read as markup."""

from dataclasses import replace

import pytest

from clinic_notes.charting.models import Visit
from clinic_notes.clinical.drafts import EffectDraft, InterventionDraft, MeasureDraft, PainDraft
from clinic_notes.core.db import db
from clinic_notes.reference.terms import Answer, Side
from tests import drafts, factories
from tests.charting.form_payloads import sent
from tests.html_page import Page

TEXTS = {
    "script tags": "<script>alert('x')</script></textarea><img src=x onerror=alert(1)>",
    "right to left": "כאב בעקב abc עם ٣",
    "emoji": "👩🏽\u200d⚕️ better 🎉",
    "quotes and ampersands": 'O\'Brien said "7 < 8" &amp; {{ 7 * 7 }} %(x)s',
    "combining letters": "x\u0301 and Zo\xeb stay as they are",
}


@pytest.fixture(params=TEXTS.values(), ids=list(TEXTS))
def text(request) -> str:
    return request.param


@pytest.fixture
def worded(draft, text):
    """A session with that text in every field that takes words."""
    reason = f"ten characters and {text}"
    answers = tuple(
        replace(a, detail=text, reason=reason) if a.answer is Answer.YES else a
        for a in draft.answers
    )
    fields = ("subjective", "assessment", "plan", "position_detail")
    return replace(
        draft,
        **dict.fromkeys(fields, text),
        answers=answers,
        pains=(*draft.pains, PainDraft("movement", detail=text, before=drafts.measured(5))),
        measures=(
            MeasureDraft("girth_cm", Side.LEFT, detail=text, before=drafts.measured("36.8")),
        ),
        uses=tuple(replace(use, note=text) for use in draft.uses),
        interventions=(InterventionDraft("advice", detail=text),),
        effects=(EffectDraft("erythema", grade=0, place=text, detail=text, action=text),),
    )


@pytest.fixture
def named(acting_as, cast, patient_with_episode, text):
    """The patient and her complaint are called like that too."""
    with acting_as(cast.maya):
        visit = factories.open_visit(
            cast.maya, patient=factories.make_patient(cast.maya, family_name=text[:90])
        )
        return visit.id


def test_it_is_stored_exactly(save_visit, patient_with_episode, worded, stored_draft, text):
    stored = stored_draft(save_visit(patient_with_episode.new_session_url, sent(worded)))
    assert (stored.subjective, stored.assessment, stored.plan) == (text, text, text)
    assert {stored.position_detail, stored.pains[1].detail, stored.measures[0].detail} == {text}
    assert {stored.uses[0].note, stored.interventions[0].detail} == {text}
    effect = stored.effects[0]
    assert {effect.place, effect.detail, effect.action} == {text}
    asked = [a for a in stored.answers if a.answer is Answer.YES]
    assert {a.detail for a in asked} == {text}
    assert {a.reason for a in asked} == {f"ten characters and {text}"}


@pytest.mark.parametrize("view", ["edit", "sign", "note"])
def test_it_is_shown_as_text(maya, save_visit, patient_with_episode, worded, text, view):
    number = save_visit(patient_with_episode.new_session_url, sent(worded))
    page = Page(maya.get(f"/visits/{number}" + ("" if view == "note" else f"/{view}")))
    assert page.status == 200
    assert "<script>alert" not in page.source
    assert "<img src=x" not in page.source
    if view == "edit":
        assert page.sent["subjective"] == page.sent["uses-0-note"] == text
    else:
        assert " ".join(text.split()) in page.text


def test_a_name_is_shown_as_text(maya, named, text, acting_as, cast):
    with acting_as(cast.maya):
        assert db.session.get_one(Visit, named)
    for address in (f"/visits/{named}", f"/visits/{named}/edit", f"/visits/{named}/sign", "/"):
        page = Page(maya.get(address))
        assert page.status == 200
        assert "<script>alert" not in page.source
        assert "<img src=x" not in page.source


def test_a_refused_text_is_shown_as_text(maya, patient_with_episode, worded, text):
    page = Page(
        maya.post(patient_with_episode.new_session_url, data=sent(worded, served_on="never"))
    )
    assert page.status == 422
    assert "<script>alert" not in page.source
    assert page.sent["plan"] == text
