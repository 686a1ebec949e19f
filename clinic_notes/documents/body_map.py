"""The body map as a drawing that stands by itself, in shades that a grey print keeps apart."""

from flask import render_template

from clinic_notes.charting.body_map.marks import Body
from clinic_notes.documents.parts import Drawing

WIDTH_MM = 40


def drawing(body: Body) -> Drawing:
    """Return the map of what was treated, front and back."""
    words = "; ".join(f"{done.number} {done.label}: {done.words}" for done in body.done)
    svg = render_template("documents/body_map.svg", body=body)
    return Drawing(svg, f"Body map, front and back. Treated: {words}.", WIDTH_MM)
