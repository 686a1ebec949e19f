"""What a patient answers comes into the draft once, as the patient's own."""

from datetime import time, timedelta

import pytest
import time_machine
from flask.testing import FlaskClient

from clinic_notes.charting import actions as charting
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.clinical.drafts import MeasureDraft, PainDraft, VisitDraft
from clinic_notes.core import clock
from tests import factories
from tests.cast import PASSWORD, Cast
from tests.charting.kiosk.patient import PAIN, answer, answer_all, asked, begin, visit_of
from tests.drafts import measured
from tests.fixture_types import ActingAs, ClientFor
from tests.html_page import Page

ALL = ("6", "7", "climb stairs", "3", "")
"""Pain twice, one activity and how it goes, and no other."""


def draft_of(acting_as: ActingAs, cast: Cast, visit: int) -> VisitDraft:
    with acting_as(cast.maya):
        return load_visit(factories.loaded(visit)).draft


def own(draft: VisitDraft) -> dict[str, int]:
    """Return what the patient entered, by what it is about."""
    rows = [(row.context, row) for row in draft.pains]
    rows += [(f"{row.measure} {row.detail}".strip(), row) for row in draft.measures]
    return {name: int(row.before.number) for name, row in rows if row.before.by_patient}


def test_they_come_into_the_draft_once(maya: FlaskClient, acting_as: ActingAs, cast: Cast) -> None:
    visit = visit_of(acting_as, cast)
    begin(maya, visit)
    answer_all(maya, *ALL)
    # Sent twice, reloaded, or opened again: nothing changes any more.
    for data in ({"step": "0", "answer": "1"}, {"step": "8", "go": "next"}):
        assert maya.post("/kiosk/answer", data=data).location == "/kiosk"
    assert asked(maya).startswith("Thank you")
    expected = {"now": 6, "movement": 7, "psfs climb stairs": 3}
    assert own(draft_of(acting_as, cast, visit)) == expected
    maya.post("/kiosk/leave", data={"password": PASSWORD})
    draft = draft_of(acting_as, cast, visit)
    assert own(draft) == expected
    assert (len(draft.pains), len(draft.measures)) == (2, 1)
    shown = Page(maya.get(f"/visits/{visit}/kiosk/answers")).text
    assert shown.count("in the draft") == 3


def test_they_are_marked_on_form_note_and_summary(
    maya: FlaskClient, acting_as: ActingAs, cast: Cast
) -> None:
    visit = visit_of(acting_as, cast)
    begin(maya, visit)
    answer_all(maya, *ALL)
    maya.post("/kiosk/leave", data={"password": PASSWORD})
    form = Page(maya.get(f"/visits/{visit}/edit"))
    assert form.text.count("patient, on the tablet") >= 3
    assert "pain now 6 (patient, on the tablet)" in form.text
    note = Page(maya.get(f"/visits/{visit}")).text
    assert note.count("before by the patient, on the tablet") == 3
    # What the therapist changes is theirs; what they leave, or add beside it, stays the patient's.
    typed = form.filled(**{"pains-0-before": "5", "pains-1-after": "2"})
    assert maya.post(f"/visits/{visit}/edit", data=typed).status_code == 303
    assert own(draft_of(acting_as, cast, visit)) == {"movement": 7, "psfs climb stairs": 3}


def test_on_and_back_and_a_reload(maya: FlaskClient, acting_as: ActingAs, cast: Cast) -> None:
    visit = visit_of(acting_as, cast)
    begin(maya, visit)
    first = asked(maya)
    answer(maya, "6")
    second = asked(maya)
    assert second == asked(maya) != first
    answer(maya, "7", go="back")
    assert asked(maya) == first
    assert Page(maya.get("/kiosk")).sent["answer"] == "6"
    answer(maya, "5")
    assert (asked(maya), Page(maya.get("/kiosk")).sent["answer"]) == (second, "7")
    # A page that was left open answers its own question again.
    assert maya.post("/kiosk/answer", data={"step": "0", "answer": "4"}).status_code == 303
    answer_all(maya, "7", "")
    assert own(draft_of(acting_as, cast, visit)) == {"now": 4, "movement": 7}


@pytest.mark.parametrize("typed", ["11", "-1", "3.5", "x", "<script>"])
def test_what_is_no_answer_is_said_and_nothing_goes_on(
    maya: FlaskClient, acting_as: ActingAs, cast: Cast, typed: str
) -> None:
    begin(maya, visit_of(acting_as, cast))
    first = asked(maya)
    sent = Page(maya.get("/kiosk")).sent.to_dict() | {"answer": typed}
    answered = maya.post("/kiosk/answer", data=sent)
    assert answered.status_code == 422
    assert "Please choose one of the numbers." in Page(answered).text
    assert asked(maya) == first


def test_a_script_as_an_activity_is_text(
    maya: FlaskClient, acting_as: ActingAs, cast: Cast
) -> None:
    begin(maya, visit_of(acting_as, cast))
    for text in ("1", "2", "<b>run</b>"):
        answer(maya, text)
    assert "&lt;b&gt;run&lt;/b&gt;" in maya.get("/kiosk").get_data(as_text=True)
    assert "<b>run" not in maya.get("/kiosk").get_data(as_text=True)


