"""Interventions in a session beside the instrument."""

from clinic_notes.reference.catalogue import Entry, load

interventions = load("interventions.toml", Entry)
