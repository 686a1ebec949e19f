"""Does every key a visit stores stand in its catalogue, and was it offered that day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from clinic_notes.clinical.drafts import AnswerDraft, VisitDraft
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.reference.catalogue import Catalogue
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.effects import effects, onsets, skin_responses
from clinic_notes.reference.interventions import interventions
from clinic_notes.reference.measures import measures
from clinic_notes.reference.movements import devices, joint_positions, movements
from clinic_notes.reference.pain import pain_contexts
from clinic_notes.reference.regions import regions, tissues
from clinic_notes.reference.techniques import directions, motions, positions, strokes

_OF_THE_VISIT: dict[str, Catalogue[Any]] = {
    "position": positions,
    "skin_response": skin_responses,
}
_OF_ROWS: dict[str, dict[str, Catalogue[Any]]] = {
    "pains": {"context": pain_contexts},
    "roms": {"movement": movements, "position": joint_positions, "device": devices},
    "strengths": {"movement": movements},
    "measures": {"measure": measures},
    "uses": {
        "region": regions,
        "stroke": strokes,
        "direction": directions,
        "motion": motions,
    },
    "interventions": {"kind": interventions},
    "effects": {"effect": effects, "region": regions, "onset": onsets},
}


def check_keys(draft: VisitDraft) -> tuple[Finding, ...]:
    """Return a refusal for each key that is unknown, or was no longer offered on the day.

    An empty key is a field left out, which is for other rules to judge.
    """
    on = draft.served_on
    findings = [*_check_fields(draft, _OF_THE_VISIT, "", on)]
    for given in draft.answers:
        findings += _check_answer(given, on)
    for rows, fields in _OF_ROWS.items():
        for number, row in enumerate(getattr(draft, rows)):
            findings += _check_fields(row, fields, f"{rows}-{number}-", on)
    for number, use in enumerate(draft.uses):
        for tissue in use.tissues:
            findings += _check_key(tissues, tissue, f"uses-{number}-tissues", on)
    return tuple(findings)


def _check_answer(given: AnswerDraft, on: date) -> Iterator[Finding]:
    yield from _check_key(checklist, given.item, f"answers-{given.item}-answer", on)
    for site in given.sites:
        yield from _check_key(regions, site.region, f"answers-{given.item}-sites", on)


def _check_fields(
    row: object, fields: dict[str, Catalogue[Any]], prefix: str, on: date
) -> Iterator[Finding]:
    for field, catalogue in fields.items():
        yield from _check_key(catalogue, getattr(row, field), f"{prefix}{field}", on)


def _check_key(catalogue: Catalogue[Any], key: str, about: str, on: date) -> Iterator[Finding]:
    if not key or catalogue.is_current(key, on):
        return
    entry = catalogue.find(key)
    if entry is None:
        message = "This is not on the list. Choose one from it."
    else:
        message = f"{entry.label} is no longer offered. Choose another."
    yield Finding(Level.REFUSE, message, about)
