"""Reports about an episode: their kinds, what is drafted, what is missing, what is sealed."""

from clinic_notes.clinical.reports.checks import (
    author_refusals,
    draft_refusals,
    episode_refusals,
    missing_parts,
)
from clinic_notes.clinical.reports.drafting import draft_report
from clinic_notes.clinical.reports.kinds import KINDS, Kind, Part, ReportKind
from clinic_notes.clinical.reports.model import (
    EpisodeFacts,
    GoalFacts,
    ReportDraft,
    Session,
    Use,
)
from clinic_notes.clinical.reports.sealed_report import (
    SealedPart,
    SealedReport,
    document,
    parts_of,
    report_from,
)
from clinic_notes.clinical.reports.trends import Trend, TrendPoint, report_trends

__all__ = [
    "KINDS",
    "EpisodeFacts",
    "GoalFacts",
    "Kind",
    "Part",
    "ReportDraft",
    "ReportKind",
    "SealedPart",
    "SealedReport",
    "Session",
    "Trend",
    "TrendPoint",
    "Use",
    "author_refusals",
    "document",
    "draft_refusals",
    "draft_report",
    "episode_refusals",
    "missing_parts",
    "parts_of",
    "report_from",
    "report_trends",
]
