"""Queries of a clinic's policy: the version in force, its history, its reviews."""

from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Integer, bindparam, select, true

from clinic_notes.accounts.models import Clinic
from clinic_notes.clinical.policy import CATALOGUE_ALONE, ClinicPolicy, questions_under
from clinic_notes.clinical.policy.stored import items_from_text, list_digest
from clinic_notes.core.bulk import read_rows
from clinic_notes.core.db import db
from clinic_notes.core.tenancy import current_clinic_id
from clinic_notes.policy.models import PolicyReview, PolicyVersion

_VERSION = select(PolicyVersion).order_by(PolicyVersion.number.desc()).limit(1).subquery()
_REVIEW = select(PolicyReview).order_by(PolicyReview.id.desc()).limit(1).subquery()
# A clinic may have either without the other; there is always one row.
_IN_FORCE = (
    select(
        _VERSION.c.number,
        _VERSION.c.made_at,
        _VERSION.c["items"],
        _REVIEW.c.policy_number.label("reviewed_number"),
        _REVIEW.c.list_digest.label("reviewed_digest"),
    )
    .select_from(Clinic)
    .outerjoin(_VERSION, true())
    .outerjoin(_REVIEW, true())
    .where(Clinic.id == bindparam("clinic_id", type_=Integer))
)
_VERSIONS = select(PolicyVersion).order_by(PolicyVersion.number.desc())
_REVIEWS = select(PolicyReview).order_by(PolicyReview.id.desc())
_LAST_REVIEW = select(PolicyReview).order_by(PolicyReview.id.desc()).limit(1)


def policy_in_force(time_zone: str) -> ClinicPolicy:
    """Return the current clinic's policy, in one statement; the catalogue alone without one."""
    return reviewed_policy(time_zone).policy


class ReviewedPolicy(NamedTuple):
    """A clinic's policy, and whether a clinician reviewed the questions as they are now."""

    policy: ClinicPolicy
    is_reviewed: bool


def reviewed_policy(time_zone: str) -> ReviewedPolicy:
    """Return the current clinic's policy with its review, in one statement."""
    row = read_rows(_IN_FORCE, {"clinic_id": current_clinic_id()}).one()
    policy = CATALOGUE_ALONE
    if row.number is not None:
        made_on = row.made_at.astimezone(ZoneInfo(time_zone)).date()
        policy = ClinicPolicy(row.number, made_on, items_from_text(row.items))
    is_of_version = row.reviewed_number == policy.version
    return ReviewedPolicy(policy, is_of_version and _is_of_list(row.reviewed_digest, policy))


def _is_of_list(digest: str, policy: ClinicPolicy) -> bool:
    return digest == list_digest(questions_under(policy))


def review_of(policy: ClinicPolicy) -> PolicyReview | None:
    """Return the latest review, where it is of this version and of the list as it is now."""
    review = db.session.scalar(_LAST_REVIEW)
    if review is None or review.policy_number != policy.version:
        return None
    return review if _is_of_list(review.list_digest, policy) else None


def versions() -> Sequence[PolicyVersion]:
    """Return every version of the current clinic's policy, the latest first."""
    return db.session.scalars(_VERSIONS).all()


def reviews() -> Sequence[PolicyReview]:
    """Return every review that was recorded, the latest first."""
    return db.session.scalars(_REVIEWS).all()
