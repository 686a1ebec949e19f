"""The values of an item in words, for pages, messages and the guide."""

from clinic_notes.clinical.policy.effective import catalogue_cap
from clinic_notes.clinical.policy.model import EVERY_SESSION, Part, part_values
from clinic_notes.clinical.wording import with_unit
from clinic_notes.reference.contraindications import Contraindication
from clinic_notes.reference.terms import Confidence, Reach, Scope, Severity

SEVERITY, CAP, REACH, DAYS = "Severity", "Highest pressure", "Reach", "How often"
TITLES = {
    Part.SEVERITY: SEVERITY,
    Part.PRESSURE_CAP: CAP,
    Part.REACH: REACH,
    Part.ASK_AGAIN_DAYS: DAYS,
    Part.SYSTOLIC: "Stops from systolic",
    Part.DIASTOLIC: "Stops from diastolic",
}
REACH_WORDS = {
    Reach.SITE: "the place",
    Reach.NEIGHBOURS: "the place and next to it",
    Reach.LIMB: "the whole limb",
}
CONFIDENCE_WORDS = {
    Confidence.SEEN: "read in the source",
    Confidence.KNOWN: "known, not re-read",
    Confidence.UNVERIFIED: "unverified",
    Confidence.PROPOSED: "proposed by this project",
}


def value_in_words(part: Part, value: str) -> str:
    """Return a stored value of a part in words, as the history of a policy shows it."""
    if part is Part.PRESSURE_CAP:
        return f"at most {value}" if value else "no cap"
    if part is Part.REACH:
        return REACH_WORDS[Reach(value)]
    if part is Part.ASK_AGAIN_DAYS:
        return "every session" if int(value) == EVERY_SESSION else f"every {value} days"
    if part in (Part.SYSTOLIC, Part.DIASTOLIC):
        return with_unit(int(value), "mmHg")
    return value


def part_in_words(item: Contraindication, part: Part) -> str:
    """Return the value of a part of an item in words, with what belongs to it."""
    if part is Part.SEVERITY:
        return severity_in_words(item)
    if part is Part.REACH:
        return _reach_in_words(item)
    if part is Part.PRESSURE_CAP:
        return _cap_in_words(item)
    return value_in_words(part, part_values(item)[part])


def severity_in_words(item: Contraindication) -> str:
    """Return the severity with what it means: ``absolute: no treatment today``."""
    if item.severity is Severity.ABSOLUTE:
        stops = item.scope is Scope.SESSION
        words = f"absolute: {'no treatment today' if stops else 'the place is not treated'}"
        if item.stops_from_systolic:
            limits = f"{item.stops_from_systolic}/{item.stops_from_diastolic} mmHg"
            words = f"{words}; also from {limits}"
        return words
    if item.severity is Severity.RELATIVE:
        return "relative: reason and precaution"
    return "modifier: less pressure"


def _reach_in_words(item: Contraindication) -> str:
    if item.scope is Scope.SESSION:
        return "the whole session"
    words = REACH_WORDS[item.reach]
    if item.loaded_reach and item.loaded_reach is not item.reach:
        words = f"{words}; {REACH_WORDS[item.loaded_reach]} under load"
    if item.pressure_cap and item.cap_reach is not item.reach:
        words = f"{words}; the cap: {REACH_WORDS[item.cap_reach]}"
    return words


def _cap_in_words(item: Contraindication) -> str:
    cap = catalogue_cap(item)
    words = value_in_words(Part.PRESSURE_CAP, cap.value if cap else "")
    if item.light_regions:
        light = f"light at {item.light_where}"
        return f"{words}; {light}" if cap else light
    return words
