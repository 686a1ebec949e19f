"""What cannot be right is said beside its field; nothing is saved and no word is lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clinic_notes.charting import choices
from clinic_notes.clinical.drafts import UseDraft, VisitDraft
from clinic_notes.clinical.wording import MINUS
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.techniques import strokes
from tests import drafts, factories
from tests.charting.form_payloads import Sent, row_sent, sent
from tests.html_page import Page
from tests.stores import ON_ONE_STORE

TOMORROW = str(date.today() + timedelta(days=2))  # noqa: DTZ011 - no clinic's day is later.


@pytest.fixture
def whole(full_session) -> Sent:
    """What is sent for a full session, with a word of its own in each text."""
    return sent(full_session)


@pytest.fixture
def refused(maya, patient_with_episode, all_rows):
    """Send a new session and return the page that refuses it, having changed nothing."""

    def page_for(data: Sent) -> Page:
        before = all_rows()
        page = Page(maya.post(patient_with_episode.new_session_url, data=data))
        assert page.status == 422
        assert all_rows() == before
        return page

    return page_for


def lost(data: Sent, page: Page) -> dict[str, list[str]]:
    """Return what was sent and is neither in its field nor anywhere on the page."""
    missing: dict[str, list[str]] = {}
    for name, value in data.items():
        for text in value if isinstance(value, list) else [value]:
            if text and text not in page.sent.getlist(name) and text not in page.text:
                missing.setdefault(name, []).append(text)
    # Places that are not ticked stand by their names; the round trip holds those.
    return {name: texts for name, texts in missing.items() if not name.endswith("-places")}


DORSIFLEXION = f"{MINUS}30° to 45°"

WRONG = {
    "degrees above the hard limit": ({"roms-2-before": "46"}, "roms-2-before", DORSIFLEXION),
    "degrees below the hard limit": ({"roms-0-after": "-91"}, "roms-0-after", "° to 20°"),
    "degrees in words": ({"roms-2-before": "a few"}, "roms-2-before", "not a number such as 3.5"),
    "pain 11": ({"pains-0-before": "11"}, "pains-0-before", "0 to 10, whole numbers"),
    "pain minus 1": ({"pains-0-after": "-1"}, "pains-0-after", "0 to 10, whole numbers"),
    "pain 3,5": ({"pains-0-before": "3,5"}, "pains-0-before", "0 to 10, whole numbers"),
    "pain 2.5": ({"pains-0-before": "2.5"}, "pains-0-before", "0 to 10, whole numbers"),
    "a number and why there is none": (
        {"pains-0-before_state": "not_tested"}, "pains-0-before", "not both",
    ),
    "a future date": ({"served_on": TOMORROW}, "served_on", "cannot be in the future"),
    "a date that is none": ({"served_on": "2026-02-30"}, "served_on", "write it as year-month-day"),
    "a year before ours": ({"served_on": "0001-01-01"}, "served_on", "1900 at the earliest"),
    "no date": ({"served_on": ""}, "served_on", "needed"),
    "a time that is none": ({"start_time": "25:61"}, "start_time", "Not a valid time"),
    "an end before the start": ({"end_time": "09:00"}, "end_time", "cannot end before it starts"),
    "minutes 0": ({"uses-0-minutes": "0"}, "uses-0-minutes", "more than 0 min, up to 120 min"),
    "minutes 600 in a row": ({"uses-0-minutes": "600"}, "uses-0-minutes", "up to 120 min"),
    "minutes 600 in the session": ({"total_minutes": "600"}, "total_minutes", "0 min to 480 min"),
    "minutes in words": ({"total_minutes": "an hour"}, "total_minutes", "0 min to 480 min"),
    "more timed than total": ({"total_minutes": "59"}, "total_minutes", "part of the total"),
    "angle 95": ({"uses-0-angle_degrees": "95"}, "uses-0-angle_degrees", "0° to 90°"),
    "angle 3.5": ({"uses-0-angle_degrees": "3.5"}, "uses-0-angle_degrees", "0° to 90°"),
    "newtons without a source": (
        {"uses-0-newtons": "4"}, "uses-0-newtons_source", "measured or estimated",
    ),
    "newtons beyond any device": ({"uses-3-newtons": "126"}, "uses-3-newtons", "0 N to 125 N"),
    "discomfort 11": ({"uses-0-discomfort": "11"}, "uses-0-discomfort", "0 to 10"),
    "a grade and a number": (
        {"strengths-0-before": "20"}, "strengths-0-before", "a grade, not a number",
    ),
    "a score beyond its scale": ({"measures-2-after": "8"}, "measures-2-after", f"{MINUS}7 to 7"),
    "centimetres beyond a limb": ({"measures-0-before": "201"}, "measures-0-before", "200 cm"),
    "the same thing twice": (
        {"pains-3-detail": "gripping"}, "pains-3-context", "stands here twice",
    ),
    "a side the region has not": ({"uses-0-side": "midline"}, "uses-0-side", "is left or right"),
    "a row without its region": ({"uses-0-region": ""}, "uses-0-region", "Region is needed"),
    "a row id that is no number": ({"uses-0-id": "one"}, "uses-0-id", "Not a valid integer"),
    "a bell in the assessment": ({"assessment": "do\x07ne"}, "assessment", "U+0007"),
    "a zero byte in a remark": ({"uses-0-note": "a\x00b"}, "uses-0-note", "U+0000"),
    "an escape beside an answer": (
        {"answers-anticoagulant-detail": "a\x1bb"}, "answers-anticoagulant-detail", "U+001B",
    ),
    "a megabyte in the plan": ({"plan": "x" * 1_000_000}, "plan", "20,000 characters"),
    "a megabyte in a line": ({"position_detail": "x" * 1_000_000}, "position_detail", "200 char"),
    "a megabyte of degrees": ({"roms-0-before": "9" * 1_000_000}, "roms-0-before", "not a number"),
    "a place off the map": (
        {"answers-open_wound-answer": "yes", "answers-open_wound-places": ["Tail, left"]},
        "answers-open_wound-places",
        "not a place on the map",
    ),
}  # fmt: skip


@ON_ONE_STORE
@pytest.mark.parametrize(("change", "field", "words"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_right_is_said_beside_its_field(refused, whole, change, field, words):
    data = whole | change
    page = refused(data)
    assert words in page.summary()[field]
    assert field in page.ids
    beside = page.texts.get(f"{field}-error", "") or page.text.split(page.summary()[field])[-1]
    assert beside
    assert lost(data, page) == {}


KEYS = (
    "position",
    "skin_response",
    "measured_by_id",
    "decision",
    "pains-0-context",
    "roms-0-movement",
    "roms-0-side",
    "roms-0-mode",
    "roms-0-position",
    "roms-0-device",
    "roms-0-before_state",
    "strengths-0-movement",
    "strengths-0-side",
    "strengths-0-method",
    "strengths-0-before_grade",
    "measures-0-measure",
    "measures-0-side",
    "uses-0-instrument_id",
    "uses-0-region",
    "uses-0-side",
    "uses-0-tissues",
    "uses-0-stroke",
    "uses-0-direction",
    "uses-0-pressure",
    "uses-0-newtons_source",
    "uses-0-motion",
    "uses-0-lubricant_id",
    "interventions-0-kind",
    "effects-0-effect",
    "effects-0-grade",
    "effects-0-region",
    "effects-0-side",
    "effects-0-onset",
    "answers-open_wound-answer",
    "answers-anticoagulant-mitigation",
)


@ON_ONE_STORE
def test_a_key_no_catalogue_has_is_refused_in_every_field(refused, whole):
    data = whole | dict.fromkeys(KEYS, "no-such-key")
    page = refused(data)
    assert set(KEYS) <= set(page.summary())
    assert set(page.summary()) <= page.ids
    assert lost(data, page) == {}


@pytest.fixture
def retire(monkeypatch):
    """Retire entries of a catalogue, as a later version of its file might."""

    def retired(catalogue, key):
        entry = replace(catalogue[key], retired=date(2020, 1, 1))
        entries = tuple(entry if other.key == key else other for other in catalogue)
        monkeypatch.setattr(catalogue, "_entries", entries)
        monkeypatch.setitem(catalogue._by_key, key, entry)
        choices._of_catalogue.cache_clear()

    yield retired
    monkeypatch.undo()
    choices._of_catalogue.cache_clear()


@ON_ONE_STORE
def test_a_retired_stroke_is_refused(refused, whole, retire):
    retire(strokes, "sweep")
    page = refused(whole)
    assert "cannot be chosen here" in page.summary()["uses-0-stroke"]
    assert lost(whole, page) == {}


@ON_ONE_STORE
def test_an_answer_to_a_retired_question_is_refused(refused, whole, retire):
    retire(checklist, "sunburn")
    page = refused(whole)
    assert "no longer offered" in " ".join(page.summary().values())
    assert set(page.summary()) <= page.ids


@ON_ONE_STORE
@pytest.mark.parametrize(
    ("rows", "most"),
    {"pains": 20, "roms": 60, "strengths": 40, "measures": 40, "uses": 30, "effects": 20}.items(),
)
def test_two_thousand_rows_are_refused_in_words(refused, whole, rows, most):
    prefix = f"{rows}-1-"
    one = {name.removeprefix(prefix): v for name, v in whole.items() if name.startswith(prefix)}
    many = {f"{rows}-{n}-{name}": text for n in range(2000) for name, text in one.items()}
    page = refused(whole | many)
    assert page.summary()[rows] == f"At most {most} rows fit here; 2000 were sent."
    assert rows in page.ids


def test_what_belongs_to_another_clinic_cannot_be_chosen(refused, whole, acting_as, cast):
    with acting_as(cast.stranger):
        theirs = {
            "uses-0-instrument_id": str(factories.make_instrument(cast.stranger).id),
            "uses-0-lubricant_id": str(factories.make_lubricant(cast.stranger).id),
            "measured_by_id": str(cast.stranger.id),
        }
    page = refused(whole | theirs)
    assert set(theirs) == set(page.summary())


def test_a_row_of_another_visit_is_refused_and_nothing_changes(
    maya, save_visit, patient_with_episode, draft, stored_draft, all_rows
):
    first, second = (
        save_visit(patient_with_episode.new_session_url, sent(draft)) for _ in range(2)
    )
    taken: UseDraft = stored_draft(first).uses[0]
    data = Page(maya.get(f"/visits/{second}/edit")).sent
    data.update(row_sent("uses-1", replace(taken, note="mine now")))
    before = all_rows()
    page = Page(maya.post(f"/visits/{second}/edit", data=data))
    assert page.status == 409
    assert "mine now" in page.text
    assert all_rows() == before


@pytest.mark.parametrize("number", ["-1", "999999999999999"])
def test_a_row_nobody_has_is_refused(maya, patient_with_episode, draft, all_rows, number):
    before = all_rows()
    answer = maya.post(
        patient_with_episode.new_session_url, data=sent(draft) | {"uses-0-id": number}
    )
    assert answer.status_code == 409
    assert all_rows() == before


def test_a_made_up_token_is_a_token_like_any_other(maya, patient_with_episode, draft, visit_ids):
    first, second = (
        maya.post(patient_with_episode.new_session_url, data=sent(draft, once="\0made up"))
        for _ in range(2)
    )
    assert first.status_code == 303
    assert first.location == second.location
    assert len(visit_ids()) == 1


def test_what_no_form_asks_for_is_ignored(
    maya, save_visit, patient_with_episode, draft, stored_draft, acting_as, cast
):
    extras = {
        "id": "77", "clinic_id": "2", "patient_id": "999", "episode_id": "999", "version": "40",
        "author_id": str(cast.jonas.id), "signed_by_id": str(cast.jonas.id),
        "signed_at": "2026-01-01T00:00:00Z", "created_at": "2001-01-01", "uses-0-clinic_id": "2",
        "uses-0-visit_id": "999", "uses-0-place": "5",
    }  # fmt: skip
    number = save_visit(patient_with_episode.new_session_url, sent(draft, **extras))
    with acting_as(cast.maya):
        visit = factories.loaded(number)
        assert number != 77
        assert (visit.patient_id, visit.episode_id) == (
            patient_with_episode.patient_id,
            patient_with_episode.episode_id,
        )
        assert (visit.clinic_id, visit.author_id) == (cast.maya.clinic_id, cast.maya.id)
        assert (visit.signed_at, visit.signed_by_id, visit.version) == (None, None, 1)
        assert visit.created_at.year > 2001
    assert len(stored_draft(number).uses) == 1


def test_a_draft_may_have_gaps(save_visit, patient_with_episode, stored_draft):
    number = save_visit(
        patient_with_episode.new_session_url, {"served_on": str(drafts.yesterday())}
    )
    assert stored_draft(number) == VisitDraft(served_on=drafts.yesterday())
