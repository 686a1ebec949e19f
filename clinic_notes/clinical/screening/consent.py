"""Informed consent, and a guardian's for a minor: when it is asked for (proposed)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clinic_notes.clinical.drafts import Site, VisitDraft
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.screening.coverage import is_covered
from clinic_notes.clinical.screening.due import ASK_AGAIN_AFTER
from clinic_notes.clinical.screening.pressure_caps import MINOR
from clinic_notes.clinical.wording import age, day, in_sentence, listed, site_text
from clinic_notes.reference.techniques import strokes
from clinic_notes.reference.terms import ConsentBy, Decision

BY = {
    ConsentBy.PATIENT: "the patient",
    ConsentBy.GUARDIAN: "the guardian",
    ConsentBy.REPRESENTATIVE: "the representative",
}


@dataclass(frozen=True)
class PriorConsent:
    """Consent given in an earlier session, and what was treated in it."""

    given_on: date
    sites: tuple[Site, ...]
    strokes: frozenset[str]


def consent_needed(draft: VisitDraft, earlier: Sequence[PriorConsent]) -> tuple[Finding, ...]:
    """Return a caution where consent is to be asked for and is not recorded.

    It is asked for at the first session, after 30 days, and when a place or a stroke is new.
    """
    if draft.consent_by is not None or draft.decision is Decision.NOT_TREATED:
        return ()
    known = [one for one in earlier if one.given_on <= draft.served_on]
    recent = [one for one in known if draft.served_on - one.given_on <= ASK_AGAIN_AFTER]
    if not known:
        why = "no informed consent is on record yet"
    elif not recent:
        last = max(one.given_on for one in known)
        why = f"informed consent was last given on {day(last)}"
    elif new := _what_is_new(draft, recent):
        why = f"informed consent was not given to {listed(new)}"
    else:
        return ()
    return (Finding(Level.CAUTION, f"Ask the patient: {why}.", "consent_by"),)


def guardian_needed(
    draft: VisitDraft, born_on: date, guardian: str, consented_on: date | None
) -> tuple[Finding, ...]:
    """Return a refusal where a minor is treated without a guardian's consent on record."""
    if draft.decision is Decision.NOT_TREATED or age(born_on, draft.served_on) >= MINOR:
        return ()
    if guardian.strip() and consented_on is not None and consented_on <= draft.served_on:
        return ()
    message = (
        f"The patient is under {MINOR}: record on the patient's page which guardian consented, "
        "and on which day."
    )
    return (Finding(Level.REFUSE, message, "consent_by"),)


def guardian_in_words(guardian: str, consented_on: date | None, born_on: date, on: date) -> str:
    """Return "Ana Delgado, 2 Mar 2026"; "" of an adult, or where no consent is on record."""
    is_known = guardian and consented_on and age(born_on, on) < MINOR
    return f"{guardian}, {day(consented_on)}" if is_known else ""


def consent_in_words(draft: VisitDraft) -> str:
    """Return who consented, when, and to what; "" where nobody was asked."""
    if draft.consent_by is None:
        return ""
    to = [site_text(site) for site in dict.fromkeys(use.site for use in draft.uses)]
    how = [in_sentence(strokes.label(key)) for key in _strokes(draft)]
    words = f"informed consent given by {BY[draft.consent_by]} on {day(draft.served_on)}"
    if to:
        words += f" to treatment of the {listed(to)}"
    if how:
        words += f" ({listed(how)})"
    about = draft.consent_about.strip().rstrip(".")
    return f"{words}, explained: {about}" if about else words


def _strokes(draft: VisitDraft) -> list[str]:
    return [key for key in dict.fromkeys(use.stroke for use in draft.uses) if key]


def _what_is_new(draft: VisitDraft, recent: Sequence[PriorConsent]) -> list[str]:
    sites = [site for one in recent for site in one.sites]
    known = {stroke for one in recent for stroke in one.strokes}
    treated = dict.fromkeys(use.site for use in draft.uses)
    new: list[str] = [f"the {site_text(site)}" for site in treated if not is_covered(site, sites)]
    return new + [
        f"the stroke {in_sentence(strokes.label(key))}"
        for key in _strokes(draft)
        if key not in known
    ]
