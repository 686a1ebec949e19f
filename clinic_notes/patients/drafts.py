"""The drafts of a patient and an episode, as a form sends them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinic_notes.reference.terms import CodeSystem, Sex, Side

OTHER = "other"
"""The group of an allergen outside the catalogue's groups; it needs a name."""


class AllergiesAsked(StrEnum):
    """What was asked about allergies, and answered."""

    NOT_ASKED = "not_asked"
    NO = "no"
    """Asked, none known."""
    SOME = "some"
    """Some are known, the rest was not asked."""
    YES = "yes"


@dataclass(frozen=True)
class AllergyDraft:
    """A substance the patient reacts to: its group's key, and the patient's words."""

    allergen: str
    substance: str = ""
    reaction: str = ""
    id: int | None = None


@dataclass(frozen=True)
class ConditionDraft:
    """A lasting condition, and the key of the checklist item it concerns ("" for none)."""

    label: str
    item: str = ""
    since_on: date | None = None
    id: int | None = None


@dataclass(frozen=True)
class PatientDraft:
    """A patient as the form sends them."""

    given_name: str
    family_name: str
    born_on: date
    sex: Sex
    mrn: str
    phone: str = ""
    background: str = ""
    has_allergies: AllergiesAsked = AllergiesAsked.NOT_ASKED
    allergies: tuple[AllergyDraft, ...] = ()
    conditions: tuple[ConditionDraft, ...] = ()
    guardian: str = ""
    guardian_consented_on: date | None = None
    """The day on which the guardian consented to the treatment of a minor."""
    asked_again: bool = False
    """Whether the patient was asked about allergies today, and nothing changed."""


@dataclass(frozen=True)
class EpisodeDraft:
    """An episode of care for one complaint."""

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
    code_system: CodeSystem | None = None
    diagnoses: str = ""
    mechanism: str = ""
    planned_weeks: int | None = None
    needs_certification: bool = False
    certified_from: date | None = None
    certified_until: date | None = None
    certified_by: str = ""
