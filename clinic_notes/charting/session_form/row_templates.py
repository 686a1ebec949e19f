"""Empty rows of the session form, for a script to copy."""

from datetime import date
from functools import lru_cache

from clinic_notes.charting.session_form.forms import ROW_FORMS
from clinic_notes.charting.treatment.choice_marks import RowMarks
from clinic_notes.core.display import render_macro
from clinic_notes.core.forms.rows import RowOptions, blank_row

TREATMENT = "charting/treatment/_treatment_rows.html"
TREATMENT_MACROS = {"uses": "use", "interventions": "intervention", "effects": "effect"}
READINGS = "charting/readings/_reading_rows.html"
READING_MACROS = {"pains": "pain", "roms": "rom", "strengths": "strength", "measures": "measure"}


# An empty row is the same on every page of a clinic for as long as the catalogues offer the
# same: until the day is over.
@lru_cache(maxsize=256)
def row_template(name: str, options: RowOptions, marks: RowMarks, on: date) -> str:
    """Return an empty row as the page writes it; ``marks`` are those of a new treatment row."""
    about = {"marks": marks} if name == "uses" else {}
    row = blank_row(ROW_FORMS[name], name, options)
    return render_macro(TREATMENT, TREATMENT_MACROS[name], row, **about)


@lru_cache(maxsize=32)
def half_row_template(name: str, end: str, on: date) -> str:
    """Return one half of an empty reading: its ``end`` in Before or in After."""
    row = blank_row(ROW_FORMS[name], name, RowOptions())
    return render_macro(READINGS, f"{READING_MACROS[name]}_{end}", row)
