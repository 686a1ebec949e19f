"""Checks that every catalogue key of a visit was on offer that day."""

from collections.abc import Iterable, Iterator
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
from clinic_notes.reference.timed_codes import timed_codes

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
    "interventions": {"kind": interventions, "billed_as": timed_codes},
    "effects": {"effect": effects, "region": regions, "onset": onsets},
}


def check_keys(draft: VisitDraft) -> tuple[Finding, ...]:
    """Return a refusal for each key that is unknown, or was no longer offered on the day.

    An empty key is a field left blank: other rules say whether it may be.
    """
    on = draft.served_on
    return tuple(
        _refusal(catalogue, key, "-".join(map(str, about)))
        for catalogue, key, *about in _keys_of(draft)
        if key and not catalogue.is_current(key, on)
    )


def _keys_of(draft: VisitDraft) -> Iterator[tuple[Any, ...]]:
    """Yield (catalogue, key, parts of the field's name) of every key of a visit.

    The name is joined only for a refusal, because a save checks some hundred keys.
    """
    for field, catalogue in _OF_THE_VISIT.items():
        yield catalogue, getattr(draft, field), field
    yield from _keys_of_answers(draft.answers)
    for rows, fields in _OF_ROWS.items():
        for number, row in enumerate(getattr(draft, rows)):
            for field, catalogue in fields.items():
                yield catalogue, getattr(row, field), rows, number, field
    for number, use in enumerate(draft.uses):
        for tissue in use.tissues:
            yield tissues, tissue, "uses", number, "tissues"


def _keys_of_answers(answers: Iterable[AnswerDraft]) -> Iterator[tuple[Any, ...]]:
    for given in answers:
        yield checklist, given.item, "answers", given.item, "answer"
        for site in given.sites:
            yield regions, site.region, "answers", given.item, "sites"


def _refusal(catalogue: Catalogue[Any], key: str, about: str) -> Finding:
    entry = catalogue.find(key)
    if entry is None:
        message = "This is not on the list. Choose one from it."
    else:
        message = f"{entry.label} is no longer offered. Choose another."
    return Finding(Level.REFUSE, message, about)
