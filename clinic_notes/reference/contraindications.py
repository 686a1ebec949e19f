"""The safety checklist: contraindications, precautions and red flags (clinical.md 4).

The published sources disagree on several items, so the severity is data: a clinic's clinical
lead may raise it, and nobody lowers it unnoticed. No clinician has reviewed it yet.
"""

from dataclasses import dataclass

from clinic_notes.reference.catalogue import Catalogue, Entry, load
from clinic_notes.reference.terms import Pressure, Reach, Scope, Severity


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A stage of a condition, as a trimester: its words, its end, where not to treat in it."""

    name: str
    words: tuple[str, ...]
    """How it may be written, in small letters."""
    last_week: int | None = None
    last_month: int | None = None
    """The last completed week and month of it; None for the last stage."""
    blocked_regions: tuple[str, ...] = ()
    """Regions that are not treated in it."""


@dataclass(frozen=True, kw_only=True)
class Contraindication(Entry):
    """One item of the checklist: the question, and what a "yes" means."""

    group: str
    severity: Severity
    scope: Scope
    every_session: bool
    """If not, it is asked on the first visit and at each review (every 30 days, or on change)."""
    ask_again_days: int = 30
    """Days for which an answer counts, where it is not asked every session."""
    asked_with: str = ""
    """The key of the question that asks the same: it is asked instead, and counts for both."""
    asked_before: tuple[str, ...] = ()
    """The regions before whose treatment it is asked; none where it is always asked."""
    question: str
    why: str
    reach: Reach = Reach.SITE
    """How far from its site a "yes" applies (clinical.md 4.3)."""
    loaded_reach: Reach | None = None
    """How far it applies to what bears a load in the session (proposed)."""
    pressure_cap: Pressure | None = None
    """The highest pressure with a "yes", whatever is done about it (proposed)."""
    cap_reach: Reach = Reach.SITE
    """How far from its site the cap applies."""
    light_regions: tuple[str, ...] = ()
    """Regions in which a "yes" allows light pressure only (proposed)."""
    light_where: str = ""
    """What these regions are, in words."""
    blocked_regions: tuple[str, ...] = ()
    """Regions that are not treated at all with a "yes"."""
    stages: tuple[Stage, ...] = ()
    """The stages of the condition, in their order; one of them is written with a "yes"."""
    stage_word: str = ""
    """What a stage is called, as ``trimester``."""
    blocked_days: int = 0
    """Days after the date written with a "yes" on which its site and the neighbours are not
    treated (proposed)."""
    capped_days: int = 0
    """Days after that date until which the cap applies (proposed)."""
    ask: str = ""
    """What must be written with a "yes", as ``the result of the sensation test``."""
    stops_from_systolic: int = 0
    stops_from_diastolic: int = 0
    """The blood pressure in mmHg from which it counts as "yes"; 0 for none (proposed)."""
    asked_anew: bool = False
    """Whether that is asked each session, and never carried forward."""
    blocked_until_written: bool = False
    """Whether the site is not treated until that is written (proposed)."""
    red_flag: bool = False


checklist = load("checklist", Contraindication)
contraindications = checklist.only(lambda item: not item.red_flag)
red_flags = checklist.only(lambda item: item.red_flag)
Questions = Catalogue[Contraindication]
questions: Questions = checklist.only(lambda item: not item.asked_with)
"""What is asked: every item but those that another question asks as well."""
