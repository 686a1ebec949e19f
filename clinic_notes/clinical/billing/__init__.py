"""Timed services of a session: their minutes, and the units these make."""

from clinic_notes.clinical.billing.services import (
    Service,
    check_services,
    services,
    services_in_words,
    unreconciled,
)
from clinic_notes.clinical.billing.units import PayerRule, timed_units, units_by_code

__all__ = [
    "PayerRule",
    "Service",
    "check_services",
    "services",
    "services_in_words",
    "timed_units",
    "units_by_code",
    "unreconciled",
]
