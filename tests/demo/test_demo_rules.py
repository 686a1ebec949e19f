"""The demo clinic breaks none of its own rules: every note is asked again as it was signed."""

from dataclasses import dataclass
from datetime import datetime, time

import pytest
from flask import Flask
from sqlalchemy import select

from clinic_notes.charting.models import Visit
from clinic_notes.charting.rules import VisitFindings, evaluate_rules
from clinic_notes.charting.screening.earlier_answers import answers_and_last, earlier_visits
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.charting.visit.queries import WHO, episode_position
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.core.db import db
from clinic_notes.demo import build
from clinic_notes.reference.contraindications import questions
from tests.demo.test_building import PASSWORD, TODAY, FreeEmails, inside
from tests.stores import ON_ONE_STORE


@dataclass(frozen=True)
class Checked:
    """One note of the demo, and what the rules say of it."""

    name: str
    is_signed: bool
    draft: VisitDraft
    findings: VisitFindings


@ON_ONE_STORE
@pytest.mark.slow
def test_every_note_of_the_demo_keeps_the_rules(app: Flask, free_emails: FreeEmails) -> None:
    free_emails()
    # Sixty: each unusual health with each complaint that it meets, and former patients.
    build(app, password=PASSWORD, patients=60, seed=1, today=TODAY)
    with inside(app):
        notes = [checked(visit) for visit in every_visit()]
    assert len(notes) >= 300
    assert {note.name: note.findings.refusals for note in notes if note.findings.refusals} == {}
    signed = [note for note in notes if note.is_signed]
    assert {note.name: note.findings.missing for note in signed if note.findings.missing} == {}
    assert {note.name: note.findings.consent for note in signed if note.findings.consent} == {}
    # The rules have something to say there: a demo of nobody but the well would show nothing.
    caps = [note for note in notes if note.findings.caps]
    assert caps
    for note in caps:
        for use in note.draft.uses:
            cap = note.findings.clearance.cap_at(use.site)
            assert cap is None or use.pressure is None or use.pressure.rank <= cap.pressure.rank


def every_visit() -> list[Visit]:
    found = db.session.scalars(select(Visit).order_by(Visit.id).options(*WHO)).unique()
    return list(found)


def checked(visit: Visit) -> Checked:
    """Run every rule on a note, with what was known when it was written."""
    loaded, on = load_visit(visit), visit.served_on
    earlier = answers_and_last(earlier_visits(visit.patient_id, on))
    position = episode_position(visit.episode_id, on, visit.start_time, visit.id)
    findings = evaluate_rules(
        loaded.draft,
        patient=visit.patient,
        episode=visit.episode,
        supplies=loaded.supplies,
        history=[asked for asked in earlier.record if asked.asked_on < on],
        consents=[one for one in earlier.consents if one.given_on < on],
        questions=questions,
        now=datetime.combine(on, time(23, 59)),
        is_first=position.is_first,
    )
    name = f"{visit.patient.name}, {on:%d %b}"
    return Checked(name, visit.is_signed, loaded.draft, findings)
