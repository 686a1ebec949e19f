"""The signatures under a note, what was added to it later, and why it was returned."""

from collections.abc import Sequence

from sqlalchemy import Integer, and_, bindparam, select

from clinic_notes.charting.models import Addendum, Correction, CosignatureReturn, Signature, Visit
from clinic_notes.core.db import db

# Built once: doing so costs more than the database takes to answer.
_VISIT_ID = bindparam("visit_id", type_=Integer)
_SIGNATURES = select(Signature).where(Signature.visit_id == _VISIT_ID).order_by(Signature.id)
_ADDENDA = select(Addendum).where(Addendum.visit_id == _VISIT_ID).order_by(Addendum.id)
_CORRECTIONS = (
    select(Addendum, Correction)
    .outerjoin(
        Correction,
        and_(Correction.visit_id == Addendum.visit_id, Correction.addendum_id == Addendum.id),
    )
    .where(Addendum.visit_id == _VISIT_ID)
    .order_by(Addendum.id)
)

_RETURNS = (
    select(CosignatureReturn)
    .where(CosignatureReturn.visit_id == _VISIT_ID)
    .order_by(CosignatureReturn.id)
)


def signatures_of(visit: Visit) -> Sequence[Signature]:
    """Return the signatures under a note, the author's first."""
    return db.session.scalars(_SIGNATURES, {"visit_id": visit.id}).all()


def addenda_to(visit: Visit) -> Sequence[Addendum]:
    """Return what was added to a signed note, in the order it was written."""
    return db.session.scalars(_ADDENDA, {"visit_id": visit.id}).all()


def corrections_to(visit: Visit) -> Sequence[tuple[Addendum, Correction | None]]:
    """Return the same, each with the value it corrects."""
    rows = db.session.execute(_CORRECTIONS, {"visit_id": visit.id}).all()
    return [(row.Addendum, row.Correction) for row in rows]


def returns_of(visit: Visit) -> Sequence[CosignatureReturn]:
    """Return why a note was not co-signed as it was, in the order it was said."""
    return db.session.scalars(_RETURNS, {"visit_id": visit.id}).all()
