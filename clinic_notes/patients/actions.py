"""Actions on patients and episodes. Nothing is deleted: rows end, episodes close."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import attributes
from sqlalchemy.orm.exc import StaleDataError

from clinic_notes.accounts.models import User
from clinic_notes.accounts.queries import today_at_clinic
from clinic_notes.clinical.findings import Finding, Level, Refused
from clinic_notes.core import audit, clock
from clinic_notes.core.bulk import insert_rows
from clinic_notes.core.db import LABEL, db
from clinic_notes.core.lookup import RowGone
from clinic_notes.core.signals import episode_changed, episode_moving, episode_relocating
from clinic_notes.patients import queries, rules
from clinic_notes.patients.drafts import (
    AllergiesAsked,
    AllergyDraft,
    ConditionDraft,
    EpisodeDraft,
    PatientDraft,
)
from clinic_notes.patients.models import (
    Allergy,
    Condition,
    Episode,
    EpisodePlace,
    Patient,
    SearchKey,
)
from clinic_notes.patients.spelling import search_keys, searchable

COLUMNS = (
    "given_name", "family_name", "born_on", "sex", "mrn", "phone", "background", "guardian",
    "guardian_consented_on",
)  # fmt: skip
"""What a patient's record takes from a draft as it is."""


class ChangedMeanwhile(StaleDataError):
    """The record was changed since the form was opened; nothing was written."""


def register_patient(draft: PatientDraft, *, by: User) -> Patient:
    """Register a patient. Raises Refused where the draft cannot be right; flushes for the id."""
    today = today_at_clinic()
    _require([*rules.check_patient(draft, today=today), *_check_number(draft, None)])
    patient = Patient(created_at=clock.now(), allergies=[], conditions=[])
    _write_patient(patient, draft, today)
    db.session.add(patient)
    db.session.flush()
    _write_search_keys(patient)
    audit.record("patient.registered", patient, by=by)
    return patient


def revise_patient(
    patient: Patient,
    draft: PatientDraft,
    *,
    shown: PatientDraft | None = None,
    version: int,
    by: User,
) -> Patient:
    """Correct a patient's record; allergies and conditions left out of the draft end today.

    Only those end that were ``shown``: a form never removes a row it did not show. The patient's
    allergies and conditions must be loaded. Raises ChangedMeanwhile where the record is not at
    ``version``, RowGone for a row it does not have.
    """
    _check_version(patient, version)
    today = today_at_clinic()
    held, found_by = keys_of(patient), (patient.search_name, patient.mrn)
    _require([*rules.check_patient(draft, today=today, held=held), *_check_number(draft, patient)])
    _write_patient(patient, draft, today, shown)
    # The version counts the whole record, so it must rise where only rows were changed too.
    attributes.flag_modified(patient, "mrn")
    db.session.flush()
    if (patient.search_name, patient.mrn) != found_by:
        db.session.execute(delete(SearchKey).where(SearchKey.patient_id == patient.id))
        _write_search_keys(patient)
    audit.record("patient.revised", patient, by=by, version=patient.version)
    return patient


def open_episode(patient: Patient, draft: EpisodeDraft, *, by: User) -> Episode:
    """Open an episode of care for one complaint; flushes for the id."""
    episode = Episode(**episode_columns(patient, draft, today=today_at_clinic()))
    db.session.add(episode)
    db.session.flush()
    audit.record("episode.opened", episode, by=by)
    return episode


def episode_columns(patient: Patient, draft: EpisodeDraft, *, today: date) -> dict[str, Any]:
    """Return an episode that opens as a row. Raises Refused where it cannot be right."""
    _require(rules.check_episode(draft, born_on=patient.born_on, today=today))
    return {"patient_id": patient.id, **vars(draft)}


def revise_episode(
    episode: Episode, draft: EpisodeDraft, *, version: int, by: User, place_reason: str = ""
) -> Episode:
    """Correct an episode. Raises ChangedMeanwhile as for a patient.

    Its place is corrected with a reason where sessions are signed; they stay about the old one.
    """
    _check_version(episode, version)
    born_on = db.session.get_one(Patient, episode.patient_id).born_on
    findings = rules.check_episode(
        draft,
        born_on=born_on,
        today=today_at_clinic(),
        held=(episode.region,),
        closed_on=episode.closed_on,
    )
    _require(findings)
    if draft.opened_on > episode.opened_on:
        episode_moving.send(episode.id, opened_on=draft.opened_on)
    if (draft.region, draft.side) != (episode.region, episode.side):
        _keep_place(episode, place_reason, by)
    changed = audit.changes(episode_draft(episode), draft)
    for name, value in vars(draft).items():
        setattr(episode, name, value)
    db.session.flush()
    audit.record("episode.revised", episode, by=by, version=episode.version, **changed)
    episode_changed.send(episode.id)
    return episode


