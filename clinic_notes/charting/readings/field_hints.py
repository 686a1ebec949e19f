"""Hints for a reading's field: norms, what a minus means, units, limits."""

from functools import lru_cache

from flask import Flask

from clinic_notes.charting.choices import site_labels
from clinic_notes.clinical.documentation_time import IDLE_SECONDS, duration
from clinic_notes.clinical.readings import measure_limits, rom_limits, strength_limits
from clinic_notes.clinical.wording import in_sentence
from clinic_notes.core.display import in_page
from clinic_notes.core.forms.browser_limits import limits_for_browser
from clinic_notes.core.forms.fields import Choices
from clinic_notes.reference.measures import measures
from clinic_notes.reference.movements import joint_positions, movements
from clinic_notes.reference.pain import pain_contexts
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


def minus(key: str | None) -> str:
    """Return what a minus means for a movement or test that can go below zero, else ""."""
    movement, measure = movements.find(key or ""), measures.find(key or "")
    if movement is not None:
        return movement.sign_convention if movement.hard_min < 0 else ""
    return measure.sign_convention if measure is not None and measure.minimum < 0 else ""


def unit(measure: str | None) -> str:
    """Return the unit of a test or score."""
    entry = measures.find(measure or "")
    return "" if entry is None else entry.unit


def detail_prompt(measure: str | None) -> str:
    """Return what has to be said beside a test's number."""
    entry = measures.find(measure or "")
    return "" if entry is None else entry.detail_prompt


def asked_after(context: str | None) -> bool:
    """Say whether pain in a context is rated after treatment too."""
    entry = pain_contexts.find(context or "")
    return entry is None or entry.asked_after


@lru_cache(maxsize=512)
def positions_for(movement: str | None, chosen: str | None) -> Choices:
    """Return the joint positions that change a reading of the movement; all for none yet.

    The one that is chosen stays among them.
    """
    entry = movements.find(movement or "")
    fitting = entry.positions if entry else tuple(position.key for position in joint_positions)
    is_extra = chosen in joint_positions and chosen not in fitting
    keys = (*fitting, chosen) if is_extra and chosen else fitting
    return (("", "Not chosen"), *((key, joint_positions.label(key)) for key in keys))


def region_caution(region: str | None) -> str:
    """Return the bones, vessels and nerves to mind in a region (clinical.md 6)."""
    entry = regions.find(region or "")
    return "" if entry is None else f"{entry.label}: avoid {in_sentence(entry.caution)}."


@lru_cache(maxsize=1)
def row_hints() -> str:
    """Return, as JSON, the hints of each thing that a row of readings may measure.

    A page holds it once, for the script that fills rows in. It is cached: no catalogue changes
    while the application runs.
    """
    moved = [entry.key for entry in movements]
    hints = {
        "roms": {
            key: {
                "limits": limits_for_browser(rom_limits(key)),
                "norm": norm(key),
                "minus": minus(key),
                "range": sign_convention(key),
            }
            for key in moved
        },
        "strengths": {
            key: {"limits": limits_for_browser(limits), "label": limits.label}
            for key in moved
            if (limits := strength_limits(key))
        },
        "measures": {
            key: {
                "limits": limits_for_browser(measure_limits(key)),
                "unit": unit(key),
                "prompt": detail_prompt(key),
                "minus": minus(key),
            }
            for key in (entry.key for entry in measures)
        },
    }
    return in_page(hints)


def register(app: Flask) -> None:
    """Give the templates these hints."""
    app.jinja_env.filters.update(duration=duration, in_sentence=in_sentence)
    app.jinja_env.globals.update(
        norm=norm,
        sign_convention=sign_convention,
        minus=minus,
        row_hints=row_hints,
        unit_of=unit,
        detail_prompt=detail_prompt,
        asked_after=asked_after,
        positions_for=positions_for,
        rom_limits=rom_limits,
        strength_limits=strength_limits,
        measure_limits=measure_limits,
        idle_seconds=IDLE_SECONDS,
        site_labels=site_labels,
        region_caution=region_caution,
    )
