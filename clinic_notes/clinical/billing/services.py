"""The timed minutes of a session by service, and whether its minutes add up.

Each other intervention has the code of its kind, or the one that was chosen for it, and its own
minutes. What is left of the timed minutes was hands-on treatment, the code of the treatment
rows: a session of instruments alone needs no entry but the timed minutes. Which code fits a kind
is proposed; a payer may see it otherwise (clinical.md 12.3).
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from clinic_notes.clinical.billing.units import PayerRule, units_by_code
from clinic_notes.clinical.dosage import treated_minutes
from clinic_notes.clinical.drafts import InterventionDraft, VisitDraft
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.screening.rulings import LEAST_REASON
from clinic_notes.clinical.wording import in_sentence, number_text
from clinic_notes.reference.interventions import interventions
from clinic_notes.reference.terms import Decision
from clinic_notes.reference.timed_codes import timed_codes, treatment_code


class Service(NamedTuple):
    """A timed service of a session."""

    code: str
    minutes: Decimal
    units: int


def code_of(row: InterventionDraft) -> str:
    """Return the code of an intervention, "" where it is not billed by time."""
    kind = interventions.find(row.kind)
    chosen = timed_codes.find(row.billed_as or (kind.timed_code if kind else ""))
    return chosen.key if chosen is not None and chosen.is_timed else ""


def services(draft: VisitDraft) -> tuple[Service, ...]:
    """Return the timed services of a session with their units by CMS, the longest first."""
    minutes = _timed(draft)
    left = Decimal(draft.timed_minutes or 0) - sum(minutes.values())
    if left > 0:
        minutes[treatment_code] = minutes.get(treatment_code, Decimal(0)) + left
    units = units_by_code(minutes, PayerRule.CMS)
    in_order = sorted(minutes, key=lambda code: -minutes[code])
    return tuple(Service(code, minutes[code], units[code]) for code in in_order)


def services_in_words(draft: VisitDraft) -> str:
    """Return "97140 hands-on treatment 25 min, 2 units; 97110 exercise 10 min, 0 units"."""
    if draft.decision is Decision.NOT_TREATED or draft.timed_minutes is None:
        return ""
    return "; ".join(_in_words(service) for service in services(draft))


def check_services(draft: VisitDraft) -> Iterator[Finding]:
    """Yield that single interventions took longer than all of the session's timed minutes."""
    timed = sum(_timed(draft).values())
    if draft.timed_minutes is not None and timed > draft.timed_minutes:
        message = (
            f"The timed interventions alone took {number_text(timed)} min, more than the "
            f"{draft.timed_minutes} timed minutes."
        )
        yield Finding(Level.REFUSE, message, "timed_minutes")
        return
    for number, row in enumerate(draft.interventions):
        if code_of(row) and row.minutes is None and draft.timed_minutes:
            message = (
                f"{interventions.label(row.kind)} has no minutes: its time counts as "
                f"{_name(treatment_code)}."
            )
            yield Finding(Level.NOTE, message, f"interventions-{number}-minutes")


def unreconciled(draft: VisitDraft) -> Iterator[Finding]:
    """Yield what does not add up, unless a reason says why: a signature needs one or the other."""
    if len(draft.minutes_reason.strip()) >= LEAST_REASON or draft.timed_minutes is None:
        return
    rows = treated_minutes(draft.uses) + sum(_timed(draft).values())
    if rows > draft.timed_minutes:
        yield _why(
            f"The rows add up to {number_text(rows)} timed minutes, not {draft.timed_minutes}"
        )
    untimed = sum((row.minutes or 0 for row in draft.interventions if not code_of(row)), Decimal(0))
    whole = draft.timed_minutes + untimed
    if draft.total_minutes is not None and whole > draft.total_minutes:
        yield _why(
            f"Timed and untimed interventions add up to {number_text(whole)} min, more than the "
            f"{draft.total_minutes} in total"
        )


def _timed(draft: VisitDraft) -> dict[str, Decimal]:
    """Return the minutes of the other interventions that are billed by time, by code."""
    minutes: dict[str, Decimal] = {}
    for row in draft.interventions:
        code = code_of(row)
        if code and row.minutes and row.minutes.is_finite():
            minutes[code] = minutes.get(code, Decimal(0)) + row.minutes
    return minutes


def _why(what: str) -> Finding:
    message = f"{what}: correct them, or write why, in at least {LEAST_REASON} characters."
    return Finding(Level.REFUSE, message, "minutes_reason")


def _in_words(service: Service) -> str:
    units = f"{service.units} unit{'' if service.units == 1 else 's'}"
    return f"{_name(service.code)} {number_text(service.minutes)} min, {units}"


def _name(code: str) -> str:
    label = in_sentence(timed_codes.label(code))
    return f"{code} {label}" if code.isdecimal() else label