def test_a_reading_that_is_there_stays(maya: FlaskClient, acting_as: ActingAs, cast: Cast) -> None:
    visit = visit_of(acting_as, cast)
    begin(maya, visit)
    with acting_as(cast.maya):
        # On another screen, a colleague enters pain meanwhile.
        found = factories.loaded(visit)
        stored = load_visit(found).draft
        pains = (PainDraft("now", before=measured(2), id=stored.pains[0].id), stored.pains[1])
        changed = stored.__class__(**vars(stored) | {"pains": pains})
        charting.record_visit(found, changed, stored=stored, version=found.version, by=cast.maya)
    answer_all(maya, *ALL)
    draft = draft_of(acting_as, cast, visit)
    assert draft.pains[0].before == measured(2)
    assert own(draft) == {"movement": 7, "psfs climb stairs": 3}
    maya.post("/kiosk/leave", data={"password": PASSWORD})
    shown = Page(maya.get(f"/visits/{visit}/kiosk/answers")).text
    assert "a reading was there already" in shown


def test_a_note_signed_meanwhile_stays_and_the_answers_are_shown(
    maya: FlaskClient, acting_as: ActingAs, cast: Cast
) -> None:
    visit = visit_of(
        acting_as, cast, pains=(PainDraft("now", before=measured(3), after=measured(2)),)
    )
    begin(maya, visit)
    with acting_as(cast.maya):
        factories.sign(visit, cast.maya)
    answer_all(maya, "climb stairs", "3", "")
    assert own(draft_of(acting_as, cast, visit)) == {}
    maya.post("/kiosk/leave", data={"password": PASSWORD})
    shown = Page(maya.get(f"/visits/{visit}/kiosk/answers")).text
    assert "This note was signed or discarded before the patient had finished." in shown
    assert "How well can you do this today: climb stairs? 3 not in the note" in shown


def test_a_draft_discarded_meanwhile_stays(
    maya: FlaskClient, acting_as: ActingAs, cast: Cast
) -> None:
    visit = visit_of(acting_as, cast)
    begin(maya, visit)
    with acting_as(cast.maya):
        factories.void(visit, cast.maya)
    answer_all(maya, *ALL)
    maya.post("/kiosk/leave", data={"password": PASSWORD})
    assert "not in the note" in Page(maya.get(f"/visits/{visit}/kiosk/answers")).text


def test_the_same_activities_are_asked_through_the_episode(
    maya: FlaskClient, acting_as: ActingAs, cast: Cast
) -> None:
    named = (MeasureDraft("psfs", detail="climb stairs"), MeasureDraft("psfs", detail="sleep"))
    visit = visit_of(acting_as, cast, measures=named)
    shown = Page(maya.get(f"/visits/{visit}/kiosk")).text
    assert "How well can you do this today: climb stairs?" in shown
    begin(maya, visit)
    answer_all(maya, "1", "2", "8", "9")
    assert own(draft_of(acting_as, cast, visit)) == {
        "now": 1, "movement": 2, "psfs climb stairs": 8, "psfs sleep": 9,
    }  # fmt: skip


def test_nothing_is_started_on_a_signed_note(
    maya: FlaskClient, client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya).id
    with acting_as(cast.maya):
        factories.sign(visit, cast.maya)
    assert maya.post(f"/visits/{visit}/kiosk").location == f"/visits/{visit}"
    assert client_for(cast.lena).get(f"/visits/{visit}/kiosk").status_code == 403
    assert client_for(cast.stranger).get(f"/visits/{visit}/kiosk/answers").status_code == 404


def test_the_change_is_asked_from_the_second_session_on(
    maya: FlaskClient, acting_as: ActingAs, cast: Cast
) -> None:
    with acting_as(cast.maya):
        first = factories.open_visit(cast.maya)
        signed, patient_id, episode_id = first.id, first.patient_id, first.episode_id
    with acting_as(cast.maya):
        factories.sign(signed, cast.maya)
    with acting_as(cast.maya):
        draft = VisitDraft(factories.loaded(signed).served_on, start_time=time(18), pains=PAIN)
        visit = factories.record_visit(patient_id, episode_id, draft, by=cast.maya, is_signed=False)
    begin(maya, visit)
    answer_all(maya, "1", "2", "", "-7")
    assert own(draft_of(acting_as, cast, visit)) == {"now": 1, "movement": 2, "groc": -7}


def test_they_are_the_patients_on_the_charts_too(
    maya: FlaskClient, acting_as: ActingAs, cast: Cast
) -> None:
    visit = visit_of(acting_as, cast, pains=(PainDraft("now", after=measured(2)),))
    begin(maya, visit)
    answer_all(maya, "6", "")
    maya.post("/kiosk/leave", data={"password": PASSWORD})
    with acting_as(cast.maya):
        patient_id = factories.loaded(visit).patient_id
        factories.sign(visit, cast.maya)
    shown = Page(maya.get(f"/patients/{patient_id}")).text
    assert "6 (patient)" in shown


def test_answers_of_a_browser_that_was_lost_come_into_the_draft_with_the_next_start(
    maya: FlaskClient, client_for: ClientFor, acting_as: ActingAs, cast: Cast
) -> None:
    visit = visit_of(acting_as, cast)
    begin(maya, visit)
    answer(maya, "6")
    with time_machine.travel(clock.now() + timedelta(minutes=16), tick=False):
        later = client_for(cast.maya)
        begin(later, visit)
        assert own(draft_of(acting_as, cast, visit)) == {"now": 6}
        answer_all(later, "7", "")
    assert own(draft_of(acting_as, cast, visit)) == {"now": 6, "movement": 7}
