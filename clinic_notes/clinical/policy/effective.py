"""The safety questions in force: of catalogue and policy, the stricter in each part."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypeVar

from clinic_notes.clinical.policy.model import EVERY_SESSION, ClinicPolicy, ItemPolicy
from clinic_notes.reference.catalogue import Catalogue
from clinic_notes.reference.contraindications import Contraindication, Questions, questions
from clinic_notes.reference.terms import Pressure, Reach, Severity

SEVERITIES = (Severity.MODIFIER, Severity.RELATIVE, Severity.ABSOLUTE)
REACHES = (Reach.SITE, Reach.NEIGHBOURS, Reach.LIMB)
CAPS = (None, *reversed(Pressure))
"""Each from the laxest to the strictest."""

Value = TypeVar("Value")


def strictest(values: Sequence[Value], *found: Value) -> Value:
    """Return the strictest of these, by a list that begins with the laxest."""
    return max(found, key=values.index)


@lru_cache(maxsize=64)
def questions_under(policy: ClinicPolicy, catalogue: Questions = questions) -> Questions:
    """Return the catalogue's questions as the policy makes them, for every rule.

    In each part the stricter of both holds: a catalogue that became stricter than a stored policy
    is never loosened by it.
    """
    if not policy.items:
        return catalogue
    own = {each.item: each for each in policy.items}
    entries = (under(item, own[item.key]) if item.key in own else item for item in catalogue)
    return Catalogue(catalogue.name, entries, catalogue.review)


def under(item: Contraindication, own: ItemPolicy) -> Contraindication:
    """Return an item as the clinic's own values for it make it."""
    severity = strictest(SEVERITIES, item.severity, own.severity or item.severity)
    reach = strictest(REACHES, item.reach, own.reach or item.reach)
    item = replace(
        item,
        severity=severity,
        pressure_cap=_cap(item, own, severity),
        cap_reach=_cap_reach(item, own),
        reach=reach,
        loaded_reach=item.loaded_reach and strictest(REACHES, item.loaded_reach, reach),
        # What is told by its date is absolute until then, and not for ever.
        blocked_days=item.capped_days if severity is Severity.ABSOLUTE else item.blocked_days,
    )
    if item.stops_from_systolic:
        item = replace(
            item,
            stops_from_systolic=_lower(item.stops_from_systolic, own.stops_from_systolic),
            stops_from_diastolic=_lower(item.stops_from_diastolic, own.stops_from_diastolic),
        )
    if own.ask_again_days is None or item.every_session:
        return item
    if own.ask_again_days <= EVERY_SESSION:
        return replace(item, every_session=True)
    return replace(item, ask_again_days=min(item.ask_again_days, own.ask_again_days))


def _lower(limit: int, own: int | None) -> int:
    return limit if own is None else min(limit, own)


def catalogue_cap(item: Contraindication) -> Pressure | None:
    """Return the cap an item has by itself: a modifier without one allows moderate pressure."""
    if item.pressure_cap is None and item.severity is Severity.MODIFIER:
        return Pressure.MODERATE
    return item.pressure_cap


def _cap(item: Contraindication, own: ItemPolicy, severity: Severity) -> Pressure | None:
    # A modifier made more severe keeps the cap that it had as a modifier.
    is_made_severer = severity is not item.severity
    of_catalogue = catalogue_cap(item) if is_made_severer else item.pressure_cap
    return strictest(CAPS, of_catalogue, own.pressure_cap)


def _cap_reach(item: Contraindication, own: ItemPolicy) -> Reach:
    reach = strictest(REACHES, item.cap_reach, own.reach or item.cap_reach)
    # A new cap applies as far as the "yes" does, as the cap of a modifier does by itself.
    is_new = item.pressure_cap is None and (own.pressure_cap or own.severity)
    return strictest(REACHES, reach, item.reach) if is_new else reach
