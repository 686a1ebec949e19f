"""The safety checklist: 45 contraindications and precautions, and five red flags (clinical.md 4).

The published sources disagree on several items, so the severity is data that a clinic's
clinical lead may raise and that nobody lowers in silence. No clinician has reviewed it yet.
"""

from dataclasses import dataclass

from clinic_notes.reference.catalogue import Entry, load
from clinic_notes.reference.terms import Scope, Severity


@dataclass(frozen=True, kw_only=True)
class Contraindication(Entry):
    """One line of the checklist: what is asked, and what a "yes" weighs."""

    group: str
    severity: Severity
    scope: Scope
    every_session: bool
    """False: asked on the first visit and at each review (every 30 days, or on change)."""
    question: str
    why: str
    whole_limb: bool = False
    """A "yes" speaks about every region of that limb."""
    adjacent: bool = False
    """A "yes" speaks about the neighbouring regions too (clinical.md 4.3)."""
    red_flag: bool = False


checklist = load("checklist", Contraindication)
contraindications = checklist.only(lambda item: not item.red_flag)
red_flags = checklist.only(lambda item: item.red_flag)