def _keep_place(episode: Episode, reason: str, by: User) -> None:
    answers = episode_relocating.send(episode.id, reason=reason)
    if any(is_signed for _, is_signed in answers):
        db.session.add(
            EpisodePlace(
                episode_id=episode.id,
                region=episode.region,
                side=episode.side,
                until=clock.now(),
                corrected_by_id=by.id,
                printed_name=by.signs_as,
                reason=reason.strip(),
            )
        )


def episode_draft(episode: Episode) -> EpisodeDraft:
    """Return an episode as its form would send it."""
    return EpisodeDraft(**{name: getattr(episode, name) for name in EpisodeDraft.__annotations__})


def keys_of(patient: Patient) -> frozenset[str]:
    """Return the catalogue keys on a patient's record: they may stay after they were retired."""
    return frozenset(row.allergen for row in patient.allergies) | frozenset(
        row.item for row in patient.conditions
    )


def _check_version(record: Patient | Episode, version: int) -> None:
    if record.version != version:
        raise ChangedMeanwhile(
            f"{record.__tablename__} {record.id} is at version {record.version}."
        )


def _require(findings: Sequence[Finding]) -> None:
    if findings:
        raise Refused(findings)


def _check_number(draft: PatientDraft, patient: Patient | None) -> tuple[Finding, ...]:
    if queries.is_mrn_taken(draft.mrn, but=patient.id if patient else None):
        return (Finding(Level.REFUSE, "Another patient has this number.", "mrn"),)
    return ()


def _write_patient(
    patient: Patient, draft: PatientDraft, today: date, shown: PatientDraft | None = None
) -> None:
    for name in COLUMNS:
        setattr(patient, name, getattr(draft, name))
    # Some letters become several when their case is dropped.
    patient.search_name = searchable(patient.name)[: 2 * LABEL + 1]
    if draft.has_allergies in (AllergiesAsked.NOT_ASKED, AllergiesAsked.SOME):
        patient.allergies_asked_on = None
    elif draft.asked_again or _answers_anew(patient, draft):
        patient.allergies_asked_on = today
    _write_rows(patient.allergies, draft.allergies, Allergy)
    _write_rows(patient.conditions, draft.conditions, Condition)
    if shown is not None:
        _end_rows(patient.allergies, shown.allergies, draft.allergies, today)
        _end_rows(patient.conditions, shown.conditions, draft.conditions, today)


def _answers_anew(patient: Patient, draft: PatientDraft) -> bool:
    """Say whether what is written about allergies differs from what is on record."""
    on_record = [(a.allergen, a.substance, a.reaction) for a in queries.active(patient.allergies)]
    written = [(a.allergen, a.substance, a.reaction) for a in draft.allergies]
    return queries.allergies_asked(patient) != draft.has_allergies or on_record != written


def _write_search_keys(patient: Patient) -> None:
    insert_rows(
        SearchKey,
        (
            {"patient_id": patient.id, "name": patient.search_name, "kind": kind, "key": key}
            for kind, key in sorted(search_keys(patient.search_name, patient.mrn))
        ),
    )


def _write_rows(
    rows: list[Any],
    drafts: Sequence[AllergyDraft | ConditionDraft],
    new: Callable[[], Any],
) -> None:
    held = {row.id: row for row in queries.active(rows)}
    for draft in drafts:
        if draft.id is None:
            row = new()
            rows.append(row)
        elif draft.id in held:
            row = held.pop(draft.id)
        else:
            raise RowGone(f"Row {draft.id} is not on this record.")
        for name, value in vars(draft).items():
            if name != "id":
                setattr(row, name, value)


def _end_rows(
    rows: list[Any],
    shown: Sequence[AllergyDraft | ConditionDraft],
    sent: Sequence[AllergyDraft | ConditionDraft],
    today: date,
) -> None:
    removed = {row.id for row in shown} - {row.id for row in sent}
    for row in queries.active(rows):
        if row.id in removed:
            row.ended_on = today
