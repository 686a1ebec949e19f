"""A voided note stays readable, reads "voided" wherever it stood, and counts for nothing."""

import io
from datetime import timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy import select, text

from clinic_notes.charting import actions as charting
from clinic_notes.charting.models import Visit
from clinic_notes.charting.note.seals import broken_seals
from clinic_notes.charting.plan.closing import discharge_facts
from clinic_notes.charting.plan.goals import rows_of_episode
from clinic_notes.charting.screening.earlier_answers import earlier_visits, record_in
from clinic_notes.charting.treatment.last_effects import last_effects
from clinic_notes.charting.treatment.past_sessions import past_treatments
from clinic_notes.charting.visit.queries import drafts_by, episode_position, position_and_last
from clinic_notes.clinical.drafts import EffectDraft
from clinic_notes.clinical.findings import Refused
from clinic_notes.core import clock
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.outcomes import queries as outcomes
from clinic_notes.outcomes.facts.models import EpisodeFact, MeasureFact, VisitFact
from clinic_notes.patients.models import Episode
from tests import drafts, factories
from tests.html_page import Page

REASON = "Written for the wrong patient."
FACTS = (EpisodeFact, VisitFact, MeasureFact)


@pytest.fixture
def signed(acting_as, cast):
    """Return a signed note of a new patient."""
    with acting_as(cast.maya):
        bruise = EffectDraft("ecchymosis", grade=2)
        visit = factories.open_visit(cast.maya, effects=(bruise,)).id
    with acting_as(cast.maya):
        factories.sign(visit, cast.maya)
    return visit


@pytest.fixture
def what_counts(acting_as, cast):
    """Return everything the application takes from the signed sessions of an episode."""

    def found(visit_id):
        with acting_as(cast.maya):
            visit = factories.loaded(visit_id)
            on, patient, episode = drafts.yesterday(), visit.patient_id, visit.episode_id
            earlier = earlier_visits(patient, on)
            since = clock.now() - timedelta(days=30)
            return {
                "earlier answers": record_in(earlier),
                "pain before": earlier.pain_before(episode),
                "last readings": position_and_last(episode, on, None)[1],
                "repeat": past_treatments(patient, episode, on),
                "effects to ask about": last_effects(patient, on),
                "number": episode_position(episode, on + timedelta(days=1), None).number - 1,
                "goals": rows_of_episode(episode, on),
                "closing": discharge_facts(db.session.get_one(Episode, episode)).sessions,
                "facts": [
                    row
                    for table in FACTS
                    for row in db.session.scalars(
                        select(table.id).where(table.episode_id == episode)
                    )
                ],
                "effects before the manager": outcomes.serious_effects(since),
            }

    return found


def everywhere(visit_id, client_for, cast):
    """Return the text of each page and print on which the note stands."""
    maya = client_for(cast.maya)
    note = Page(maya.get(f"/visits/{visit_id}"))
    patient = note.source.partition('href="/patients/')[2].partition('"')[0]
    pdf = PdfReader(io.BytesIO(maya.get(f"/visits/{visit_id}/note.pdf").data))
    return {
        "note": note.text.lower(),
        "PDF": " ".join(" ".join(page.extract_text() for page in pdf.pages).split()).lower(),
        "sessions": Page(maya.get(f"/patients/{patient}")).texts["sessions"].lower(),
        "today": Page(maya.get("/")).texts["signed"].lower(),
    }


def test_it_counts_for_nothing_any_more(signed, what_counts, acting_as, cast):
    before = what_counts(signed)
    assert [what for what, found in before.items() if not found] == []
    with acting_as(cast.maya):
        factories.void(signed, cast.maya)
    after = what_counts(signed)
    assert {what: found for what, found in after.items() if found} == {}


def test_it_reads_so_wherever_it_stood(signed, client_for, cast):
    maya, address = client_for(cast.maya), f"/visits/{signed}/void"
    before = everywhere(signed, client_for, cast)
    assert [place for place, text in before.items() if "voided" in text] == []
    page = Page(maya.get(address)).filled(reason=REASON)
    assert maya.post(address, data=page).status_code == 303
    shown = everywhere(signed, client_for, cast)
    assert [place for place, text in shown.items() if "voided" not in text] == []
    for place in ("note", "PDF", "sessions"):
        assert f"by maya reyes, pt, dpt: {REASON.lower()}" in shown[place]
    source = Page(maya.get(f"/visits/{signed}")).source
    assert "repeat=" not in source
    assert "/addenda" not in source


def test_what_it_says_stays_and_is_verified(signed, acting_as, cast, client_for):
    before = Page(client_for(cast.maya).get(f"/visits/{signed}")).texts["summary"]
    with acting_as(cast.maya):
        factories.void(signed, cast.maya)
    assert Page(client_for(cast.maya).get(f"/visits/{signed}")).texts["summary"] == before
    with acting_as(cast.maya):
        assert list(broken_seals()) == []
        line = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "visit.voided"))
        assert [(one.subject, one.actor_id) for one in line] == [(f"visit:{signed}", cast.maya.id)]


