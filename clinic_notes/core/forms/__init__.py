"""What every form of the house does: strip, refuse control characters, say limits in words."""

from clinic_notes.core.forms.base import BaseForm, VersionedForm
from clinic_notes.core.forms.browser_limits import reach
from clinic_notes.core.forms.drafted import DraftRow, DraftRows
from clinic_notes.core.forms.fields import (
    ChoiceField,
    Line,
    LongText,
    Number,
    Plain,
    Required,
    strip_text,
    within,
)
from clinic_notes.core.forms.reading import NotPlain, Offered, OfPage, Values, plainly
from clinic_notes.core.forms.rendering import Choices
from clinic_notes.core.forms.rows import Composite, RowForm, Rows
from clinic_notes.core.forms.sent import Sent

__all__ = [
    "BaseForm",
    "ChoiceField",
    "Choices",
    "Composite",
    "DraftRow",
    "DraftRows",
    "Line",
    "LongText",
    "NotPlain",
    "Number",
    "OfPage",
    "Offered",
    "Plain",
    "Required",
    "RowForm",
    "Rows",
    "Sent",
    "Values",
    "VersionedForm",
    "plainly",
    "reach",
    "strip_text",
    "within",
]
