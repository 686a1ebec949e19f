"""The safety checklist: 45 contraindications and precautions, five red flags (clinical.md 4).

The published sources disagree on several items, so the severity is data: a clinic's clinical
lead may raise it, and nobody lowers it unnoticed. No clinician has reviewed it yet.
"""

from dataclasses import dataclass

from clinic_notes.reference.catalogue import Entry, load
from clinic_notes.reference.terms import Scope, Severity


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
    whole_limb: bool = False
    """Whether a "yes" applies to every region of that limb."""
    adjacent: bool = False
    """Whether a "yes" applies to the neighbouring regions too (clinical.md 4.3)."""
    red_flag: bool = False


checklist = load("checklist", Contraindication)
contraindications = checklist.only(lambda item: not item.red_flag)
red_flags = checklist.only(lambda item: item.red_flag)
