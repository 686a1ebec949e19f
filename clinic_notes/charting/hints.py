"""What a field is told of what it measures: what is normal, how the sign runs, its limits."""

from flask import Flask

from clinic_notes.charting.forms.choices import place_names
from clinic_notes.clinical.pace import IDLE_SECONDS, duration
from clinic_notes.clinical.readings import measure_limits, rom_limits, strength_limits
from clinic_notes.clinical.words import within
from clinic_notes.reference.measures import measures
from clinic_notes.reference.movements import movements
from clinic_notes.reference.regions import regions


def norm(movement: str | None) -> str:
    """Return what is normal and who says so: ``20° AAOS``."""
    entry = movements.find(movement or "")
    if entry is None or not entry.norms:
        return ""
    return f"{entry.norms[0].text}° {entry.norms[0].authority}"


def sign_convention(movement: str | None) -> str:
    """Return what zero, plus and minus mean for a movement."""
    entry = movements.find(movement or "")
    return (
        "" if entry is None else f"{entry.sign_convention} {entry.hard_min}° to {entry.hard_max}°."
    )


def unit(measure: str | None) -> str:
    """Return the unit of a test or score."""
    entry = measures.find(measure or "")
    return "" if entry is None else entry.unit


def detail_prompt(measure: str | None) -> str:
    """Return what has to be said beside a test's number."""
    entry = measures.find(measure or "")
    return "" if entry is None else entry.detail_prompt


def region_caution(region: str | None) -> str:
    """Return the bones, vessels and nerves to mind in a region (clinical.md 6)."""
    entry = regions.find(region or "")
    return "" if entry is None else f"Mind: {within(entry.caution)}."


def teach(app: Flask) -> None:
    """Give the templates these hints."""
    app.jinja_env.filters.update(duration=duration)
    app.jinja_env.globals.update(
        norm=norm,
        sign_convention=sign_convention,
        unit_of=unit,
        detail_prompt=detail_prompt,
        rom_limits=rom_limits,
        strength_limits=strength_limits,
        measure_limits=measure_limits,
        idle_seconds=IDLE_SECONDS,
        place_names=place_names,
        region_caution=region_caution,
    )
