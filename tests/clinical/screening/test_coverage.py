"""An answer given for some sites is taken back once another site is treated as well."""

from datetime import UTC, datetime

import pytest

from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.clinical.screening import without_uncovered_answers
from clinic_notes.reference.terms import Answer, Side
from tests.drafts import LEFT_CALF, LEFT_FOOT, RIGHT_CALF

NO, YES, NOT_ASKED = Answer.NO, Answer.YES, Answer.NOT_ASKED
SKIN, FEVER = "open_wound", "fever_systemic_infection"
BOTH_CALVES = Site("calf", Side.BILATERAL)
AT = datetime(2026, 3, 11, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked_about", "treated", "stays"),
    [
        pytest.param([LEFT_CALF], [LEFT_CALF], True, id="the same site"),
        pytest.param([LEFT_CALF], [], True, id="nothing is treated"),
        pytest.param([LEFT_CALF], [LEFT_CALF, LEFT_FOOT], False, id="another site as well"),
        pytest.param([LEFT_CALF], [RIGHT_CALF], False, id="the other side"),
        pytest.param([LEFT_CALF], [BOTH_CALVES], False, id="both sides"),
        pytest.param([BOTH_CALVES], [RIGHT_CALF], True, id="one of both sides"),
        pytest.param([LEFT_CALF, RIGHT_CALF], [BOTH_CALVES], True, id="left and right"),
        pytest.param([], [LEFT_FOOT], True, id="not given for some sites only"),
    ],
)
def test_an_answer_stays_while_it_speaks_of_every_place_treated(
    asked_about: list[Site], treated: list[Site], stays: bool
) -> None:
    answers = (AnswerDraft(SKIN, NO, answered_at=AT),)
    left = without_uncovered_answers(answers, {(SKIN, NO): asked_about}, treated)
    assert left == (answers if stays else ())


def test_an_answer_about_the_whole_session_stays_whatever_is_treated() -> None:
    answers = (AnswerDraft(FEVER, NO),)
    assert without_uncovered_answers(answers, {(FEVER, NO): [LEFT_CALF]}, [LEFT_FOOT]) == answers


def test_an_answer_that_was_changed_since_stays() -> None:
    answers = (AnswerDraft(SKIN, YES, (LEFT_CALF,)),)
    assert without_uncovered_answers(answers, {(SKIN, NO): [LEFT_CALF]}, [LEFT_FOOT]) == answers


def test_what_was_written_beside_an_answer_stays_as_not_asked() -> None:
    answers = (AnswerDraft(SKIN, NO, detail="healed in May", id=7, answered_at=AT),)
    (left,) = without_uncovered_answers(answers, {(SKIN, NO): [LEFT_CALF]}, [LEFT_FOOT])
    assert left == AnswerDraft(SKIN, NOT_ASKED, detail="healed in May", id=7)
    assert left.answered_at is None


def test_the_other_answers_keep_their_order() -> None:
    answers = (AnswerDraft(FEVER, NO), AnswerDraft(SKIN, NO), AnswerDraft("osteoporosis", YES))
    left = without_uncovered_answers(answers, {(SKIN, NO): [LEFT_CALF]}, [LEFT_FOOT])
    assert left == (answers[0], answers[2])
