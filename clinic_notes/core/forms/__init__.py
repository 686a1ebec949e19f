"""What every form of the house does: strip, refuse control characters, say limits in words."""

from clinic_notes.core.forms.fields import (
    Line,
    Number,
    Pick,
    Plain,
    Prose,
    Required,
    tidy,
    within,
)
from clinic_notes.core.forms.house import HouseForm, VersionedForm
from clinic_notes.core.forms.rows import Composite, DraftRows, RowForm, Rows, is_silent
from clinic_notes.core.forms.sent import Sent
from clinic_notes.core.forms.telling import reach
from clinic_notes.core.forms.writing import Choices

__all__ = [
    "Choices",
    "Composite",
    "DraftRows",
    "HouseForm",
    "Line",
    "Number",
    "Pick",
    "Plain",
    "Prose",
    "Required",
    "RowForm",
    "Rows",
    "Sent",
    "VersionedForm",
    "is_silent",
    "reach",
    "tidy",
    "within",
]
