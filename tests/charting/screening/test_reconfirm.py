"""The safety check in one tap: an answer and a time for every item, and none without the tap."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from clinic_notes.charting.screening import one_tap
from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.core import clock
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, HowAsked, Mitigation, Side
from tests import factories
from tests.charting.form_payloads import sent
from tests.drafts import ASKED
from tests.html_page import Page

EVERY = {item.key for item in ASKED if item.every_session}
THINNER = AnswerDraft(
    "anticoagulant",
    Answer.YES,
    detail="apixaban 5 mg",
    reason="INR not used for apixaban, skin sound",
    mitigation=Mitigation.REDUCE_PRESSURE,
)
SAID = tuple(
    THINNER if item.key == "anticoagulant" else AnswerDraft(item.key, Answer.NO) for item in ASKED
)


def answers(page: Page) -> dict[str, str]:
    found = {item.key: page.sent.get(f"answers-{item.key}-answer", "") for item in checklist}
    return {key: answer for key, answer in found.items() if answer}


def press(client, address, page: Page, **button) -> Page:
    job = "rows" if "add" in button else "answers"
    return Page(client.post(f"{address}/{job}", data=page.filled(**button)))


@pytest.fixture
def fully_asked_session(signed_session):
    """A signed session in which all was asked: a blood thinner, the rest no."""
    return signed_session(7, answers=SAID)


def test_before_the_tap_nothing_is_answered(maya, patient_with_episode, draft, fully_asked_session):
    page = Page(maya.get(patient_with_episode.repeat_url()))
    on = draft.served_on - timedelta(days=7)
    assert answers(page) == {}
    assert f"Nothing new since {on.day} {on:%b %Y}" in page.text
    assert "apixaban 5 mg" in page.text
    assert page.sent["answers-anticoagulant-detail"] == ""


def test_the_tap_answers_what_was_no_and_leaves_the_yes_a_question(
    maya, patient_with_episode, fully_asked_session
):
    page = press(
        maya,
        patient_with_episode.new_session_url,
        Page(maya.get(patient_with_episode.new_session_url)),
        confirm_unchanged="now",
    )
    assert answers(page) == dict.fromkeys(sorted(EVERY - {"anticoagulant"}), "no")
    assert "Nothing new since" not in page.text


def test_what_was_never_asked_of_this_place_stays_open(
    maya, patient_with_episode, fully_asked_session
):
    page = Page(maya.get(patient_with_episode.new_session_url)).filled(
        **{"uses-0-region": "hamstring", "uses-0-side": "left", "uses-0-stroke": "sweep"},
        confirm_unchanged="now",
    )
    given = answers(Page(maya.post(f"{patient_with_episode.new_session_url}/answers", data=page)))
    of_session = {i.key for i in ASKED if i.every_session and i.scope == "session"}
    assert given == dict.fromkeys(sorted(of_session - {"anticoagulant"}), "no")


def test_a_place_added_after_the_tap_is_not_answered_by_it(
    maya, patient_with_episode, draft, fully_asked_session, save_visit, stored_draft
):
    page = press(
        maya,
        patient_with_episode.new_session_url,
        Page(maya.get(patient_with_episode.repeat_url())),
        confirm_unchanged="now",
    )
    assert answers(page)["open_wound"] == "no"
    more = {"region": "hamstring", "side": "left", "stroke": "sweep"}
    more["instrument_id"] = str(patient_with_episode.instrument_id)
    data = page.filled(**{f"uses-1-{name}": value for name, value in more.items()})
    given = {
        a.item for a in stored_draft(save_visit(patient_with_episode.new_session_url, data)).answers
    }
    of_session = {i.key for i in ASKED if i.every_session and i.scope == "session"}
    assert given == of_session - {"anticoagulant"}


def test_still_so_gives_a_fresh_yes_with_what_was_said(
    maya, patient_with_episode, fully_asked_session
):
    page = press(
        maya,
        patient_with_episode.new_session_url,
        Page(maya.get(patient_with_episode.new_session_url)),
        confirm_yes="anticoagulant",
    )
    assert answers(page) == {"anticoagulant": "yes"}
    for field in ("detail", "reason", "mitigation"):
        assert page.sent[f"answers-anticoagulant-{field}"] == getattr(THINNER, field)
    other = press(
        maya,
        patient_with_episode.new_session_url,
        Page(maya.get(patient_with_episode.new_session_url)),
        confirm_yes="sunburn",
    )
    assert (other.status, answers(other)) == (200, {})


def test_the_rest_is_no_never_sweeps_a_yes_away(maya, patient_with_episode, fully_asked_session):
    page = press(
        maya,
        patient_with_episode.new_session_url,
        Page(maya.get(patient_with_episode.new_session_url)),
        answer_rest_no="due",
    )
    assert "anticoagulant" not in answers(page)


def test_a_first_session_is_offered_neither(maya, patient_with_episode):
    page = Page(maya.get(patient_with_episode.new_session_url))
    assert "Nothing new since" not in page.text
    assert "Previously answered yes" not in page.text
    assert (
        answers(press(maya, patient_with_episode.new_session_url, page, confirm_unchanged="now"))
        == {}
    )


def test_a_yes_among_them_takes_the_offer_away(maya, patient_with_episode, fully_asked_session):
    page = press(
        maya,
        patient_with_episode.new_session_url,
        Page(maya.get(patient_with_episode.new_session_url)),
        add="uses",
        **{"answers-sunburn-answer": "yes"},
    )
    assert "Nothing new since" not in page.text


def test_the_moment_of_the_tap_is_kept_and_stands_on_the_note(
    maya,
    patient_with_episode,
    draft,
    fully_asked_session,
    save_visit,
    stored_draft,
    acting_as,
    cast,
):
    tapped = clock.now().replace(microsecond=0)
    with clock.at(tapped):
        page = press(
            maya,
            patient_with_episode.new_session_url,
            Page(maya.get(patient_with_episode.new_session_url)),
            confirm_unchanged="now",
        )
        page = press(maya, patient_with_episode.new_session_url, page, confirm_yes="anticoagulant")
    typed = sent(replace(draft, answers=()))
    data = page.filled(**{n: v for n, v in typed.items() if isinstance(v, str) and v})
    data.setlist("uses-0-tissues", typed["uses-0-tissues"])
    with clock.at(tapped + timedelta(minutes=4)):
        number = save_visit(patient_with_episode.new_session_url, data)
    given = {a.item: a for a in stored_draft(number).answers}
    assert {a.answered_at for a in given.values()} == {tapped}
    assert given["anticoagulant"].detail == "apixaban 5 mg"
    # What is answered in the ordinary way is dated when it is saved; the rest keeps its moment.
    later, edit = tapped + timedelta(minutes=8), f"/visits/{number}/edit"
    changed = Page(maya.get(edit)).filled(**{"answers-diabetes-answer": "no"})
    with clock.at(later):
        assert maya.post(edit, data=changed).status_code == 303
    given = {a.item: a.answered_at for a in stored_draft(number).answers}
    assert given.pop("diabetes") == later
    assert set(given.values()) == {tapped}
    with acting_as(cast.maya):
        factories.sign(number, cast.maya)
    words = Page(maya.get(f"/visits/{number}")).text
    at = (f"{moment.astimezone(ZoneInfo('Europe/Berlin')):%H:%M}" for moment in (tapped, later))
    assert all(moment in words for moment in at)


NOW = datetime(2026, 3, 11, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "is_kept"),
    [
        ("2026-03-11T09:12:00Z no sunburn", True),
        ("2026-03-11T09:12:00Z yes sunburn", False),
        ("2026-03-11T09:31:00Z no sunburn", False),
        ("2026-03-09T09:12:00Z no sunburn", False),
    ],
    ids=["in time", "other answer", "to come", "too long ago"],
)
def test_a_moment_that_cannot_be_right_is_not_believed(
    maya, patient_with_episode, save_visit, stored_draft, line, is_kept
):
    data = {"served_on": "2026-03-11", "answers-sunburn-answer": "no", "answers-at": line}
    with clock.at(NOW):
        number = save_visit(patient_with_episode.new_session_url, data)
    (given,) = stored_draft(number).answers
    assert (given.answered_at != NOW) == is_kept


@pytest.mark.parametrize(
    "line",
    [
        "",
        "yesterday no sunburn",
        "2026-03-11T09:12:00Z maybe sunburn",
        "2026-03-11T09:12:00Z no x",
        "2026-03-11T09:12:00Z no how=guessed sunburn",
        "2026-03-11T09:12:00Z no how=unchanged since=then sunburn",
    ],
)
def test_a_line_that_says_no_moment_is_passed_over(line):
    at, calf = datetime(2026, 3, 11, 9, 12, tzinfo=UTC), (Site("calf", Side.LEFT),)
    since = date(2026, 3, 2)
    good = one_tap.line(at, Answer.NO, one_tap.unchanged_text(since, calf), ["hematoma"])
    assert one_tap.read([line, good]) == {
        ("hematoma", Answer.NO): one_tap.Tap(at, calf, HowAsked.UNCHANGED, since)
    }
