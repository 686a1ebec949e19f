"""What a person typed about a patient or an episode, frozen, before anything is stored."""

from dataclasses import dataclass
from datetime import date

from clinic_notes.reference.terms import Answer, Sex, Side

OTHER = "other"
"""The group of an allergen that is in none of the catalogue's groups; its name is then needed."""


@dataclass(frozen=True)
class AllergyDraft:
    """A substance the patient reacts to: its group's key, and the words used for it."""

    allergen: str
    substance: str = ""
    reaction: str = ""
    id: int | None = None


@dataclass(frozen=True)
class ConditionDraft:
    """A standing condition, and the checklist item it speaks to ("" where there is none)."""

    label: str
    item: str = ""
    since_on: date | None = None
    id: int | None = None


@dataclass(frozen=True)
class PatientDraft:
    """Who the patient is. ``has_allergies`` "no" means asked, and none known."""

    given_name: str
    family_name: str
    born_on: date
    sex: Sex
    mrn: str
    phone: str = ""
    background: str = ""
    has_allergies: Answer = Answer.NOT_ASKED
    allergies: tuple[AllergyDraft, ...] = ()
    conditions: tuple[ConditionDraft, ...] = ()


@dataclass(frozen=True)
class EpisodeDraft:
    """A run of visits for one complaint; ``closed_on`` is None while care goes on."""

    complaint: str
    region: str
    side: Side
    opened_on: date
    onset: str = ""
    onset_on: date | None = None
    referral: str = ""
    referred_on: date | None = None
    planned_visits: int | None = None
    visits_per_week: int | None = None
    goals: str = ""
    closed_on: date | None = None
