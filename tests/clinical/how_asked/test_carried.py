"""Which earlier "no" stood in a session without being asked again."""

from datetime import date, timedelta

import pytest

from clinic_notes.clinical.drafts import AnswerDraft, VisitDraft
from clinic_notes.clinical.how_asked import carried_in_words, carried_no
from clinic_notes.clinical.screening import PriorAnswer, items_due
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer
from tests.drafts import LEFT_CALF, RIGHT_CALF, earlier, no

TODAY = date(2026, 11, 28)
THEN = TODAY - timedelta(days=2)
LONG_AGO = TODAY - timedelta(days=31)
RARE = next(i.key for i in checklist if not i.every_session and i.scope == "session")
OFTEN = next(i.key for i in checklist if i.every_session and not i.asked_before)


@pytest.mark.parametrize(
    ("history", "answers", "is_carried"),
    [
        pytest.param([earlier(RARE, Answer.NO, THEN, LEFT_CALF)], (), True, id="two days ago"),
        pytest.param([earlier(RARE, Answer.NO, LONG_AGO, LEFT_CALF)], (), False, id="due again"),
        pytest.param([earlier(OFTEN, Answer.NO, THEN, LEFT_CALF)], (), False, id="always asked"),
        pytest.param([earlier(RARE, Answer.NO, THEN, LEFT_CALF)], no(RARE), False, id="asked"),
        pytest.param(
            [earlier(RARE, Answer.NO, LONG_AGO), earlier(RARE, Answer.YES, THEN)],
            (),
            False,
            id="yes since",
        ),
        pytest.param([], (), False, id="never asked"),
    ],
)
def test_a_no_is_carried_while_it_counts(
    history: list[PriorAnswer], answers: tuple[AnswerDraft, ...], *, is_carried: bool
) -> None:
    due = items_due(history, (LEFT_CALF,), TODAY)
    draft = VisitDraft(TODAY, answers=answers)
    found = carried_no(history, draft, due=due, about=(LEFT_CALF,))
    assert [group.items for group in found] == ([(RARE,)] if is_carried else [])


def test_it_is_said_from_which_day() -> None:
    history = [earlier(RARE, Answer.NO, THEN, LEFT_CALF)]
    due = items_due(history, (RIGHT_CALF,), TODAY)
    found = carried_no(history, VisitDraft(TODAY), due=due, about=(RIGHT_CALF,))
    assert [*carried_in_words(found, TODAY)] == [
        "Carried from 26 Nov: 1 question answered no, not due again"
    ]
