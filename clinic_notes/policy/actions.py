"""Makes a new version of a clinic's policy, and records a review of the one in force."""

from dataclasses import dataclass
from datetime import date

from clinic_notes.accounts.models import User
from clinic_notes.clinical.findings import Finding, Level, Refused
from clinic_notes.clinical.policy import (
    ItemPolicy,
    changes_between,
    check_item_policy,
    questions_under,
)
from clinic_notes.clinical.policy.effective import under
from clinic_notes.clinical.policy.stored import changes_to_text, items_to_text, list_digest
from clinic_notes.clinical.wording import day
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.policy.models import PolicyReview, PolicyVersion
from clinic_notes.policy.queries import policy_in_force
from clinic_notes.reference.contraindications import questions


class PolicyChanged(Exception):
    """Somebody else made a version after this user had opened the page."""


@dataclass(frozen=True)
class ReviewDraft:
    """Who reviewed the list of questions, and on which day."""

    reviewer: str
    licence: str
    reviewed_on: date


def change_item(own: ItemPolicy, *, reason: str, version: int, by: User) -> PolicyVersion:
    """Make a new version in which the clinic's values for one item are these.

    ``version`` is the one the user saw. Refused where a value is not stricter than the
    catalogue's, the reason is missing or nothing differs; PolicyChanged.
    """
    policy = policy_in_force(by.clinic.time_zone)
    if version != policy.version:
        raise PolicyChanged
    item = questions[own.item]
    findings = check_item_policy(item, own, reason, in_force=policy.find(own.item))
    if findings:
        raise Refused(findings)
    changes = tuple(changes_between(under(item, policy.find(item.key)), under(item, own)))
    made = PolicyVersion(
        number=policy.version + 1,
        made_at=clock.now(),
        made_by_id=by.id,
        printed_name=by.signs_as,
        reason=reason.strip(),
        items=items_to_text(policy.with_item(own)),
        changes=changes_to_text(changes),
    )
    db.session.add(made)
    db.session.flush()
    parts = ",".join(f"{change.part}:{change.was}>{change.now}" for change in changes)
    audit.record("policy.changed", made, by=by, number=made.number, item=own.item, parts=parts)
    return made


def record_review(draft: ReviewDraft, *, version: int, by: User) -> PolicyReview:
    """Record that a clinician reviewed the questions in force.

    Refused for a day to come, or one before the version was made; PolicyChanged.
    """
    policy = policy_in_force(by.clinic.time_zone)
    if version != policy.version:
        raise PolicyChanged
    if draft.reviewed_on > clock.today(by.clinic.time_zone):
        _refuse("The review cannot be in the future.")
    if policy.made_on is not None and draft.reviewed_on < policy.made_on:
        _refuse(
            f"Version {policy.version} was made on {day(policy.made_on)}: "
            "a review of it cannot be earlier."
        )
    review = PolicyReview(
        policy_number=policy.version,
        list_digest=list_digest(questions_under(policy)),
        reviewer=draft.reviewer,
        licence=draft.licence,
        reviewed_on=draft.reviewed_on,
        recorded_by_id=by.id,
        recorded_at=clock.now(),
    )
    db.session.add(review)
    db.session.flush()
    audit.record("policy.reviewed", review, by=by, number=policy.version)
    return review


def _refuse(message: str) -> None:
    raise Refused([Finding(Level.REFUSE, message, "reviewed_on")])
