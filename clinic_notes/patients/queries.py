"""Queries of patients: search, alerts, possible duplicates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from clinic_notes.clinical.wording import capitalized
from clinic_notes.core.db import db
from clinic_notes.patients.models import Allergy, Condition, Episode, Patient
from clinic_notes.patients.spelling import all_close, birth_dates, may_be_same, searchable
from clinic_notes.reference.lubricants import allergens

PAGE = 25
"""Patients on one page of the list."""
NAMES_COMPARED = 20_000
"""Names searched for similar ones, the latest patients first."""

# A handful of rows each: one statement costs less than three.
BACKGROUND = (joinedload(Patient.allergies), joinedload(Patient.conditions))
"""Allergies and conditions, ended ones too."""
IN_TREATMENT = (*BACKGROUND, joinedload(Patient.open_episodes))
"""The same with the open episodes, for a new session."""

Ending = TypeVar("Ending", Allergy, Condition)


@dataclass(frozen=True)
class PatientRow:
    """One line of the list of patients. ``complaints`` are those of the open episodes."""

    id: int
    given_name: str
    family_name: str
    born_on: date
    mrn: str
    complaints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """One page, from 1, of the patients found. ``is_guess``: only similar names were found."""

    rows: tuple[PatientRow, ...]
    total: int
    page: int
    is_guess: bool = False

    @property
    def first(self) -> int:
        """Return the number of its first row among all that were found."""
        return (self.page - 1) * PAGE + 1

    @property
    def last(self) -> int:
        """Return the number of its last row among all that were found."""
        return self.first + len(self.rows) - 1


def with_background(patient: Patient) -> Patient:
    """Load the patient's allergies and conditions, ended ones too."""
    whole = select(Patient).where(Patient.id == patient.id).options(*BACKGROUND)
    return db.session.scalars(whole).unique().one()


def active(rows: Iterable[Ending]) -> tuple[Ending, ...]:
    """Return the allergies or conditions that have not ended."""
    return tuple(row for row in rows if row.ended_on is None)


def alerts(patient: Patient) -> tuple[str, ...]:
    """Return the alerts for the patient bar: "Beeswax allergy", "Apixaban"."""
    asked = () if patient.allergies_asked_on else ("Allergies not asked",)
    reacts_to = (
        f"{allergy.substance or allergens.label(allergy.allergen)} allergy"
        for allergy in active(patient.allergies)
    )
    has = (row.label for row in active(patient.conditions))
    return tuple(capitalized(alert) for alert in (*asked, *reacts_to, *has))


def is_mrn_taken(mrn: str, *, but: int | None = None) -> bool:
    """Say whether another patient of the clinic has this number, in capitals or not."""
    # SQLite lowers ASCII letters only, so the exact spelling is compared too.
    is_same = or_(Patient.mrn == mrn, func.lower(Patient.mrn) == mrn.lower())
    statement = select(Patient.id).where(is_same)
    if but is not None:
        statement = statement.where(Patient.id != but)
    return db.session.scalar(statement.limit(1)) is not None


def possible_duplicates(given_name: str, family_name: str, born_on: date) -> tuple[PatientRow, ...]:
    """Return the patients with that date of birth and a similar name."""
    name = searchable(f"{given_name} {family_name}")
    born_then = db.session.execute(
        select(Patient.search_name, *_COLUMNS).where(Patient.born_on == born_on)
    )
    return tuple(PatientRow(*row[1:]) for row in born_then if may_be_same(name, row[0]))


def found(text: str, page: int = 1) -> Found:
    """Return a page of the patients whose name, number or date of birth begins with the text.

    An empty text finds all, the latest registered first. Where none matches, patients with
    similar names (one typing error away) are returned.
    """
    text = text.strip()
    if not text:
        return _page_of([], page, latest_first=True)
    matching = _page_of([_matches(text)], page)
    if matching.total:
        return matching
    return _page_of([Patient.id.in_(_similar(text))], page, is_guess=True)


_COLUMNS = (Patient.id, Patient.given_name, Patient.family_name, Patient.born_on, Patient.mrn)


def _matches(text: str) -> ColumnElement[bool]:
    conditions = [
        Patient.mrn.startswith(text, autoescape=True),
        func.lower(Patient.mrn).startswith(text.lower(), autoescape=True),
    ]
    if dates := birth_dates(text):
        conditions.append(Patient.born_on.in_(dates))
    if words := searchable(text).split():
        conditions.append(and_(*(_begins_a_name(word) for word in words)))
    return or_(*conditions)


def _begins_a_name(word: str) -> ColumnElement[bool]:
    return or_(
        Patient.search_name.startswith(word, autoescape=True),
        Patient.search_name.contains(f" {word}", autoescape=True),
    )


def _similar(text: str) -> list[int]:
    typed = searchable(text)
    names = db.session.execute(
        select(Patient.id, Patient.search_name).order_by(Patient.id.desc()).limit(NAMES_COMPARED)
    )
    return [number for number, name in names if typed and all_close(typed, name)]


def _page_of(
    conditions: list[ColumnElement[bool]],
    page: int,
    *,
    latest_first: bool = False,
    is_guess: bool = False,
) -> Found:
    total = db.session.scalar(select(func.count(Patient.id)).where(*conditions)) or 0
    page = max(1, min(page, -(-total // PAGE)))
    order = [Patient.id.desc()] if latest_first else [Patient.search_name, Patient.id]
    rows = db.session.execute(
        select(*_COLUMNS).where(*conditions).order_by(*order).offset((page - 1) * PAGE).limit(PAGE)
    ).all()
    complaints = _complaints([row.id for row in rows])
    return Found(
        tuple(PatientRow(*row, tuple(complaints.get(row.id, ()))) for row in rows),
        total,
        page,
        is_guess and total > 0,
    )


def _complaints(patient_ids: list[int]) -> dict[int, list[str]]:
    complaints: dict[int, list[str]] = {}
    open_ones = select(Episode.id, Episode.patient_id, Episode.complaint).where(
        Episode.patient_id.in_(patient_ids), Episode.closed_on.is_(None)
    )
    # Sorted here: to get them in this order, a store reads every episode of the clinic.
    for _, patient_id, complaint in sorted(db.session.execute(open_ones)):
        complaints.setdefault(patient_id, []).append(complaint)
    return complaints
