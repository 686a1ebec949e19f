"""How rules speak: places, lists and dates in plain clinic words."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from clinic_notes.clinical.drafts import Site
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import Side

ARROW = "→"
MINUS = "−"  # noqa: RUF001 - the true minus is meant.


_PROPER_NAMES = ("Achilles", "Oswestry", "Patient-Specific", "QuickDASH", "Roland")


def within(label: str) -> str:
    """Return a label as it reads inside a sentence.

    Acronyms (DVT), single letters (J-stroke) and proper names (Achilles) keep their capitals.
    """
    if label.startswith(_PROPER_NAMES) or not label[1:2].islower():
        return label
    return label[:1].lower() + label[1:]


def opening(text: str) -> str:
    """Return the text with the capital that opens a sentence."""
    return text[:1].upper() + text[1:]


def listed(parts: Sequence[str], last: str = "and") -> str:
    """Return "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def place(site: Site) -> str:
    """Return "left plantar foot", "low back on both sides", "low back in the midline"."""
    region = within(regions.label(site.region))
    match site.side:
        case Side.BILATERAL:
            return f"{region} on both sides"
        case Side.MIDLINE:
            return f"{region} in the midline"
        case _:
            return f"{site.side} {region}"


def day(on: date) -> str:
    """Return "4 Mar 2026"."""
    return f"{on.day} {on:%b %Y}"


def day_near(on: date, other: date) -> str:
    """Return "4 Mar" where the year goes without saying, because ``other`` is in it too."""
    return f"{on.day} {on:%b}" if on.year == other.year else day(on)


def number_text(number: int | Decimal) -> str:
    """Return a number for reading (not for an input's value): no trailing zeros, a true minus."""
    text = f"{Decimal(number):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace("-", MINUS)


def with_unit(number: int | Decimal, unit: str) -> str:
    """Return "9°", "8/10", "39.5 cm"; only a degree sign and a score's maximum stand close."""
    gap = "" if unit in ("", "°") or unit.startswith("/") else " "
    return f"{number_text(number)}{gap}{unit}"


def unit_of_span(unit: str) -> str:
    """Return the unit of a difference or a range: a score's "/10" belongs to single values only."""
    return "" if unit.startswith("/") else unit
