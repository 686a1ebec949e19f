"""Billing codes of services that are billed by time."""

from clinic_notes.reference.catalogue import Entry, load

timed_codes = load("timed_codes.toml", Entry)
