"""An earlier "yes" that is active in a session: in the summary, and in the sealed note."""

import json
from datetime import date

import pytest

from clinic_notes.clinical.drafts import AnswerDraft, VisitDraft
from clinic_notes.clinical.how_asked.wording import NOT_RECORDED
from clinic_notes.clinical.how_asked.yes_words import carried_forward_in_words
from clinic_notes.clinical.screening import PriorAnswer, clearance
from clinic_notes.clinical.sealed_note import SealedNote, document, note_from
from clinic_notes.clinical.summary import Names, summary
from clinic_notes.reference.terms import Answer, Mitigation
from tests.clinical.charts import CHART_A1
from tests.drafts import LEFT_CALF, LEFT_FOOT, earlier, no, yes

TODAY, THEN, BEFORE = date(2026, 3, 11), date(2026, 3, 2), date(2026, 1, 7)
FRAIL = PriorAnswer(
    "osteoporosis",
    Answer.YES,
    THEN,
    reason="light work only, her physician agrees",
    mitigation=Mitigation.REDUCE_PRESSURE,
    asked_about=(LEFT_CALF,),
)
FRAIL_TEXT = (
    "Carried from 2 Mar: osteoporosis (reason: light work only, her physician agrees), "
    "pressure at most moderate"
)
VEINS = PriorAnswer(
    "varicose_veins",
    Answer.YES,
    THEN,
    (LEFT_CALF,),
    mitigation=Mitigation.AVOID_AREA,
    asked_about=(LEFT_CALF,),
    detail="small",
)


@pytest.mark.parametrize(
    ("record", "answers", "expected"),
    [
        pytest.param([FRAIL], (), (FRAIL_TEXT,), id="a cap in force"),
        pytest.param(
            [VEINS],
            (),
            ("Carried from 2 Mar: varicose veins (left calf, small), avoiding the area",),
            id="at a site",
        ),
        pytest.param([FRAIL], no("osteoporosis"), (), id="answered no today"),
        pytest.param([FRAIL], (yes("osteoporosis"),), (), id="answered yes today"),
        pytest.param([FRAIL], (AnswerDraft("osteoporosis"),), (FRAIL_TEXT,), id="not asked today"),
        pytest.param(
            [FRAIL, earlier("osteoporosis", Answer.NO, TODAY, LEFT_CALF)],
            (),
            (),
            id="answered no since",
        ),
        pytest.param(
            [
                earlier("open_wound", Answer.YES, BEFORE, LEFT_CALF, sites=(LEFT_CALF,)),
                earlier("open_wound", Answer.NO, THEN, LEFT_CALF),
            ],
            (),
            (),
            id="healed",
        ),
        pytest.param(
            [earlier("open_wound", Answer.YES, THEN, LEFT_FOOT, sites=(LEFT_FOOT,))],
            (),
            ("Carried from 2 Mar: broken or healing skin (left plantar foot)",),
            id="elsewhere",
        ),
    ],
)
def test_what_is_carried_forward(
    record: list[PriorAnswer], answers: tuple[AnswerDraft, ...], expected: tuple[str, ...]
) -> None:
    found = clearance(answers, about=(LEFT_CALF,), history=record, due=(), on=TODAY)
    assert carried_forward_in_words(found.carried_forward, TODAY) == expected


def test_the_summary_tells_it_beside_what_was_asked() -> None:
    draft = VisitDraft(TODAY, answers=no("open_wound", "sunburn"))
    text = summary(draft, names=Names(carried=(FRAIL_TEXT,)))
    assert f"{NOT_RECORDED}. {FRAIL_TEXT}." in text


def test_an_older_note_says_it_as_it_was_sealed() -> None:
    text = summary(VisitDraft(TODAY), names=Names(carried_forward=("osteoporosis",)))
    assert "Standing: osteoporosis." in text


def test_a_note_sealed_before_it_named_what_is_carried_forward_still_opens() -> None:
    whole = json.loads(document(SealedNote(CHART_A1, Names(complaint="Heel pain"))))
    for name in ("standing", "written_by"):
        del whole["names"][name]
    old = json.dumps(whole, sort_keys=True, separators=(",", ":"))
    opened = note_from(old)
    assert (opened.visit, opened.names.complaint) == (CHART_A1, "Heel pain")
    assert (opened.names.carried_forward, opened.names.written_by) == ((), "")
