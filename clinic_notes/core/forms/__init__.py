"""What forms are made of: fields that strip and refuse, rows, and limits in words."""

from clinic_notes.core.forms.base import BaseForm, VersionedForm
from clinic_notes.core.forms.browser_limits import limits_for_browser
from clinic_notes.core.forms.fields import ChoiceField, Line, LongText, Number, Required, strip_text
from clinic_notes.core.forms.integers import bounded_integer
from clinic_notes.core.forms.rendering import Choices
from clinic_notes.core.forms.rows import FormGroup, RowForm, RowOptions, Rows

__all__ = [
    "BaseForm",
    "ChoiceField",
    "Choices",
    "FormGroup",
    "Line",
    "LongText",
    "Number",
    "Required",
    "RowForm",
    "RowOptions",
    "Rows",
    "VersionedForm",
    "bounded_integer",
    "limits_for_browser",
    "strip_text",
]
