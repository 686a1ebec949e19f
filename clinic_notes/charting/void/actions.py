"""Takes a session out of the record: discards a draft, voids a signed note; for good."""

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import Visit, Void
from clinic_notes.clinical.findings import Finding, Refused, refusals
from clinic_notes.clinical.lifecycle import reason_refusals, void_refusals
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.core.permissions import Role
from clinic_notes.core.signals import episode_changed


def void_visit(visit: Visit, reason: str, *, by: User) -> None:
    """Void a signed note, or discard a draft; nothing of it is deleted, and nothing of it counts.

    The visit is loaded with WHO and its row is locked. Refused without a reason, a second time,
    and for whoever may not.
    """
    found = (*why_not_voided(visit, by), *reason_refusals(reason))
    if refusals(found):
        raise Refused(found)
    db.session.add(
        Void(
            visit_id=visit.id,
            voided_by_id=by.id,
            printed_name=by.signs_as,
            voided_at=clock.now(),
            reason=reason.strip(),
        )
    )
    audit.record("visit.voided" if visit.is_signed else "visit.discarded", visit, by=by)
    if visit.is_signed:
        episode_changed.send(visit.episode_id, visit_id=visit.id)


def why_not_voided(visit: Visit, by: User) -> tuple[Finding, ...]:
    """Return why this user may not take this session out of the record."""
    return void_refusals(
        is_signed=visit.is_signed,
        is_void=visit.void is not None,
        is_own=by.id == (visit.signed_by_id if visit.is_signed else visit.author_id),
        is_assistant=by.role is Role.ASSISTANT,
        author_is_active=visit.author.enabled,
    )