def test_it_is_voided_once_and_nothing_is_added(signed, acting_as, cast, client_for):
    with acting_as(cast.maya):
        factories.void(signed, cast.maya)
    with acting_as(cast.jonas), pytest.raises(Refused):
        factories.void(signed, cast.jonas)
    with acting_as(cast.jonas), pytest.raises(Refused):
        factories.amend(signed, cast.jonas)
    page = Page(client_for(cast.jonas).post(f"/visits/{signed}/void", data={"reason": REASON}))
    assert page.status == 422
    assert "It was voided before." in page.text


def test_a_voided_note_is_not_repeated(signed, acting_as, cast, client_for):
    with acting_as(cast.maya):
        visit = factories.loaded(signed)
        patient, episode = visit.patient_id, visit.episode_id
        factories.void(signed, cast.maya)
    maya = client_for(cast.maya)
    new = f"/patients/{patient}/visits/new?episode={episode}&repeat="
    assert maya.get(f"{new}{signed}").status_code == 404
    assert "no signed session here" in Page(maya.get(f"{new}last")).text


def test_a_voided_note_awaits_no_cosignature(acting_as, cast, client_for):
    with acting_as(cast.maya):
        awaiting = factories.awaiting_note(cast.sam, cast.maya)
    with acting_as(cast.sam):
        factories.void(awaiting, cast.sam)
    assert "to-cosign" not in Page(client_for(cast.maya).get("/")).texts
    with acting_as(cast.maya), pytest.raises(Refused):
        charting.cosign(factories.loaded(awaiting), addenda=0, by=cast.maya)


def test_a_short_reason_voids_nothing(signed, client_for, cast, acting_as):
    page = Page(client_for(cast.maya).post(f"/visits/{signed}/void", data={"reason": "oops"}))
    assert page.status == 422
    assert "at least 10 characters" in page.summary()["reason"]
    with acting_as(cast.maya):
        assert factories.loaded(signed).void is None


def test_a_discarded_draft_is_on_no_list_and_cannot_be_written(acting_as, cast, client_for):
    with acting_as(cast.maya):
        visit = factories.open_visit(cast.maya)
        draft, patient = visit.id, visit.patient_id
    maya, jonas = client_for(cast.maya), client_for(cast.jonas)
    opened = Page(jonas.get(f"/visits/{draft}/edit")).filled(plan="Typed meanwhile.")
    assert jonas.post(f"/visits/{draft}/void", data={"reason": REASON}).status_code == 422
    assert maya.post(f"/visits/{draft}/void", data={"reason": REASON}).status_code == 303
    assert f"/visits/{draft}" not in Page(maya.get("/")).source
    assert f"/visits/{draft}" not in Page(maya.get(f"/patients/{patient}")).source
    assert "Discarded on" in Page(maya.get(f"/visits/{draft}")).text
    assert maya.get(f"/visits/{draft}/edit").location == f"/visits/{draft}"
    assert maya.get(f"/visits/{draft}/sign").location == f"/visits/{draft}"
    refused = jonas.post(f"/visits/{draft}/edit", data=opened)
    assert refused.status_code == 409
    assert "Typed meanwhile." in refused.text
    with acting_as(cast.maya):
        assert [one.id for one in drafts_by(cast.maya)] == []
        whole = factories.loaded(draft)
        with pytest.raises(charting.AlreadySigned):
            charting.sign_visit(whole, version=whole.version, by=cast.maya)


def test_the_store_lets_nobody_write_into_what_was_discarded(acting_as, cast, app):
    with acting_as(cast.maya):
        draft = factories.open_visit(cast.maya).id
    with acting_as(cast.maya):
        factories.void(draft, cast.maya)
    with pytest.raises(Exception, match="nothing of it changes"), acting_as(cast.maya):
        db.session.execute(text("UPDATE visit SET plan = 'x' WHERE id = :id"), {"id": draft})


def test_numbers_count_signed_sessions_by_day_and_time(acting_as, cast, client_for):
    on = drafts.yesterday()
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya)
        episode = factories.make_episode(patient, cast.maya)
        tool = factories.make_instrument(cast.maya).id
    ids = {}
    # The afternoon's session is written first; a draft of the morning was begun by mistake.
    for name, days, is_signed in (("later", 0, True), ("draft", 3, False), ("first", 2, True)):
        with acting_as(cast.maya):
            draft = drafts.treated_draft(tool, served_on=on - timedelta(days=days))
            ids[name] = factories.record_visit(
                patient.id, episode.id, draft, by=cast.maya, is_signed=is_signed
            )
    with acting_as(cast.maya):
        visit = db.session.get_one(Visit, ids["first"])
        assert episode_position(visit.episode_id, on, None, ids["later"]).number == 2
    assert "session 1" in Page(client_for(cast.maya).get(f"/visits/{ids['first']}")).text.lower()


def test_whoever_unvoids_a_note_is_found(signed, acting_as, cast, app):
    with acting_as(cast.maya):
        factories.void(signed, cast.maya)
    with app.app_context(), db.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(
                text(f"SELECT set_config('app.clinic_id', '{cast.maya.clinic_id}', true)")
            )
            connection.execute(text("ALTER TABLE void DISABLE TRIGGER USER"))
        else:
            connection.execute(text("DROP TRIGGER void_delete_guard"))
        connection.execute(text("DELETE FROM void"))
    with acting_as(cast.maya):
        assert list(broken_seals()) == [f"session {signed}: it is voided no longer"]
