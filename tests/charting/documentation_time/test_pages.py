"""What a note took: added up over saves and signing, for its author alone; a clinic from five."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value

from clinic_notes.accounts import actions as accounts
from clinic_notes.charting import actions
from clinic_notes.charting.models import DocumentationTime
from clinic_notes.clinical.documentation_time import TimeSpent
from clinic_notes.clinical.drafts import Measured, PainDraft, StrengthDraft
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role
from clinic_notes.reference.terms import ReadingState, Side, StrengthMethod
from tests import drafts, factories
from tests.cast import PASSWORD
from tests.charting.form_payloads import sent
from tests.html_page import Page

NOT_TESTED, ZERO = Measured(ReadingState.NOT_TESTED), drafts.measured(0)
GRADE_4 = Measured(ReadingState.MEASURED, grade="4")
NOTHING_MEASURED = {
    "pains": (PainDraft("now", "", NOT_TESTED, NOT_TESTED),),
    "roms": (), "strengths": (), "measures": (),
}  # fmt: skip


def _strength(**ends: Measured) -> StrengthDraft:
    return StrengthDraft("ankle_plantarflexion", Side.LEFT, StrengthMethod.MMT, **ends)


@pytest.fixture
def stored_times(acting_as, cast):
    """Return the documentation times stored of the clinic's notes, by person."""

    def rows() -> dict[int, tuple[int, int, int, str]]:
        with acting_as(cast.maya):
            return {
                row.person_id: (row.active_ms, row.interactions, row.keystrokes, row.refused)
                for row in db.session.scalars(select(DocumentationTime))
            }

    return rows


@pytest.fixture
def page(maya):
    return lambda address: Page(maya.get(address))


def signed(client, visit: int, **more: str) -> None:
    filled = Page(client.get(f"/visits/{visit}/sign")).filled(password=PASSWORD, **more)
    assert client.post(f"/visits/{visit}/sign", data=filled).status_code == 303


def test_saves_and_signing_add_up(
    maya, patient_with_episode, draft, save_visit, stored_times, page, cast
):
    visit = save_visit(
        patient_with_episode.new_session_url, sent(draft, meter="60000 2000 20000 10 5")
    )
    again = page(f"/visits/{visit}/edit")
    assert again.sent["meter"] == ""
    data = again.filled(meter="9000 100 4000 2 7")
    assert maya.post(f"/visits/{visit}/edit", data=data).status_code == 303
    signed(maya, visit)
    told = maya.post(f"/visits/{visit}/documentation-time", data={"meter": "8000 10 6000 2 20"})
    assert (told.status_code, told.data) == (204, b"")
    assert stored_times() == {cast.maya.id: (30000, 14, 32, "")}
    text = page("/documentation-time").text
    assert "30 s" in text
    assert "Rosa Delgado" in text
    assert "possible copy:" not in text


def test_a_refusal_is_counted_with_the_save_that_comes_after_it(
    maya, patient_with_episode, draft, stored_times, cast
):
    wrong = sent(draft, meter="9000 1 9000 5 5", total_minutes="3,5")
    refused = Page(maya.post(patient_with_episode.new_session_url, data=wrong))
    assert stored_times() == {}
    assert refused.sent["meter"] == "9000 1 9000 5 5"
    refused_again = Page(
        maya.post(patient_with_episode.new_session_url, data=refused.filled(plan="\0"))
    )
    sent_again = refused_again.filled(plan="Rest.", total_minutes="40", once="another")
    assert maya.post(patient_with_episode.new_session_url, data=sent_again).status_code == 303
    assert stored_times() == {cast.maya.id: (9000, 5, 5, "total_minutes plan total_minutes ")}


def test_what_is_missing_for_a_signature_is_told_to_the_page_that_counts(
    patient_with_episode, draft, save_visit, page
):
    visit = save_visit(patient_with_episode.new_session_url, sent(draft, plan=""))
    assert page(f"/visits/{visit}/sign").sent["refused"] == "plan"


def test_a_note_is_never_refused_for_what_its_meter_says(
    patient_with_episode, draft, save_visit, stored_times
):
    assert save_visit(
        patient_with_episode.new_session_url, sent(draft, meter="<script>", refused="; DROP")
    )
    assert stored_times() == {}


def test_a_quick_note_is_marked_as_a_possible_clone(
    maya, patient_with_episode, draft, save_visit, page
):
    signed(
        maya, save_visit(patient_with_episode.new_session_url, sent(draft, meter="9000 1 9000 5 5"))
    )
    assert "possible copy: signed after 9 s of work" in page("/documentation-time").text


@pytest.mark.parametrize(
    ("readings", "is_marked"),
    [
        pytest.param({}, True, id="every reading not tested"),
        pytest.param({"pains": (PainDraft("now", "", ZERO, NOT_TESTED),)}, False, id="a 0 before"),
        pytest.param({"pains": (PainDraft("now", "", NOT_TESTED, ZERO),)}, False, id="a 0 after"),
        pytest.param({"strengths": (_strength(before=GRADE_4),)}, False, id="a grade before"),
        pytest.param({"strengths": (_strength(after=GRADE_4),)}, False, id="a grade after"),
    ],
)
def test_a_note_without_a_new_reading_is_marked_as_a_possible_clone(
    readings, is_marked, maya, patient_with_episode, draft, save_visit, page
):
    wanted = replace(draft, **(NOTHING_MEASURED | readings))
    signed(
        maya,
        save_visit(patient_with_episode.new_session_url, sent(wanted, meter="90000 1 90000 5 5")),
    )
    text = page("/documentation-time").text
    assert "Rosa Delgado" in text
    assert ("possible copy: no new reading" in text) is is_marked


def test_nobody_sees_the_pace_of_another(
    maya, patient_with_episode, draft, save_visit, page, client_for, cast
):
    signed(
        maya,
        save_visit(patient_with_episode.new_session_url, sent(draft, meter="90000 1 77000 5 5")),
    )
    assert "1 min 17 s" in page("/documentation-time").text
    assert "1 min 17 s" not in Page(client_for(cast.jonas).get("/documentation-time")).text
    lena = client_for(cast.lena)
    assert lena.get("/documentation-time").status_code == 403
    assert "Too few authors" in Page(lena.get("/documentation-time/clinic")).text
    assert maya.get("/documentation-time/clinic").status_code == 403


def test_the_manager_sees_the_middle_of_five_authors_and_no_name(acting_as, client_for, cast):
    with acting_as(cast.root):
        people = [cast.maya, cast.jonas]
        # An assistant signs no first session, so the third is a therapist too.
        for nth in (3, 4, 5):
            newcomer = accounts.add_user(
                email=f"{nth}@demo.clinic", name=f"Number {nth}", credentials="PT",
                role=Role.THERAPIST, password=None, by=cast.root,
            )  # fmt: skip
            people.append(newcomer)
    for person in people:
        set_committed_value(person, "clinic", cast.maya.clinic)
    for nth, person in enumerate(people, start=1):
        with acting_as(person):
            visit = factories.open_visit(person)
            actions.add_documentation_time(
                visit, TimeSpent(99_000, 500, 10_000 * nth, 9 + nth, 40), by=person
            )
            number = visit.id
        with acting_as(person):
            factories.sign(number, person)
    page = Page(client_for(cast.lena).get("/documentation-time/clinic")).text
    assert "30 s median active time of 5 notes" in page
    assert "1 of 5 signed notes" in page or "1 of 5" in page
    for person in (cast.maya, cast.jonas):
        assert person.name not in page
