"""Queries of reports: of an episode, of a user who has not finished them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import Report
from clinic_notes.clinical.reports import KINDS, ReportKind
from clinic_notes.core.db import db

WHOLE = (joinedload(Report.patient), joinedload(Report.episode), joinedload(Report.author))
"""What a page about one report needs of it."""


@dataclass(frozen=True)
class ReportLine:
    """A report in a list."""

    id: int
    kind: ReportKind
    period_from: date
    period_until: date
    recipient: str
    signed_at: datetime | None
    printed_name: str
    author: str

    @property
    def title(self) -> str:
        """What it is called."""
        return KINDS[self.kind].title


def known_report(report_id: int) -> Report:
    """Return a report with its patient, episode and author."""
    mine = select(Report).options(*WHOLE).where(Report.id == report_id)
    return db.session.scalars(mine).one()


def reports_of(episode_id: int) -> Sequence[ReportLine]:
    """Return the reports of an episode that were not discarded, the latest first."""
    statement = (
        select(*_LINE, User.name)
        .select_from(Report)
        .join(User, User.id == Report.author_id)
        .where(Report.episode_id == episode_id, Report.discarded_at.is_(None))
        .order_by(Report.id.desc())
    )
    return [ReportLine(*row) for row in db.session.execute(statement)]


_LINE = (
    Report.id, Report.kind, Report.period_from, Report.period_until, Report.recipient,
    Report.signed_at, Report.printed_name,
)  # fmt: skip


def unfinished_reports(user: User) -> Sequence[Report]:
    """Return the drafts of reports of this user, the latest first, with patient and episode."""
    mine: Any = (
        select(Report)
        .options(joinedload(Report.patient), joinedload(Report.episode))
        .where(
            Report.author_id == user.id,
            Report.signed_at.is_(None),
            Report.discarded_at.is_(None),
        )
        .order_by(Report.id.desc())
    )
    return db.session.scalars(mine).all()


def correction_of(report: Report) -> Report | None:
    """Return the signed report that corrects this one, None where there is none."""
    later = select(Report).where(
        Report.episode_id == report.episode_id,
        Report.corrects_id == report.id,
        Report.signed_at.is_not(None),
    )
    return db.session.scalars(later.order_by(Report.id.desc()).limit(1)).first()


def last_licence(user: User) -> str:
    """Return the licence this user last signed a report with, "" before the first."""
    mine = select(Report.licence).where(
        Report.signed_by_id == user.id, Report.signed_at.is_not(None)
    )
    return db.session.scalar(mine.order_by(Report.id.desc()).limit(1)) or ""
