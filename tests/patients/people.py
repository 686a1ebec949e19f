"""The people of the three paper charts, as drafts and as the forms send them."""

from datetime import date
from html import unescape

from clinic_notes.patients.drafts import (
    AllergiesAsked,
    AllergyDraft,
    ConditionDraft,
    EpisodeDraft,
    PatientDraft,
)
from clinic_notes.reference.terms import Sex, Side

ROSA = PatientDraft(
    given_name="Rosa",
    family_name="Delgado",
    born_on=date(1979, 3, 14),
    sex=Sex.FEMALE,
    mrn="H-1042",
    background="Works as a nurse, 12-hour shifts.",
    has_allergies=AllergiesAsked.YES,
    allergies=(AllergyDraft("bee_products", "Beeswax", "contact rash 2021"),),
    conditions=(ConditionDraft("Apixaban", "anticoagulant"),),
)
TOM = PatientDraft(
    given_name="Tom",
    family_name="Okafor",
    born_on=date(1968, 11, 30),
    sex=Sex.MALE,
    mrn="H-1077",
    has_allergies=AllergiesAsked.NO,
)
ALMA = PatientDraft(
    given_name="Alma",
    family_name="Lindqvist",
    born_on=date(1955, 6, 2),
    sex=Sex.FEMALE,
    mrn="H-1101",
)
HEEL = EpisodeDraft(
    complaint="Left plantar heel pain",
    region="foot_plantar",
    side=Side.LEFT,
    opened_on=date(2026, 3, 4),
    onset_on=date(2026, 2, 10),
    referral="her physician",
    referred_on=date(2026, 3, 2),
    planned_visits=8,
    visits_per_week=2,
    goals="First-step pain 2 or less in 4 weeks.",
)

ROSA_SENT = {
    "given_name": "Rosa",
    "family_name": "Delgado",
    "born_on": "1979-03-14",
    "sex": "female",
    "mrn": "H-1042",
    "phone": "",
    "background": "Works as a nurse, 12-hour shifts.",
    "has_allergies": "yes",
    "allergies-0-allergen": "bee_products",
    "allergies-0-substance": "Beeswax",
    "allergies-0-reaction": "contact rash 2021",
    "conditions-0-label": "Apixaban",
    "conditions-0-item": "anticoagulant",
    "conditions-0-since_on": "",
}
HEEL_SENT = {
    "complaint": "Left plantar heel pain",
    "region": "foot_plantar",
    "side": "left",
    "onset": "after a long shift",
    "onset_on": "2026-02-10",
    "referral": "her physician",
    "referred_on": "2026-03-02",
    "planned_visits": "8",
    "visits_per_week": "2",
    "goals": "First-step pain 2 or less in 4 weeks.",
    "opened_on": "2026-03-04",
}


def page(response):
    """Return a page as it reads."""
    return unescape(response.get_data(as_text=True))
