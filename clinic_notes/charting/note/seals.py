"""Checks signed notes: text against seal, seal against trail, rows against text.

The seal is the digest of the text; whoever changes a text can compute a new one. The trail holds
the digest too, in an entry with a keyed hash that the database cannot compute.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterator

from sqlalchemy import select

from clinic_notes.charting.models import Signature, Visit, Void
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.clinical import sealed_note
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db

AT_ONCE = 200
"""Notes held in memory at a time."""
VOIDING = ("visit.voided", "visit.discarded")
SEALING = ("visit.signed", "visit.cosigned")
"""The entries that hold the digest of a signature."""


def broken_seals() -> Iterator[str]:
    """Yield what is wrong with the current clinic's signed notes, in words, note by note."""
    entered = digests_in_trail(SEALING)
    signed = select(Visit.id).where(Visit.signed_at.is_not(None)).order_by(Visit.id)
    ids = db.session.scalars(signed).all()
    for begin in range(0, len(ids), AT_ONCE):
        these = Visit.id.in_(ids[begin : begin + AT_ONCE])
        for visit in db.session.scalars(select(Visit).where(these).order_by(Visit.id)).all():
            digests = entered.pop(visit.id, [])
            found = _wrong_with(visit, digests)
            if found:
                yield f"session {visit.id}: {found}"
        db.session.expunge_all()
    yield from (f"session {number}: it was signed, and is no longer" for number in sorted(entered))
    yield from _wrong_voids()


def digests_in_trail(actions: Collection[str]) -> dict[int, list[str]]:
    """Return the digests that entries of these actions hold, by what was signed, in their order."""
    entries = select(AuditEntry.subject, AuditEntry.facts).where(AuditEntry.action.in_(actions))
    found = defaultdict(list)
    for subject, facts in db.session.execute(entries.order_by(AuditEntry.number)):
        found[int(subject.partition(":")[2])].append(json.loads(facts)["digest"])
    return found


def _wrong_voids() -> Iterator[str]:
    """Yield the sessions that were voided without the trail, or are voided no longer."""
    entries = select(AuditEntry.subject).where(AuditEntry.action.in_(VOIDING))
    entered = {int(subject.partition(":")[2]) for subject in db.session.scalars(entries)}
    stored = set(db.session.scalars(select(Void.visit_id)))
    for number in sorted(entered ^ stored):
        words = "it is voided no longer" if number in entered else "its voiding is not in the trail"
        yield f"session {number}: {words}"


def _wrong_with(visit: Visit, digests: list[str]) -> str | None:
    signatures = db.session.scalars(
        select(Signature).where(Signature.visit_id == visit.id).order_by(Signature.id)
    ).all()
    if [signature.digest for signature in signatures] != digests:
        return "its signature is not the one in the trail"
    if any(sealed_note.digest(one.document) != one.digest for one in signatures):
        return "its signed text was changed"
    if load_visit(visit).draft != sealed_note.note_from(signatures[0].document).visit:
        return "its rows are not those that were signed"
    return None
