"""A form with a field of each kind, for tests of what every form does."""

from wtforms import Form, FormField

from clinic_notes.core.forms.base import BaseForm
from clinic_notes.core.forms.fields import ChoiceField, Line, LongText, Number
from clinic_notes.core.forms.rows import RowForm, Rows


class Row(RowForm):
    minutes = Number("Minutes", whole=True, unit="minutes")
    note = Line("Note")


class Part(Form):
    grade = Number("Grade", whole=True)


class SampleForm(BaseForm):
    name = Line("Name", required=True)
    story = LongText("Story")
    degrees = Number("Dorsiflexion", unit="degrees")
    pain = Number("Pain", whole=True)
    side = ChoiceField("Side", [("left", "Left"), ("right", "Right")], blank="Not recorded")
    part = FormField(Part)
    rows = Rows(Row, most=3)
