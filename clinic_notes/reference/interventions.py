"""Interventions in a session beside the instrument."""

from dataclasses import dataclass

from clinic_notes.reference.catalogue import CatalogueError, Entry, load
from clinic_notes.reference.timed_codes import timed_codes


@dataclass(frozen=True, kw_only=True)
class Intervention(Entry):
    """A kind of intervention, with the code by which it is usually billed."""

    timed_code: str
    """A key of the timed codes: ``untimed`` where it is usually not billed by time."""


interventions = load("interventions.toml", Intervention)
for kind in interventions:
    if kind.timed_code not in timed_codes:
        raise CatalogueError(f"{kind.key}: there is no timed code {kind.timed_code}")
