"""Queries of the patient's page: columns instead of entities, one statement each.

What belongs to visits comes by an outer join from them: given the choice, SQLite begins with
every row of the clinic.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, exists, or_, select

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import (
    Correction,
    InstrumentUse,
    Reading,
    Visit,
    Void,
    columns,
)
from clinic_notes.charting.models.correction import (
    as_corrected,
    corrected_ends,
    is_withdrawn,
    with_corrections,
)
from clinic_notes.charting.models.signature import last_meaning
from clinic_notes.charting.models.visit import session_order
from clinic_notes.charting.note.void_words import words_of_void
from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.lifecycle import AWAITING
from clinic_notes.core.db import db
from clinic_notes.reference.terms import Decision, Pressure


@dataclass(frozen=True)
class VisitRow:
    """One visit of the list of sessions."""

    id: int
    episode_id: int
    served_on: date
    start_time: time | None
    decision: Decision
    skin_response: str
    referral: str
    is_signed: bool
    awaits_cosignature: bool
    void_words: str
    """When, by whom and why it was voided; "" where it was not."""
    signed_by: str
    measured_by_id: int | None
    is_corrected: bool
    """Whether an addendum corrected a value of it."""

    @property
    def counts(self) -> bool:
        """Say whether it is signed and was not voided."""
        return self.is_signed and not self.void_words

    @property
    def may_be_repeated(self) -> bool:
        """Say whether its treatment may be copied: only that of a signed note."""
        return self.counts and self.decision is Decision.TREATED


@dataclass(frozen=True)
class Treatment:
    """Where an instrument was used in a visit, and with which pressure."""

    visit_id: int
    site: Site
    pressure: Pressure | None
    minutes: Decimal | None


Readings = dict[int, list[columns.AnyReading]]
"""The readings of visits, by visit, in the order of the notes, as addenda left them."""
CorrectedEnds = dict[int, frozenset[str]]
"""Which ends of a reading an addendum corrected, by the reading's id."""


Treatments = dict[int, list[Treatment]]
"""Where instruments were used, by visit, in the order of the notes."""


def visits_of(patient_id: int) -> tuple[tuple[VisitRow, ...], Treatments]:
    """Return the patient's visits by day and time, the earliest first, with their treatments."""
    statement = (
        select(
            Visit.id,
            Visit.episode_id,
            Visit.served_on,
            Visit.start_time,
            Visit.decision,
            Visit.skin_response,
            Visit.referral,
            Visit.signed_at,
            Visit.measured_by_id,
            exists()
            .where(Correction.clinic_id == Visit.clinic_id, Correction.visit_id == Visit.id)
            .label("is_corrected"),
            User.name,
            last_meaning(Visit).label("last_meaning"),
            InstrumentUse.region,
            InstrumentUse.side,
            InstrumentUse.pressure,
            InstrumentUse.minutes,
            Void.voided_at,
            Void.printed_name,
            Void.reason,
        )
        .select_from(Visit)
        .outerjoin(User, User.id == Visit.signed_by_id)
        .outerjoin(Void, and_(Void.clinic_id == Visit.clinic_id, Void.visit_id == Visit.id))
        .outerjoin(InstrumentUse, and_(InstrumentUse.visit_id == Visit.id, ~is_withdrawn()))
        # A draft that was discarded is in no list.
        .where(Visit.patient_id == patient_id, or_(Visit.signed_at.is_not(None), Void.id.is_(None)))
        .order_by(*session_order(), InstrumentUse.row_order)
    )
    visits: dict[int, VisitRow] = {}
    treatments: Treatments = {}
    for row in db.session.execute(statement):
        if row.id not in visits:
            visits[row.id] = _visit_row(row)
        if row.region is not None:
            site = Site(row.region, row.side)
            use = Treatment(row.id, site, row.pressure, row.minutes)
            treatments.setdefault(row.id, []).append(use)
    return tuple(visits.values()), treatments


def _visit_row(row: Any) -> VisitRow:
    return VisitRow(
        id=row.id,
        episode_id=row.episode_id,
        served_on=row.served_on,
        start_time=row.start_time,
        decision=row.decision,
        skin_response=row.skin_response,
        referral=row.referral,
        is_signed=row.signed_at is not None,
        awaits_cosignature=row.last_meaning in AWAITING and row.voided_at is None,
        void_words=""
        if row.voided_at is None
        else words_of_void(row.voided_at, row.printed_name, row.reason, is_signed=True),
        signed_by=row.name or "",
        measured_by_id=row.measured_by_id,
        is_corrected=row.is_corrected,
    )


def readings_of(
    patient_id: int, episode_id: int, visit_ids: Sequence[int]
) -> tuple[Readings, CorrectedEnds]:
    """Return the readings of every kind of an episode and of these other visits of a patient.

    And which of them addenda corrected.
    """
    statement = (
        select(Visit.id.label("visit_id"), *(getattr(Reading, name) for name in columns.READING))
        .select_from(Visit)
        .outerjoin(Reading, Reading.visit_id == Visit.id)
        .where(
            Visit.patient_id == patient_id,
            or_(Visit.episode_id == episode_id, Visit.id.in_(visit_ids)),
        )
        .order_by(Visit.served_on, Visit.id, Reading.row_order)
    )
    found: Readings = {}
    corrected: CorrectedEnds = {}
    for row in as_corrected(db.session.execute(with_corrections(statement))):
        if row.id is not None:
            found.setdefault(row.visit_id, []).append(columns.reading_draft(row))
            if ends := corrected_ends(row):
                corrected[row.id] = ends
    return found, corrected
