"""The tables of a visit and of what belongs to it."""

from clinic_notes.charting.models.autosaved_form import AutosavedForm
from clinic_notes.charting.models.correction import Correction
from clinic_notes.charting.models.documentation_time import DocumentationTime
from clinic_notes.charting.models.kiosk import Kiosk
from clinic_notes.charting.models.readings import Reading
from clinic_notes.charting.models.report import Report
from clinic_notes.charting.models.screening import ScreeningAnswer, ScreeningSite
from clinic_notes.charting.models.signature import Addendum, CosignatureReturn, Signature
from clinic_notes.charting.models.treatment import Effect, InstrumentUse, Intervention, UseTissue
from clinic_notes.charting.models.visit import Visit
from clinic_notes.charting.models.void import Void

__all__ = [
    "Addendum",
    "AutosavedForm",
    "Correction",
    "CosignatureReturn",
    "DocumentationTime",
    "Effect",
    "InstrumentUse",
    "Intervention",
    "Kiosk",
    "Reading",
    "Report",
    "ScreeningAnswer",
    "ScreeningSite",
    "Signature",
    "UseTissue",
    "Visit",
    "Void",
]
