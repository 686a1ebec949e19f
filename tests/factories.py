"""Records made as the pages make them, through actions, with the trail they leave.

Every function works inside ``acting_as(person)``. What it makes is plain and complete;
a test changes only what it speaks of.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic_notes.accounts.models import User
from clinic_notes.charting import actions as charting
from clinic_notes.charting.autosave.form_instance import About, FormInstance
from clinic_notes.charting.kiosk.actions import start_kiosk
from clinic_notes.charting.models import Addendum, Report, Visit
from clinic_notes.charting.report.queries import known_report
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.charting.visit.queries import WHO
from clinic_notes.clinical.corrections import corrected, values_of
from clinic_notes.clinical.drafts import EffectDraft, VisitDraft
from clinic_notes.clinical.due import DueKind
from clinic_notes.clinical.goals import GoalDraft
from clinic_notes.clinical.policy import ItemPolicy
from clinic_notes.clinical.readings.self_report import KioskQuestion
from clinic_notes.clinical.reports import ReportDraft, ReportKind
from clinic_notes.core import clock
from clinic_notes.core.db import db
from clinic_notes.equipment import actions as equipment
from clinic_notes.equipment.drafts import InstrumentDraft, LubricantDraft
from clinic_notes.equipment.models import Instrument, Lubricant
from clinic_notes.patients import actions as patients
from clinic_notes.patients.drafts import (
    AllergiesAsked,
    AllergyDraft,
    ConditionDraft,
    EpisodeDraft,
    PatientDraft,
)
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.plan_of_care import actions as plan_of_care
from clinic_notes.plan_of_care.drafts import ClosingDraft, DischargeFacts, DoneDraft
from clinic_notes.plan_of_care.models import Closing, DueRecord, Goal
from clinic_notes.policy import actions as policy
from clinic_notes.reference.terms import AgreedBy, Sex, Side
from clinic_notes.snippets import actions as snippets
from clinic_notes.snippets.models import TextSnippet
from clinic_notes.snippets.rules import SnippetDraft
from tests.drafts import treated_draft, yesterday

_next = count(1)


def patient_draft(**changes: Any) -> PatientDraft:
    """Return Rosa Delgado: an allergy, a standing condition, a number nobody else has."""
    given: dict[str, Any] = {
        "given_name": "Rosa",
        "family_name": "Delgado",
        "born_on": date(1979, 3, 14),
        "sex": Sex.FEMALE,
        "mrn": f"H-{next(_next):05d}",
        "has_allergies": AllergiesAsked.YES,
        "allergies": (AllergyDraft("bee_products", reaction="contact rash"),),
        "conditions": (ConditionDraft("takes apixaban", "anticoagulant"),),
    }
    return PatientDraft(**(given | changes))


def make_patient(by: User, **changes: Any) -> Patient:
    return patients.register_patient(patient_draft(**changes), by=by)


def make_episode(patient: Patient, by: User, **changes: Any) -> Episode:
    given: dict[str, Any] = {
        "complaint": "Calf tightness, left",
        "region": "calf",
        "side": Side.LEFT,
        "opened_on": yesterday() - timedelta(days=30),
        "planned_visits": 8,
    }
    return patients.open_episode(patient, EpisodeDraft(**(given | changes)), by=by)


def make_goal(episode: Episode, by: User, **changes: Any) -> Goal:
    """Set a goal: active dorsiflexion of 16° in six weeks, from 4° on, agreed a month ago."""
    agreed_on = yesterday() - timedelta(days=30)
    given: dict[str, Any] = {
        "kind": "mobility_flexibility",
        "agreed_on": agreed_on,
        "by_on": agreed_on + timedelta(days=42),
        "measure": "rom:ankle_dorsiflexion:left:active",
        "start": Decimal(4),
        "target": Decimal(16),
        "agreed_by": AgreedBy.PATIENT,
    }
    return plan_of_care.add_goal(episode, GoalDraft(**(given | changes)), by=by)


def record_done(
    episode: Episode, by: User, kind: DueKind = DueKind.PROGRESS_REPORT, on: date | None = None
) -> DueRecord:
    """Record that a progress report was done yesterday, in an episode treated since it opened."""
    done = DoneDraft(kind, on or yesterday())
    return plan_of_care.record_done(episode, done, first_treatment_on=episode.opened_on, by=by)


def relocate(episode_id: int, by: User, region: str = "hamstring", side: Side = Side.RIGHT) -> None:
    """Correct the place of an episode with signed sessions."""
    episode = db.session.get_one(Episode, episode_id)
    draft = replace(patients.episode_draft(episode), region=region, side=side)
    why = "The other leg was meant."
    patients.revise_episode(episode, draft, version=episode.version, by=by, place_reason=why)


def close_episode(episode: Episode, by: User, *, on: date | None = None) -> Closing:
    """Close an episode yesterday, its goals met."""
    return plan_of_care.close_episode(
        episode,
        ClosingDraft(on or yesterday(), "goals_met"),
        DischargeFacts(),
        version=episode.version,
        by=by,
    )


def make_instrument(by: User, **changes: Any) -> Instrument:
    given = {"name": f"GT5 number {next(_next)}", "material": "stainless_steel"}
    return equipment.add_instrument(InstrumentDraft(**(given | changes)), by=by)


def make_lubricant(by: User, **changes: Any) -> Lubricant:
    given = {"name": f"Petroleum jelly {next(_next)}", "kind": "petroleum_jelly"}
    return equipment.add_lubricant(LubricantDraft(**(given | changes)), by=by)


def make_snippet(by: User, **changes: Any) -> TextSnippet:
    """Keep a private snippet of a home programme."""
    given: dict[str, Any] = {
        "name": f"hep{next(_next)}",
        "text": "Heel drops, 3 x 15, twice a day.",
    }
    return snippets.add_snippet(SnippetDraft(**(given | changes)), by=by)


def make_policy(by: User) -> None:
    """Make the first version of the clinic's policy, and record a review of it."""
    own = ItemPolicy("diabetes", ask_again_days=7)
    policy.change_item(own, reason="decided in the team", version=0, by=by)
    review = policy.ReviewDraft("Dr. Ana Ott", "PT 12345", clock.today(by.clinic.time_zone))
    policy.record_review(review, version=1, by=by)


