"""Empty rows of the session form, for a script to copy."""

from datetime import date
from functools import lru_cache

from clinic_notes.charting.session_form.forms import blank_row
from clinic_notes.core.forms import RowOptions
from clinic_notes.core.forms.rendering import render_macro

TREATMENT = "charting/treatment/_treatment_rows.html"
TREATMENT_MACROS = {"uses": "use", "interventions": "intervention", "effects": "effect"}
READINGS = "charting/readings/_reading_rows.html"
READING_MACROS = {"pains": "pain", "roms": "rom", "strengths": "strength", "measures": "measure"}


# An empty row is the same on every page of a clinic for as long as the catalogues offer the
# same: until the day is over.
@lru_cache(maxsize=256)
def row_template(name: str, options: RowOptions, cap: str, on: date) -> str:
    """Return an empty row as the page writes it; ``cap`` says how much pressure is allowed."""
    about = {"cap": cap} if name == "uses" else {}
    return render_macro(TREATMENT, TREATMENT_MACROS[name], blank_row(name, options), **about)


@lru_cache(maxsize=32)
def half_row_template(name: str, end: str, on: date) -> str:
    """Return one half of an empty reading: its ``end`` in Before or in After."""
    return render_macro(READINGS, f"{READING_MACROS[name]}_{end}", blank_row(name))
