"""Queries of patients: search, alerts, possible duplicates."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, union_all
from sqlalchemy.orm import joinedload

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.spelling.normal_form import number_key, says_nothing
from clinic_notes.clinical.wording import site_text
from clinic_notes.core.db import db
from clinic_notes.patients.drafts import AllergiesAsked
from clinic_notes.patients.models import (
    Allergy,
    Condition,
    Episode,
    EpisodePlace,
    Patient,
    SearchKey,
)
from clinic_notes.patients.spelling import (
    all_close,
    birth_dates,
    full_name,
    is_part_of_number,
    may_be_same,
    mistaken_dates,
    searchable,
    variants,
)
from clinic_notes.reference.lubricants import allergens

PAGE = 25
"""Patients on one page of the list."""
LAST_CHARACTER = "\U0010ffff"
"""The text that begins with another comes before that other with this behind it."""

NOT_ALL_ASKED = {
    AllergiesAsked.NOT_ASKED: "Allergies not asked",
    AllergiesAsked.SOME: "Other allergies not asked",
}
"""What is said of a patient who was not asked about all allergies."""

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

    @property
    def name(self) -> str:
        """Return the full name, the given name first."""
        return full_name(self.given_name, self.family_name)


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


def allergies_asked(patient: Patient) -> AllergiesAsked:
    """Return what was asked about allergies; the patient's must be loaded."""
    if active(patient.allergies):
        return AllergiesAsked.YES if patient.allergies_asked_on else AllergiesAsked.SOME
    return AllergiesAsked.NO if patient.allergies_asked_on else AllergiesAsked.NOT_ASKED


def alerts(patient: Patient) -> tuple[str, ...]:
    """Return the alerts for the patient bar: "Beeswax allergy", "Apixaban"."""
    asked = NOT_ALL_ASKED.get(allergies_asked(patient))
    reacts_to = (
        f"{allergy.substance or allergens.label(allergy.allergen)} allergy"
        for allergy in active(patient.allergies)
    )
    has = (row.label for row in active(patient.conditions))
    return tuple(alert for alert in (asked, *reacts_to, *has) if alert)


def places_of(episode: Episode) -> list[tuple[EpisodePlace, str]]:
    """Return where an episode was said to be before, the earliest first, each in words."""
    kept = select(EpisodePlace).where(EpisodePlace.episode_id == episode.id)
    found = db.session.scalars(kept.order_by(EpisodePlace.until)).all()
    return [(place, site_text(Site(place.region, place.side))) for place in found]


def is_mrn_taken(mrn: str, *, but: int | None = None) -> bool:
    """Say whether another patient of the clinic has this number, however it is typed."""
    statement = select(SearchKey.patient_id).where(_is("number", number_key(mrn)))
    if but is not None:
        statement = statement.where(SearchKey.patient_id != but)
    return db.session.scalar(statement.limit(1)) is not None


def possible_duplicates(given_name: str, family_name: str, born_on: date) -> tuple[PatientRow, ...]:
    """Return the patients with a similar name, born that day or on one easily taken for it."""
    name = searchable(full_name(given_name, family_name))
    born_then = db.session.execute(
        select(Patient.search_name, *_COLUMNS)
        .where(Patient.born_on.in_(mistaken_dates(born_on)))
        .order_by(Patient.id)
    )
    return tuple(PatientRow(*row[1:]) for row in born_then if may_be_same(name, row[0]))


