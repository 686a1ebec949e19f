"""What every form of the house does: strip, refuse control characters, say limits in words."""

from clinic_notes.core.forms.drafted import DraftRow, DraftRows
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
from clinic_notes.core.forms.reading import NotPlain, Offered, OfPage, Values, plainly
from clinic_notes.core.forms.rows import Composite, RowForm, Rows
from clinic_notes.core.forms.sent import Sent
from clinic_notes.core.forms.telling import reach
from clinic_notes.core.forms.writing import Choices

__all__ = [
    "Choices",
    "Composite",
    "DraftRow",
    "DraftRows",
    "HouseForm",
    "Line",
    "NotPlain",
    "Number",
    "OfPage",
    "Offered",
    "Pick",
    "Plain",
    "Prose",
    "Required",
    "RowForm",
    "Rows",
    "Sent",
    "Values",
    "VersionedForm",
    "plainly",
    "reach",
    "tidy",
    "within",
]
