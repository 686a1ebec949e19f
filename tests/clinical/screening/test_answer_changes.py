"""An answer that was given and then changed is named, by keys alone."""

import pytest

from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.clinical.screening import answers_changed
from clinic_notes.reference.terms import Answer, Side

NO, YES, NOT_ASKED = Answer.NO, Answer.YES, Answer.NOT_ASKED


def diabetes(answer: Answer, **more) -> AnswerDraft:
    return AnswerDraft("diabetes", answer, **more)


CHANGES = {
    "no becomes yes": ([diabetes(NO, id=7)], [diabetes(YES)], "diabetes:no>yes"),
    "yes becomes no": ([diabetes(YES)], [diabetes(NO)], "diabetes:yes>no"),
    "an answer is taken back": ([diabetes(NO)], [diabetes(NOT_ASKED)], "diabetes:no>not_asked"),
    "an answer is gone from the form": ([diabetes(NO)], [], "diabetes:no>not_asked"),
    "another reason": (
        [diabetes(YES, reason="Stable for years.")], [diabetes(YES, reason="?")], "diabetes:yes",
    ),
    "another site": (
        [diabetes(YES, sites=(Site("calf", Side.LEFT),))], [diabetes(YES)], "diabetes:yes",
    ),
    "the same again": ([diabetes(YES, id=7)], [diabetes(YES)], ""),
    "a first answer": ([], [diabetes(YES)], ""),
    "what was not asked is answered": ([diabetes(NOT_ASKED)], [diabetes(YES)], ""),
    "two of three": (
        [diabetes(NO), AnswerDraft("pregnancy", NO), AnswerDraft("fever", YES)],
        [diabetes(YES), AnswerDraft("pregnancy", NO), AnswerDraft("fever", NO)],
        "diabetes:no>yes,fever:yes>no",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "named"), CHANGES.values(), ids=CHANGES)
def test_it_reads(old, new, named):
    assert answers_changed(old, new) == named
