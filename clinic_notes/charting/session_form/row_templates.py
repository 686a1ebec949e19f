"""Empty rows of the session form, for a script to copy."""

from datetime import date
from functools import lru_cache
from typing import Any

from flask import get_template_attribute

from clinic_notes.charting.session_form.forms import blank_row
from clinic_notes.core.forms import Offered

ROW_MACROS = {"uses": "use", "interventions": "intervention", "effects": "effect"}
READING_MACROS = {"pains": "pain", "roms": "rom", "strengths": "strength", "measures": "measure"}


# An empty row is the same on every page of a clinic for as long as the catalogues offer the
# same: until the day is over.
@lru_cache(maxsize=256)
def row_template(name: str, offered: Offered, cap: str, on: date) -> str:
    """Return an empty row as the page writes it; ``cap`` says how much pressure is allowed."""
    macro: Any = get_template_attribute("charting/treatment/_treatment_rows.html", ROW_MACROS[name])
    about = {"cap": cap} if name == "uses" else {}
    row: str = macro(blank_row(name, offered), **about)
    return row


@lru_cache(maxsize=32)
def half_row_template(name: str, end: str, on: date) -> str:
    """Return one half of an empty reading: its ``end`` in Before or in After."""
    macro: Any = get_template_attribute(
        "charting/readings/_reading_rows.html", f"{READING_MACROS[name]}_{end}"
    )
    half: str = macro(blank_row(name))
    return half