def open_visit(by: User, *, patient: Patient | None = None, **changes: Any) -> Visit:
    """Begin a whole session, of a new patient where none is given."""
    patient = patient or make_patient(by)
    draft = treated_draft(make_instrument(by).id, make_lubricant(by).id, **changes)
    return charting.open_visit(make_episode(patient, by), draft, patient=patient, by=by)


def known_patient(patient_id: int) -> Patient:
    """Return a patient on record, with what is known of them now."""
    patient = db.session.get_one(Patient, patient_id)
    db.session.refresh(patient, ["allergies", "conditions"])
    return patient


def record_visit(
    patient_id: int, episode_id: int, draft: VisitDraft, *, by: User, is_signed: bool = True
) -> int:
    """Record a session of a patient on record, and sign it; return its id."""
    patient, episode = known_patient(patient_id), db.session.get_one(Episode, episode_id)
    visit = charting.open_visit(episode, draft, patient=patient, by=by)
    if is_signed:
        sign(visit.id, by)
    return visit.id


def keep_typing(visit: Visit, by: User, **typed: str) -> None:
    """Keep what a person typed into a visit's form and did not save."""
    about = About(visit.patient_id, visit.episode_id, visit.id)
    form_instance = FormInstance.for_person(by.id)
    charting.autosave(form_instance, list(typed.items()), about=about, version=visit.version, by=by)


def loaded(visit_id: int) -> Visit:
    """Return a visit with everything of it, as the pages load it."""
    whole = select(Visit).where(Visit.id == visit_id).options(*WHO)
    return db.session.scalars(whole).unique().one()


def sign(visit_id: int, by: User) -> None:
    """Sign a visit that is complete."""
    visit = loaded(visit_id)
    charting.sign_visit(visit, version=visit.version, by=by)


def awaiting_note(author: User, therapist: User) -> int:
    """Sign an assistant's note in an episode that a therapist began; return its id."""
    first = open_visit(therapist, served_on=yesterday() - timedelta(days=7))
    sign(first.id, therapist)
    tool = make_instrument(therapist)
    later = treated_draft(tool.id)
    return record_visit(first.patient_id, first.episode_id, later, by=author)


def return_to_author(visit_id: int, by: User, comment: str = "Which side was it?") -> None:
    """Return a note that awaits a co-signature."""
    charting.return_to_author(loaded(visit_id), comment, by=by)


def give_tablet(visit: Visit, by: User) -> None:
    """Give the tablet to the visit's patient, in a browser nobody has open."""
    start_kiosk(visit, (KioskQuestion("pain_now"),), token="nobody's", by=by)


def void(visit_id: int, by: User, reason: str = "Written for the wrong patient.") -> None:
    """Void a signed note, or discard a draft."""
    charting.void_visit(loaded(visit_id), reason, by=by)


def amend(visit_id: int, by: User, text: str = "She called: sore for a day.") -> Addendum:
    """Add words to a signed visit."""
    return charting.add_addendum(
        loaded(visit_id), text=text, about_on=None, effect=EffectDraft(""), by=by
    )


def correct(visit_id: int, by: User, to: int = 6) -> Addendum:
    """Correct the first reading of a signed visit, as it was before treatment."""
    visit = loaded(visit_id)
    value = next(values_of(load_visit(visit).draft))
    return charting.add_addendum(
        visit,
        text="Read from the wrong line.",
        about_on=None,
        effect=EffectDraft(""),
        by=by,
        correction=corrected(value, Decimal(to), "", is_withdrawn=False),
    )


def open_episodes(patient_id: int) -> list[Episode]:
    """Return the patient's episodes that are not closed, as her form finds them."""
    whole = select(Patient).options(joinedload(Patient.open_episodes))
    found = whole.where(Patient.id == patient_id).execution_options(populate_existing=True)
    return db.session.scalars(found).unique().one().open_episodes


REPORT_TEXTS = {
    "diagnosis": "M62.9 disorder of muscle, left calf",
    "goals": "Dorsiflexion 16 degrees, by May: on track.",
    "changes": "Dorsiflexion 4 to 9 degrees: beyond measurement error.",
    "skilled_need": "Pressure is chosen anew each time by the skin's response.",
    "plan": "Twice a week for four weeks.",
}


def make_report(
    episode_id: int, by: User, kind: ReportKind = ReportKind.PROGRESS_REPORT, **changes: Any
) -> Report:
    """Begin a report about yesterday; the episode has a signed session on that day."""
    days = {"period_from": yesterday(), "period_until": yesterday()}
    corrects = changes.pop("corrects", None)
    return charting.begin_report(
        db.session.get_one(Episode, episode_id),
        kind,
        ReportDraft(**(days | REPORT_TEXTS | changes)),
        corrects=corrects,
        by=by,
    )


def sign_report(report_id: int, by: User, licence: str = "PT 12345") -> None:
    """Sign a report of which nothing is missing."""
    report = known_report(report_id)
    charting.sign_report(report, licence=licence, version=report.version, by=by)
