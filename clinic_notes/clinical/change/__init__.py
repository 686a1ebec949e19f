"""The judged change between two readings: is it real, does it matter."""

from clinic_notes.clinical.change.comparable import has_value, identity, is_rating_of_change
from clinic_notes.clinical.change.model import (
    Basis,
    Comparison,
    Criterion,
    JudgedChange,
    Reading,
    Row,
    Verdict,
)
from clinic_notes.clinical.change.plain_words import plain_sentences
from clinic_notes.clinical.change.response import ReadingsSoFar, Response
from clinic_notes.clinical.change.series import SessionRow, by_measured_thing, judged_changes
from clinic_notes.clinical.change.verdict import judge_change, verdict_of
from clinic_notes.clinical.change.wording import verdict_text, why_text

__all__ = [
    "Basis",
    "Comparison",
    "Criterion",
    "JudgedChange",
    "Reading",
    "ReadingsSoFar",
    "Response",
    "Row",
    "SessionRow",
    "Verdict",
    "by_measured_thing",
    "has_value",
    "identity",
    "is_rating_of_change",
    "judge_change",
    "judged_changes",
    "plain_sentences",
    "verdict_of",
    "verdict_text",
    "why_text",
]
