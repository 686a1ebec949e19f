"""The visit and all that belongs to it."""

from clinic_notes.charting.models.readings import (
    MeasureReading,
    PainReading,
    Reading,
    RomReading,
    StrengthReading,
)
from clinic_notes.charting.models.screening import ScreeningAnswer, ScreeningSite
from clinic_notes.charting.models.signature import Addendum, Signature
from clinic_notes.charting.models.treatment import Effect, InstrumentUse, Intervention, UseTissue
from clinic_notes.charting.models.visit import Visit

__all__ = [
    "Addendum",
    "Effect",
    "InstrumentUse",
    "Intervention",
    "MeasureReading",
    "PainReading",
    "Reading",
    "RomReading",
    "ScreeningAnswer",
    "ScreeningSite",
    "Signature",
    "StrengthReading",
    "UseTissue",
    "Visit",
]
