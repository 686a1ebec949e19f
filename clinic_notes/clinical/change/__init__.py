"""The judged change between two readings: is it real, does it matter."""

from clinic_notes.clinical.change.comparable import is_rating_of_change
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
from clinic_notes.clinical.change.response import EpisodeResponse, Response, response_of
from clinic_notes.clinical.change.series import SessionRow, by_measured_thing, judged_changes
from clinic_notes.clinical.change.verdict import judge_change
from clinic_notes.clinical.change.wording import verdict_text, why_text

__all__ = [
    "Basis",
    "Comparison",
    "Criterion",
    "EpisodeResponse",
    "JudgedChange",
    "Reading",
    "Response",
    "Row",
    "SessionRow",
    "Verdict",
    "by_measured_thing",
    "is_rating_of_change",
    "judge_change",
    "judged_changes",
    "plain_sentences",
    "response_of",
    "verdict_text",
    "why_text",
]
