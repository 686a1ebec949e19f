"""A therapist co-signs a note of an assistant, or returns it to them."""

from typing import Any

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import CosignatureReturn, Signature, Visit
from clinic_notes.charting.note.queries import addenda_to, signatures_of
from clinic_notes.charting.visit.actions import ChangedMeanwhile
from clinic_notes.clinical import sealed_note
from clinic_notes.clinical.findings import Finding, Level, Refused, refusals
from clinic_notes.clinical.lifecycle import COSIGNATURE, cosigner_refusals
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db


def cosign(visit: Visit, *, addenda: int, by: User) -> None:
    """Sign an assistant's note too; the visit's row is locked.

    What is sealed is the text that the assistant signed. ``addenda`` says how many were read with
    it: ChangedMeanwhile where one came since. Refused where nothing awaits a co-signature.
    """
    first = _require_awaiting(visit, by)
    if len(addenda_to(visit)) != addenda:
        raise ChangedMeanwhile
    db.session.add(Signature(**cosignature_columns(visit.id, first.document, by=by)))
    audit.record("visit.cosigned", visit, by=by, digest=first.digest, addenda=addenda)


def cosignature_columns(visit_id: int, document: str, *, by: User) -> dict[str, Any]:
    """Return a co-signature as a row: it seals the text that the author signed."""
    return {
        "visit_id": visit_id,
        "signed_by_id": by.id,
        "signed_at": clock.now(),
        "printed_name": by.signs_as,
        "meaning": COSIGNATURE,
        "document": document,
        "digest": sealed_note.digest(document),
    }


def return_to_author(visit: Visit, comment: str, *, by: User) -> None:
    """Give a note back with what is wrong with it; the author answers with an addendum."""
    _require_awaiting(visit, by)
    if not comment.strip():
        raise Refused([Finding(Level.REFUSE, "Write what the author is to add.", "comment")])
    db.session.add(
        CosignatureReturn(
            visit_id=visit.id,
            returned_by_id=by.id,
            printed_name=by.signs_as,
            returned_at=clock.now(),
            comment=comment,
        )
    )
    audit.record("visit.returned", visit, by=by)


def _require_awaiting(visit: Visit, by: User) -> Signature:
    """Return the signature that awaits one; Refused where there is none."""
    if visit.void is not None:
        raise Refused([Finding(Level.REFUSE, "This note is voided.", "")])
    signatures = signatures_of(visit)
    is_signer = any(one.signed_by_id == by.id for one in signatures)
    found = cosigner_refusals([one.meaning for one in signatures], is_signer=is_signer)
    if refusals(found):
        raise Refused(found)
    return signatures[0]