def found(text: str, page: int = 1) -> Found:
    """Return a page of the patients whose name or date of birth begins with the text.

    Of a number any part is found. Words may be written as one, and one as words.
    An empty text finds all, the latest registered first. Where none matches, patients with
    similar names (one typing error away) are returned.
    """
    text = text.strip()
    if not text:
        total = db.session.scalar(select(func.count(Patient.id))) or 0
        page = _existing(page, total)
        latest = select(*_COLUMNS).order_by(Patient.id.desc())
        rows = db.session.execute(latest.offset((page - 1) * PAGE).limit(PAGE)).all()
        return Found(_with_complaints(rows), total, page)
    if says_nothing(text):
        return Found((), 0, 1)
    matching = _patients(*_matches(text))
    total = db.session.scalar(select(func.count()).select_from(matching.subquery())) or 0
    if not total:
        return _similar(searchable(text), page)
    page = _existing(page, total)
    cut = matching.order_by("name", "id").offset((page - 1) * PAGE).limit(PAGE).subquery()
    # An outer join: given the choice, PostgreSQL may begin with every patient of the clinic.
    shown = select(*_COLUMNS).select_from(cut).outerjoin(Patient, Patient.id == cut.c.id)
    in_order = db.session.execute(shown.order_by(cut.c.name, cut.c.id)).all()
    return Found(_with_complaints(in_order), total, page)


_COLUMNS = (Patient.id, Patient.given_name, Patient.family_name, Patient.born_on, Patient.mrn)


def _matches(text: str) -> Iterator[Select[int, str]]:
    """Yield the patients by number, by date of birth and by name."""
    if number := number_key(text):
        yield _found_by(_begins("number", number))
        if is_part_of_number(number):
            yield _found_by(_begins("in number", number))
    if dates := birth_dates(text):
        born_then = select(Patient.id, Patient.search_name.label("name"))
        yield born_then.where(Patient.born_on.in_(dates))
    if words := sorted(searchable(text).split(), key=len):
        *others, longest = words
        yield _found_by(_begins("name", longest), *map(_has_word, others))
        if others:
            yield _found_by(_begins("name", "".join(searchable(text).split())))


def _has_word(begun: str) -> ColumnElement[bool]:
    return or_(
        SearchKey.name.startswith(begun, autoescape=True),
        SearchKey.name.contains(f" {begun}", autoescape=True),
    )


def _similar(typed: str, page: int) -> Found:
    """Return a page of the patients with a name close to what was typed."""
    longest = max(typed.split(), key=len, default="")
    if len(longest) < 3:  # Such a word must be right, and then it would have been found.
        return Found((), 0, 1)
    close = [_begins("misspelled", variant) for variant in sorted(variants(longest))]
    if len(longest) == 3:
        close = [_is("misspelled", variant) for variant in sorted(variants(longest))]
        close.append(_begins("name", longest))
    may_be_close = db.session.execute(_patients(*map(_found_by, close)).order_by("name", "id"))
    ids = [row.id for row in may_be_close if all_close(typed, row.name)]
    page = _existing(page, len(ids))
    shown = ids[(page - 1) * PAGE : page * PAGE]
    rows = db.session.execute(select(*_COLUMNS).where(Patient.id.in_(shown)))
    in_order = sorted(rows, key=lambda row: shown.index(row.id))
    return Found(_with_complaints(in_order), len(ids), page, is_guess=bool(ids))


def _found_by(*conditions: ColumnElement[bool]) -> Select[int, str]:
    return select(SearchKey.patient_id.label("id"), SearchKey.name).where(*conditions)


def _is(kind: str, text: str) -> ColumnElement[bool]:
    return and_(SearchKey.kind == kind, SearchKey.key == text)


def _begins(kind: str, text: str) -> ColumnElement[bool]:
    is_between = and_(SearchKey.key >= text, SearchKey.key < text + LAST_CHARACTER)
    return and_(SearchKey.kind == kind, is_between)


def _patients(*found: Select[int, str]) -> Select[Any]:
    """Return id and name of the patients that any of these statements finds, each once."""
    # UNION would do this too; for its sake SQLite would read every key in the order of the ids.
    each = union_all(*found).subquery()
    return select(each.c.id, each.c.name).distinct()


def _existing(page: int, total: int) -> int:
    return max(1, min(page, -(-total // PAGE)))


def _with_complaints(rows: Sequence[Any]) -> tuple[PatientRow, ...]:
    patients = [PatientRow(*row) for row in rows]
    complaints = _complaints([patient.id for patient in patients])
    return tuple(
        replace(patient, complaints=tuple(complaints.get(patient.id, ()))) for patient in patients
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
