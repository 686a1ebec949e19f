"""Words the rules share: sites, lists, days and numbers as text."""

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

from clinic_notes.clinical.drafts import Site
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import EffectOutcome, Side, TimeUnit

ARROW = "→"
MINUS = "−"  # noqa: RUF001 - the true minus is meant.

_PROPER_NAMES = ("Achilles", "Oswestry", "Patient-Specific", "QuickDASH", "Roland")

SIDES = {
    Side.LEFT: "left",
    Side.RIGHT: "right",
    Side.BILATERAL: "both sides",
    Side.MIDLINE: "midline",
}
"""What each side is called where a site is named."""


def in_sentence(label: str) -> str:
    """Return a label with the small initial it has inside a sentence.

    Acronyms (DVT), single letters (J-stroke) and proper names (Achilles) keep their capitals.
    """
    if label.startswith(_PROPER_NAMES) or not label[1:2].islower():
        return label
    return label[:1].lower() + label[1:]


def capitalized(text: str) -> str:
    """Return the text with a capital initial."""
    return text[:1].upper() + text[1:]


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def place_text(region: str, side: Side | None) -> str:
    """Return a region with its side, or alone where none is given; "" without a region."""
    if not region:
        return ""
    return in_sentence(regions.label(region)) if side is None else site_text(Site(region, side))


def site_text(site: Site) -> str:
    """Return "left plantar foot", "low back on both sides", "low back in the midline"."""
    region = in_sentence(regions.label(site.region))
    match site.side:
        case Side.BILATERAL:
            return f"{region} on both sides"
        case Side.MIDLINE:
            return f"{region} in the midline"
        case _:
            return f"{site.side} {region}"


def day(on: date | None) -> str:
    """Return "4 Mar 2026", "" for no day."""
    return "" if on is None else f"{on.day} {on:%b %Y}"


def age(born_on: date, on: date) -> int:
    """Return completed years of life on a day."""
    return on.year - born_on.year - ((on.month, on.day) < (born_on.month, born_on.day))


def day_near(on: date, other: date) -> str:
    """Return "4 Mar" where ``other`` is in the same year, else "4 Mar 2026"."""
    return f"{on.day} {on:%b}" if on.year == other.year else day(on)


def number_text(number: int | Decimal) -> str:
    """Return a number as it is read, not for an input: no trailing zeros, a true minus."""
    text = f"{Decimal(number):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", MINUS)


def with_unit(number: int | Decimal, unit: str) -> str:
    """Return "9°", "8/10", "39.5 cm": no space before a degree sign or a score's maximum."""
    gap = "" if unit in ("", "°") or unit.startswith("/") else " "
    return f"{number_text(number)}{gap}{unit}"


def span_text(start: time | None, end: time | None, dash: str = " to ") -> str:
    """Return the times of a session, "09:00 to 09:40"; what was not entered is left out."""
    if end is None:
        return f"{start:%H:%M}" if start else ""
    return f"{start:%H:%M}{dash}{end:%H:%M}" if start else f"until {end:%H:%M}"


def time_text(number: int | Decimal, unit: TimeUnit) -> str:
    """Return "1 day", "36 hours"."""
    return f"{number_text(number)} {unit.value.removesuffix('s') if number == 1 else unit}"


OUTCOMES = {
    EffectOutcome.RESOLVED: "resolved",
    EffectOutcome.BETTER: "better, not gone",
    EffectOutcome.UNCHANGED: "unchanged",
    EffectOutcome.WORSE: "worse",
}


def outcome_text(outcome: EffectOutcome | None, resolved_on: date | None) -> str:
    """Return "resolved on 4 Mar 2026", "" where it is not known."""
    if outcome is None:
        return ""
    return f"{OUTCOMES[outcome]} on {day(resolved_on)}" if resolved_on else OUTCOMES[outcome]


def unit_of_span(unit: str) -> str:
    """Return the unit of a difference or a range, without a score's "/10"."""
    return "" if unit.startswith("/") else unit


def joined(*parts: str | None) -> str:
    """Return the parts that are not empty, with commas between them."""
    return ", ".join(part for part in parts if part)


def bracketed(*details: str) -> str:
    """Return " (a, b)" of the details that say something, "" for none."""
    given = ", ".join(detail.strip() for detail in details if detail.strip())
    return f" ({given})" if given else ""
