"""Queries of a clinic's policy: the version in force, its history, its reviews."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from sqlalchemy import select

from clinic_notes.clinical.policy import CATALOGUE_ALONE, ClinicPolicy, questions_under
from clinic_notes.clinical.policy.stored import items_from_text, list_digest
from clinic_notes.core.bulk import read_rows
from clinic_notes.core.db import db
from clinic_notes.policy.models import PolicyReview, PolicyVersion

_LATEST = (
    select(PolicyVersion.number, PolicyVersion.made_at, PolicyVersion.items)
    .order_by(PolicyVersion.number.desc())
    .limit(1)
)
_VERSIONS = select(PolicyVersion).order_by(PolicyVersion.number.desc())
_REVIEWS = select(PolicyReview).order_by(PolicyReview.id.desc())
_LAST_REVIEW = select(PolicyReview).order_by(PolicyReview.id.desc()).limit(1)


def policy_in_force(time_zone: str) -> ClinicPolicy:
    """Return the current clinic's policy, in one statement; the catalogue alone without one."""
    row = read_rows(_LATEST, {}).first()
    if row is None:
        return CATALOGUE_ALONE
    made_on = row.made_at.astimezone(ZoneInfo(time_zone)).date()
    return ClinicPolicy(row.number, made_on, items_from_text(row.items))


def review_of(policy: ClinicPolicy) -> PolicyReview | None:
    """Return the latest review, where it is of this version and of the list as it is now."""
    review = db.session.scalar(_LAST_REVIEW)
    if review is None or review.policy_number != policy.version:
        return None
    return review if review.list_digest == list_digest(questions_under(policy)) else None


def versions() -> Sequence[PolicyVersion]:
    """Return every version of the current clinic's policy, the latest first."""
    return db.session.scalars(_VERSIONS).all()


def reviews() -> Sequence[PolicyReview]:
    """Return every review that was recorded, the latest first."""
    return db.session.scalars(_REVIEWS).all()
