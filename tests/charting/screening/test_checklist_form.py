"""Answers that one tap gave about some sites are taken back in the form once others are treated."""

from datetime import UTC, datetime

import pytest
from flask import Flask, g
from werkzeug.datastructures import MultiDict
from wtforms import Form

from clinic_notes.charting.screening import one_tap
from clinic_notes.charting.screening.forms import Checklist
from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.reference.terms import Answer
from tests.drafts import LEFT_CALF, LEFT_FOOT

NO, YES, NOT_ASKED = Answer.NO, Answer.YES, Answer.NOT_ASKED
SKIN, FEVER = "open_wound", "fever_systemic_infection"
AT = datetime(2026, 3, 11, 9, 30, tzinfo=UTC)


class OnlyAnswers(Form):
    answers = Checklist("Safety check")


@pytest.fixture(autouse=True)
def page(app: Flask):
    with app.test_request_context():
        g.today = AT.date()
        yield


def revoked(**sent: str) -> tuple[AnswerDraft, ...]:
    """Return the drafts after the calf alone was asked about and the foot is treated."""
    tap = one_tap.line(AT, NO, one_tap.unchanged_text(None, [LEFT_CALF]), [SKIN, FEVER])
    typed = {f"answers-{name}": text for name, text in sent.items()} | {"answers-at": tap}
    form = OnlyAnswers(MultiDict(typed))
    form.answers.revoke_uncovered([LEFT_CALF, LEFT_FOOT])
    assert form.validate()
    return form.answers.value


def test_only_the_answer_about_another_site_is_taken_back() -> None:
    left = revoked(**{f"{FEVER}-answer": "no", f"{SKIN}-answer": "no", "osteoporosis-answer": "no"})
    assert {draft.item: draft.answer for draft in left} == {FEVER: NO, "osteoporosis": NO}


def test_what_was_written_beside_it_stays_as_not_asked() -> None:
    (left,) = revoked(**{f"{SKIN}-answer": "no", f"{SKIN}-detail": "healed in May"})
    assert left == AnswerDraft(SKIN, NOT_ASKED, detail="healed in May")
    assert left.answered_at is None


def test_an_answer_that_was_changed_since_stays() -> None:
    (left,) = revoked(**{f"{SKIN}-answer": "yes", f"{SKIN}-places": "calf:left"})
    assert left == AnswerDraft(SKIN, YES, (LEFT_CALF,))
