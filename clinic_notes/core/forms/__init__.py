"""What every form is made of: fields that strip and refuse, rows, and limits in words."""

from clinic_notes.core.forms.base import BaseForm, VersionedForm
from clinic_notes.core.forms.browser_limits import limits_for_browser
from clinic_notes.core.forms.fields import (
    ChoiceField,
    Line,
    LongText,
    NoControlCharacters,
    Number,
    Required,
    max_length,
    strip_text,
)
from clinic_notes.core.forms.integers import bounded_integer
from clinic_notes.core.forms.rendering import Choices
from clinic_notes.core.forms.rows import FormGroup, Offered, RowForm, Rows
from clinic_notes.core.forms.technical_fields import NOT_AUTOSAVED, NOT_SHOWN, entered_fields

__all__ = [
    "NOT_AUTOSAVED",
    "NOT_SHOWN",
    "BaseForm",
    "ChoiceField",
    "Choices",
    "FormGroup",
    "Line",
    "LongText",
    "NoControlCharacters",
    "Number",
    "Offered",
    "Required",
    "RowForm",
    "Rows",
    "VersionedForm",
    "bounded_integer",
    "entered_fields",
    "limits_for_browser",
    "max_length",
    "strip_text",
]
