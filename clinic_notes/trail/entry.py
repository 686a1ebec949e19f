"""One entry of the trail as its reader sees it, on the page and in the file."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from zoneinfo import ZoneInfo

from clinic_notes.core.display import moment
from clinic_notes.patients.spelling import full_name
from clinic_notes.trail.wording import words_of

OPENS, CLOSES = 6, 21
"""The hours between which work is usual, on the clinic's clock (proposed)."""
HEADINGS = (
    "Number", "Time", "Person", "What", "Patient", "Record number", "Record", "Details", "From",
    "Noticed",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One entry in words."""

    number: int
    at: str
    actor: str
    what: str
    patient: str
    patient_id: int | None
    mrn: str
    record: str
    details: str
    origin: str
    noticed: tuple[str, ...]
    """What a reader should look at twice."""

    @classmethod
    def of(
        cls, row: Any, time_zone: str, *, people: Mapping[str, str], names_patients: bool
    ) -> Self:
        """Return the entry of a row of `queries.entries`; ``people`` are names by id."""
        patient = mrn = ""
        if row.patient_id is not None:
            patient = f"record {row.patient_id}"
            if names_patients and row.family_name is not None:
                patient, mrn = full_name(row.given_name, row.family_name), row.mrn
        return cls(
            number=row.number,
            at=moment(row.at, time_zone),
            actor=row.actor or "the server",
            what=words_of(row.action),
            patient=patient,
            patient_id=row.patient_id if names_patients else None,
            mrn=mrn,
            record=_record(row, people),
            details=_details(row.facts),
            origin=row.origin,
            noticed=tuple(_noticed(row, row.at.astimezone(ZoneInfo(time_zone)))),
        )


def rows(entries: Sequence[Entry]) -> Iterator[Sequence[Any]]:
    """Return the rows of the file, its headings first."""
    yield HEADINGS
    for one in entries:
        yield (
            one.number, one.at, one.actor, one.what, one.patient, one.mrn, one.record, one.details,
            one.origin, ", ".join(one.noticed),
        )  # fmt: skip


def _record(row: Any, people: Mapping[str, str]) -> str:
    """Return whom or what it was done to; "" for what has no number, and for the actor's own."""
    kind, _, number = row.subject.partition(":")
    if not number or (kind == "user" and number == str(row.actor_id)):
        return ""
    named = people.get(number) if kind == "user" else None
    return named or f"{kind.replace('_', ' ')} {number}"


def _details(facts: str) -> str:
    known: dict[str, Any] = json.loads(facts)
    return ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in known.items())


def _noticed(row: Any, local: datetime) -> Iterator[str]:
    name = row.family_name or row.given_name
    if row.actor and name and _last_word(row.actor) == name.casefold():
        yield "same name"
    if row.actor and row.patient_id is not None and not OPENS <= local.hour < CLOSES:
        yield "out of hours"


def _last_word(name: str) -> str:
    return name.casefold().split()[-1]
