"""The safety checklist: 45 contraindications and precautions, five red flags (clinical.md 4).

The published sources disagree on several items, so the severity is data: a clinic's clinical
lead may raise it, and nobody lowers it unnoticed. No clinician has reviewed it yet.
"""

from dataclasses import dataclass

from clinic_notes.reference.catalogue import Entry, load
from clinic_notes.reference.terms import Pressure, Reach, Scope, Severity


@dataclass(frozen=True, kw_only=True)
class Contraindication(Entry):
    """One item of the checklist: the question, and what a "yes" means."""

    group: str
    severity: Severity
    scope: Scope
    every_session: bool
    """If not, it is asked on the first visit and at each review (every 30 days, or on change)."""
    question: str
    why: str
    reach: Reach = Reach.SITE
    """How far from its site a "yes" applies (clinical.md 4.3)."""
    pressure_cap: Pressure | None = None
    """The highest pressure with a "yes", whatever is done about it (proposed)."""
    cap_reach: Reach = Reach.SITE
    """How far from its site the cap applies."""
    light_regions: tuple[str, ...] = ()
    """Regions in which a "yes" allows light pressure only (proposed)."""
    blocked_regions: tuple[str, ...] = ()
    """Regions that are not treated at all with a "yes"."""
    first_trimester_regions: tuple[str, ...] = ()
    """Regions that are not treated in the first trimester."""
    blocked_days: int = 0
    """Days after the date written with a "yes" on which its site and the neighbours are not
    treated (proposed)."""
    capped_days: int = 0
    """Days after that date until which the cap applies (proposed)."""
    ask: str = ""
    """What must be written with a "yes", as ``the result of the sensation test``."""
    red_flag: bool = False


checklist = load("checklist", Contraindication)
contraindications = checklist.only(lambda item: not item.red_flag)
red_flags = checklist.only(lambda item: item.red_flag)
