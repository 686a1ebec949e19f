"""What one checklist item says today: the sentences, the places it blocks, the pressure it caps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.screening.in_force import ActiveYes
from clinic_notes.clinical.screening.pregnancy import PREGNANCY, kept_off
from clinic_notes.clinical.wording import day, listed, opening, place, within
from clinic_notes.reference.contraindications import Contraindication
from clinic_notes.reference.terms import Mitigation, Scope, Severity

LEAST_REASON = 10
"""Characters a written reason needs to count as one (clinical.md 4.1)."""


@dataclass(frozen=True)
class Ruling:
    """What one item comes to."""

    findings: tuple[Finding, ...] = ()
    blocked: tuple[tuple[Site, str], ...] = ()
    caps_pressure: bool = False


def ruling(item: Contraindication, yes: ActiveYes, on: date) -> Ruling:
    """Return what a "yes" in force means today for the places it meets."""
    when = "today" if yes.asked.asked_on == on else day(yes.asked.asked_on)
    said = f"{within(item.label)} (asked {when})"
    if item.severity is Severity.ABSOLUTE:
        return _absolute(item, yes, said)
    if item.scope is Scope.REGION and not yes.met:
        return Ruling()
    if item.severity is Severity.MODIFIER:
        return Ruling((_pressure_caution(item, said),), caps_pressure=True)
    found = _precaution(item, yes, said)
    return _in_pregnancy(item, yes, said, found) if item.key == PREGNANCY else found


def ruling_not_asked(item: Contraindication, about: Sequence[Site]) -> Ruling:
    """Return what an item means that is due today and has no answer: never a "no".

    An absolute one counts as "yes" until it is asked.
    """
    if item.severity is not Severity.ABSOLUTE:
        return Ruling((_finding(Level.REFUSE, f"{item.label}: not asked. Ask it.", item),))
    message = f"{item.label}: not asked. Until it is, it counts as yes."
    if item.scope is Scope.SESSION:
        return Ruling((_finding(Level.STOP, message, item),))
    return Ruling(
        (_finding(Level.BLOCK, message, item),), blocked=tuple((site, message) for site in about)
    )


def _absolute(item: Contraindication, yes: ActiveYes, said: str) -> Ruling:
    if item.scope is Scope.SESSION:
        message = f"No treatment today: {said}."
        return Ruling((_finding(Level.STOP, message, item),))
    blocked = tuple(
        (site, f"{opening(place(site))} may not be treated today: {said}.") for site in yes.met
    )
    blocks = tuple(_finding(Level.BLOCK, message, item) for _, message in blocked)
    keep_away = tuple(
        _finding(Level.NOTE, f"Keep away from the {place(site)}: {said}.", item)
        for site in yes.elsewhere
    )
    return Ruling(blocks + keep_away, blocked)


def _precaution(item: Contraindication, yes: ActiveYes, said: str) -> Ruling:
    where = "" if item.scope is Scope.SESSION else f" at the {listed([*map(place, yes.met)])}"
    findings: list[Finding] = []
    if len(yes.asked.reason.strip()) < LEAST_REASON:
        why = f"Write why you go on{where}, in at least {LEAST_REASON} characters: {said}."
        findings.append(_finding(Level.REFUSE, why, item, "reason"))
    if yes.asked.mitigation is None:
        what = f"Choose what you do about it{where}: {said}."
        findings.append(_finding(Level.REFUSE, what, item, "mitigation"))
    caps = yes.asked.mitigation is Mitigation.REDUCE_PRESSURE
    if caps:
        findings.append(_pressure_caution(item, said))
    return Ruling(tuple(findings), caps_pressure=caps)


def _in_pregnancy(item: Contraindication, yes: ActiveYes, said: str, found: Ruling) -> Ruling:
    """Add to a precaution the places that a pregnant patient is not treated at."""
    kept = kept_off(yes.met, yes.asked.detail, said)
    findings = [_finding(Level.BLOCK, message, item) for _, message in kept.blocked]
    if kept.question:
        findings.append(_finding(Level.REFUSE, kept.question, item, "detail"))
    return replace(found, findings=(*findings, *found.findings), blocked=kept.blocked)


def _pressure_caution(item: Contraindication, said: str) -> Finding:
    return _finding(Level.CAUTION, f"Pressure at most moderate today: {said}.", item)


def _finding(level: Level, message: str, item: Contraindication, part: str = "answer") -> Finding:
    return Finding(level, message, f"answers-{item.key}-{part}", item.key)
