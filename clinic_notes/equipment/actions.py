"""Actions on instruments and lubricants.

They are retired, never deleted: old notes name them.
"""

from collections.abc import Collection
from typing import TypeVar

from sqlalchemy.orm.exc import StaleDataError

from clinic_notes.accounts.models import User
from clinic_notes.accounts.queries import today_at_clinic
from clinic_notes.clinical.findings import Finding, Level, Refused
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.equipment import queries, rules
from clinic_notes.equipment.drafts import InstrumentDraft, LubricantDraft
from clinic_notes.equipment.models import Instrument, Lubricant

Item = Instrument | Lubricant
New = TypeVar("New", Instrument, Lubricant)


def add_instrument(draft: InstrumentDraft, *, by: User) -> Instrument:
    """Add an instrument. Raises Refused where the draft cannot be right; flushes for the id."""
    return _added(Instrument(), draft, by=by)


def add_lubricant(draft: LubricantDraft, *, by: User) -> Lubricant:
    """Add a lubricant. Raises Refused where the draft cannot be right; flushes for the id."""
    return _added(Lubricant(), draft, by=by)


def revise(item: Item, draft: rules.Draft, *, version: int, by: User) -> Item:
    """Correct an item. Raises StaleDataError where it is not at ``version``."""
    if item.version != version:
        raise StaleDataError(f"{item.__tablename__} {item.id} is at version {item.version}.")
    _write(item, draft, held=keys_of(item))
    _record("revised", item, by=by)
    return item


def retire(item: Item, *, by: User) -> None:
    """Stop offering an instrument or a lubricant; notes that name it stay as they are."""
    if item.retired_at is None:
        item.retired_at = clock.now()
        _record("retired", item, by=by)


def return_to_use(item: Item, *, by: User) -> None:
    """Offer a retired instrument or lubricant again."""
    if item.retired_at is not None:
        item.retired_at = None
        _record("returned", item, by=by)


def keys_of(item: Item) -> frozenset[str]:
    """Return the item's catalogue keys: they may stay after they were retired."""
    if isinstance(item, Lubricant):
        return frozenset((item.kind,))
    return frozenset((item.material, item.system, item.model, item.edge, item.bevel))


def _added(item: New, draft: rules.Draft, *, by: User) -> New:
    _write(item, draft)
    db.session.add(item)
    _record("added", item, by=by)
    return item


def _write(item: Item, draft: rules.Draft, *, held: Collection[str] = ()) -> None:
    findings = [*rules.check(draft, today=today_at_clinic(), held=held)]
    if queries.is_name_taken(type(item), draft.name, but=item.id):
        findings.append(Finding(Level.REFUSE, "Another one has this name.", "name"))
    if findings:
        raise Refused(findings)
    for name, value in vars(draft).items():
        setattr(item, name, value)


def _record(act: str, item: Item, *, by: User) -> None:
    db.session.flush()
    audit.record(f"{item.__tablename__}.{act}", item, by=by)
