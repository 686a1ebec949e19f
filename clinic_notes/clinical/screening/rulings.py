"""What one checklist item means today: findings, blocked sites, a pressure cap."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.screening.in_force import ActiveYes
from clinic_notes.clinical.screening.pregnancy import PREGNANCY, pregnancy_restriction
from clinic_notes.clinical.wording import capitalized, day, in_sentence, listed, site_text
from clinic_notes.reference.contraindications import Contraindication
from clinic_notes.reference.terms import Mitigation, Scope, Severity

LEAST_REASON = 10
"""Characters a written reason needs to count as one (clinical.md 4.1)."""


@dataclass(frozen=True)
class Ruling:
    """What one item means today."""

    findings: tuple[Finding, ...] = ()
    blocked: tuple[tuple[Site, str], ...] = ()
    caps_pressure: bool = False


def ruling(item: Contraindication, yes: ActiveYes, on: date) -> Ruling:
    """Return what an active "yes" means today at the sites it applies to."""
    when = "today" if yes.asked.asked_on == on else day(yes.asked.asked_on)
    yes_text = f"{in_sentence(item.label)} (asked {when})"
    if item.severity is Severity.ABSOLUTE:
        return _absolute(item, yes, yes_text)
    if item.scope is Scope.REGION and not yes.met:
        return Ruling()
    if item.severity is Severity.MODIFIER:
        return Ruling((_pressure_caution(item, yes_text),), caps_pressure=True)
    found = _precaution(item, yes, yes_text)
    return _in_pregnancy(item, yes, yes_text, found) if item.key == PREGNANCY else found


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


def _absolute(item: Contraindication, yes: ActiveYes, yes_text: str) -> Ruling:
    if item.scope is Scope.SESSION:
        message = f"No treatment today: {yes_text}."
        return Ruling((_finding(Level.STOP, message, item),))
    blocked = tuple(
        (site, f"{capitalized(site_text(site))} may not be treated today: {yes_text}.")
        for site in yes.met
    )
    blocks = tuple(_finding(Level.BLOCK, message, item) for _, message in blocked)
    keep_away = tuple(
        _finding(Level.NOTE, f"Keep away from the {site_text(site)}: {yes_text}.", item)
        for site in yes.elsewhere
    )
    return Ruling(blocks + keep_away, blocked)


def _precaution(item: Contraindication, yes: ActiveYes, yes_text: str) -> Ruling:
    where = "" if item.scope is Scope.SESSION else f" at the {listed([*map(site_text, yes.met)])}"
    findings: list[Finding] = []
    if len(yes.asked.reason.strip()) < LEAST_REASON:
        why = f"Write why you go on{where}, in at least {LEAST_REASON} characters: {yes_text}."
        findings.append(_finding(Level.REFUSE, why, item, "reason"))
    if yes.asked.mitigation is None:
        what = f"Choose what you do about it{where}: {yes_text}."
        findings.append(_finding(Level.REFUSE, what, item, "mitigation"))
    caps = yes.asked.mitigation is Mitigation.REDUCE_PRESSURE
    if caps:
        findings.append(_pressure_caution(item, yes_text))
    return Ruling(tuple(findings), caps_pressure=caps)


def _in_pregnancy(item: Contraindication, yes: ActiveYes, yes_text: str, found: Ruling) -> Ruling:
    """Add to a precaution the sites that are not treated in pregnancy."""
    restriction = pregnancy_restriction(yes.met, yes.asked.detail, yes_text)
    findings = [_finding(Level.BLOCK, message, item) for _, message in restriction.blocked]
    if restriction.question:
        findings.append(_finding(Level.REFUSE, restriction.question, item, "detail"))
    return replace(found, findings=(*findings, *found.findings), blocked=restriction.blocked)


def _pressure_caution(item: Contraindication, yes_text: str) -> Finding:
    return _finding(Level.CAUTION, f"Pressure at most moderate today: {yes_text}.", item)


def _finding(level: Level, message: str, item: Contraindication, part: str = "answer") -> Finding:
    return Finding(level, message, f"answers-{item.key}-{part}", item.key)
