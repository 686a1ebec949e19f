"""Checks of an instrument and of a lubricant."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.equipment.drafts import InstrumentDraft, LubricantDraft
from clinic_notes.reference.catalogue import Catalogue
from clinic_notes.reference.instruments import bevels, edges, materials, models, systems
from clinic_notes.reference.lubricants import lubricant_kinds

Draft = InstrumentDraft | LubricantDraft

_CATALOGUES: dict[type[Draft], dict[str, Catalogue[Any]]] = {
    InstrumentDraft: {
        "material": materials,
        "system": systems,
        "model": models,
        "edge": edges,
        "bevel": bevels,
    },
    LubricantDraft: {"kind": lubricant_kinds},
}
_NEEDED = {"material": "Choose a material.", "kind": "Choose a kind."}


def check(draft: Draft, *, today: date, held: Collection[str] = ()) -> tuple[Finding, ...]:
    """Return what cannot be right; keys in ``held``, those on record, may be retired."""
    return (*_check_keys(draft, today, held), *_check_model(draft))


def _check_keys(draft: Draft, today: date, held: Collection[str]) -> Iterator[Finding]:
    for about, catalogue in _CATALOGUES[type(draft)].items():
        key = getattr(draft, about)
        if not key:
            if about in _NEEDED:
                yield Finding(Level.REFUSE, _NEEDED[about], about)
        elif key not in held and not catalogue.is_current(key, today):
            message = "This is not on the list. Choose one from it."
            yield Finding(Level.REFUSE, message, about)


def _check_model(draft: Draft) -> Iterator[Finding]:
    if not isinstance(draft, InstrumentDraft):
        return
    model = models.find(draft.model)
    if model is not None and model.system != draft.system:
        message = f"{model.label} belongs to {systems.label(model.system)}: choose that system."
        yield Finding(Level.REFUSE, message, "model")
