"""The clinic and the patient on a document's pages."""

from clinic_notes.accounts.models import Clinic
from clinic_notes.clinical.lifecycle import Identity
from clinic_notes.clinical.wording import day
from clinic_notes.documents.parts import Pairs
from clinic_notes.patients.models import Patient


def lines_below_name(clinic: Clinic) -> str:
    """Return the clinic's letterhead; most begin with the name, which stands above already."""
    return clinic.letterhead.strip().removeprefix(clinic.name).strip()


def patient_terms(patient: Patient) -> Pairs:
    """Return whom a document is about."""
    return (
        ("Patient", patient.name),
        ("Date of birth", day(patient.born_on)),
        ("MRN", patient.mrn),
    )


def footer_of(patient: Patient | Identity, about: str) -> str:
    """Return the line at the foot of every page, so that a loose one says whose it is."""
    return " · ".join((patient.name, f"born {day(patient.born_on)}", patient.mrn, about))
