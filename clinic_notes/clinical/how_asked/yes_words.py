"""Each "yes" in words: today's, and that of an earlier session that is still in force."""

from collections.abc import Iterable
from datetime import date

from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.clinical.screening import CarriedForward, PriorAnswer
from clinic_notes.clinical.wording import bracketed, day_near, in_sentence, listed, site_text
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Mitigation, Pressure

WENT_ON = {
    Mitigation.REDUCE_PRESSURE: "with reduced pressure",
    Mitigation.SHORTEN: "for a shorter time",
    Mitigation.AVOID_AREA: "avoiding the area",
    Mitigation.CLEARANCE_OBTAINED: "with clearance obtained",
    Mitigation.EXPLAIN_CONSENT: "after explanation and consent",
}
"""How the treatment went on in spite of a caution."""


def carried_forward_in_words(
    carried_forward: Iterable[CarriedForward], on: date
) -> tuple[str, ...]:
    """Return each as ``Carried from 16 Nov: osteoporosis, pressure at most moderate``."""
    return tuple(
        f"Carried from {day_near(earlier.asked.asked_on, on)}: "
        + _earlier_yes(earlier.asked, earlier.pressure_cap)
        for earlier in carried_forward
    )


def _earlier_yes(asked: PriorAnswer, cap: Pressure | None) -> str:
    where = listed([site_text(site) for site in asked.sites])
    reason = f"reason: {asked.reason.strip().rstrip('.')}" if asked.reason.strip() else ""
    words = in_sentence(checklist.label(asked.item)) + bracketed(where, asked.detail, reason)
    if cap is not None:
        return f"{words}, pressure at most {cap}"
    return f"{words}, {WENT_ON[asked.mitigation]}" if asked.mitigation else words


def yes_in_words(given: AnswerDraft) -> str:
    """Return a "yes" with its sites, its detail, and what was decided about it."""
    where = listed([site_text(site) for site in given.sites])
    words = in_sentence(checklist.label(given.item)) + bracketed(where, given.detail)
    if given.mitigation is not None:
        words += f", went on {WENT_ON[given.mitigation]}"
    reason = given.reason.strip().rstrip(".")
    return f"{words} (reason: {reason})" if reason else words
