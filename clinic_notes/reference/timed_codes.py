"""Billing codes of services that are billed by time."""

from dataclasses import dataclass

from clinic_notes.reference.catalogue import Entry, load


@dataclass(frozen=True, kw_only=True)
class TimedCode(Entry):
    """A code, or that something is not billed by time."""

    is_timed: bool = True
    is_of_treatment_rows: bool = False
    """Whether work with an instrument is billed by it."""


timed_codes = load("timed_codes.toml", TimedCode)
(treatment_code,) = (code.key for code in timed_codes if code.is_of_treatment_rows)
