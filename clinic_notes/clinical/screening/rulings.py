"""What one checklist item means today: findings, blocked sites, pressure caps."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.screening.in_force import ActiveYes
from clinic_notes.clinical.screening.pressure_caps import PressureCap, caps_of
from clinic_notes.clinical.screening.stages import stage_restriction
from clinic_notes.clinical.wording import capitalized, day, in_sentence, listed, site_text
from clinic_notes.reference.contraindications import Contraindication
from clinic_notes.reference.terms import Mitigation, Pressure, Scope, Severity

LEAST_REASON = 10
"""Characters a written reason needs to count as one (clinical.md 4.1)."""


@dataclass(frozen=True)
class Ruling:
    """What one item means today."""

    findings: tuple[Finding, ...] = ()
    blocked: tuple[tuple[Site, str], ...] = ()
    caps: tuple[PressureCap, ...] = ()


def ruling(item: Contraindication, yes: ActiveYes, on: date) -> Ruling:
    """Return what an active "yes" means today at the sites it applies to."""
    is_today = yes.asked.asked_on == on
    when = "today" if is_today else day(yes.asked.asked_on)
    if item.asked_anew and not is_today:
        yes = replace(yes, asked=yes.asked._replace(detail=""))
    yes_text = f"{in_sentence(item.label)} (asked {when})"
    if item.blocked_days:
        return _after_a_date(item, yes, yes_text, on)
    if item.severity is Severity.ABSOLUTE:
        return replace(_absolute(item, yes, yes_text), caps=caps_of(item, yes, yes_text))
    return _relative(item, yes, yes_text)


def _relative(item: Contraindication, yes: ActiveYes, yes_text: str) -> Ruling:
    caps = caps_of(item, yes, yes_text)
    if item.scope is Scope.REGION and not yes.met:
        return Ruling(caps=caps)
    if item.severity is Severity.MODIFIER:
        caps = caps or (PressureCap(Pressure.MODERATE, yes_text, yes.flagged, item.reach),)
        return Ruling(_cautions(item, caps), caps=caps)
    found = _precaution(item, yes, yes_text, caps)
    if item.blocked_regions or item.stages:
        found = _in_its_stage(item, yes, yes_text, found)
    return found


def _after_a_date(item: Contraindication, yes: ActiveYes, yes_text: str, on: date) -> Ruling:
    """Return what an item means that is told by its date, as an injection.

    Without a readable date it counts as given on the day of the answer.
    """
    given_on = _date_in(yes.asked.detail, on)
    days = (on - (given_on or yes.asked.asked_on)).days
    if days > item.capped_days:
        return Ruling()
    if days > item.blocked_days:
        return _relative(item, yes, yes_text)
    since = f"{yes_text}, {item.blocked_days} days are to pass"
    findings = []
    if given_on is None and yes.met:
        what = f"Write the date as 2026-03-11; until then it counts as today: {yes_text}."
        findings.append(_finding(Level.REFUSE, what, item, "detail"))
    return replace(_blocking(item, yes, since, findings), caps=caps_of(item, yes, yes_text))


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
    return _blocking(item, yes, yes_text)


def _blocking(
    item: Contraindication, yes: ActiveYes, yes_text: str, also: Sequence[Finding] = ()
) -> Ruling:
    """Block the sites to be treated that a "yes" applies to; say where else to keep away."""
    blocked = tuple(
        (site, f"{capitalized(site_text(site))} may not be treated {how}: {yes_text}.")
        for site in yes.met
        for how in ("under load today" if site in yes.under_load else "today",)
    )
    blocks = (_finding(Level.BLOCK, message, item) for _, message in blocked)
    keep_away = (
        _finding(Level.NOTE, f"Keep away from the {site_text(site)}: {yes_text}.", item)
        for site in yes.elsewhere
    )
    return Ruling((*blocks, *also, *keep_away), blocked)


def _precaution(
    item: Contraindication, yes: ActiveYes, yes_text: str, caps: tuple[PressureCap, ...]
) -> Ruling:
    where = "" if item.scope is Scope.SESSION else f" at the {listed([*map(site_text, yes.met)])}"
    findings: list[Finding] = []
    if len(yes.asked.reason.strip()) < LEAST_REASON:
        why = f"Write why you go on{where}, in at least {LEAST_REASON} characters: {yes_text}."
        findings.append(_finding(Level.REFUSE, why, item, "reason"))
    if yes.asked.mitigation is None:
        what = f"Choose what you do about it{where}: {yes_text}."
        findings.append(_finding(Level.REFUSE, what, item, "mitigation"))
    if item.ask and not item.stages and not yes.asked.detail.strip():
        findings.append(_finding(Level.REFUSE, f"Write {item.ask}: {yes_text}.", item, "detail"))
        if item.blocked_until_written:
            until = f"{yes_text}, until you write {item.ask}"
            return replace(_blocking(item, yes, until, findings), caps=caps)
    if item.scope is Scope.REGION and yes.asked.mitigation is Mitigation.AVOID_AREA:
        avoided = _blocking(item, yes, f"the area is avoided, {yes_text}", findings)
        # What may still be treated next to it keeps its cap.
        return replace(avoided, caps=caps)
    return Ruling((*findings, *_cautions(item, caps)), caps=caps)


def _in_its_stage(item: Contraindication, yes: ActiveYes, yes_text: str, found: Ruling) -> Ruling:
    """Add to a precaution the sites that are not treated in its stage."""
    restriction = stage_restriction(item, yes.met, yes.asked.detail, yes_text)
    findings = [_finding(Level.BLOCK, message, item) for _, message in restriction.blocked]
    if restriction.question:
        findings.append(_finding(Level.REFUSE, restriction.question, item, "detail"))
    return replace(found, findings=(*findings, *found.findings), blocked=restriction.blocked)


def _cautions(item: Contraindication, caps: Sequence[PressureCap]) -> tuple[Finding, ...]:
    messages = dict.fromkeys(cap.message for cap in caps)
    return tuple(_finding(Level.CAUTION, message, item) for message in messages)


_DATE = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")


def _date_in(text: str, on: date) -> date | None:
    """Return the date a text names as year-month-day, None for none, or one later than ``on``."""
    found = _DATE.search(text)
    try:
        named = date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
    return named if named is not None and named <= on else None


def _finding(level: Level, message: str, item: Contraindication, part: str = "answer") -> Finding:
    return Finding(level, message, f"answers-{item.key}-{part}", item.key)
