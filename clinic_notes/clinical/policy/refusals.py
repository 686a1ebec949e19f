"""What a clinic may not choose: a value laxer than, or equal to, the catalogue's."""

from collections.abc import Iterator
from decimal import Decimal

from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.policy.effective import (
    CAPS,
    REACHES,
    SEVERITIES,
    catalogue_cap,
    under,
)
from clinic_notes.clinical.policy.model import ItemPolicy, Part
from clinic_notes.clinical.policy.wording import DAYS, part_in_words
from clinic_notes.clinical.readings.blood_pressure import DIASTOLIC, SYSTOLIC
from clinic_notes.clinical.screening import LEAST_REASON
from clinic_notes.reference.contraindications import Contraindication
from clinic_notes.reference.terms import Pressure, Reach, Scope, Severity


def check_item_policy(
    item: Contraindication, own: ItemPolicy, reason: str = "", *, in_force: ItemPolicy | None = None
) -> tuple[Finding, ...]:
    """Return why a clinic may not choose these values for an item, beside the field of each.

    ``in_force`` is what the clinic chose before: the same again is no change.
    """
    return tuple(_check(item, own, reason, in_force or ItemPolicy(item.key)))


def cap_matters(item: Contraindication) -> bool:
    """Say whether a pressure cap of an item can have an effect: somebody must be treated."""
    if item.severity is not Severity.ABSOLUTE:
        return True
    is_wider = REACHES.index(item.cap_reach) > REACHES.index(item.reach)
    return item.scope is Scope.REGION and item.pressure_cap is not None and is_wider


def laxest_reach(item: Contraindication) -> Reach:
    """Return the shorter reach of an item, its own or that of its cap."""
    if item.pressure_cap is None:
        return item.reach
    return min(item.reach, item.cap_reach, key=REACHES.index)


def _check(
    item: Contraindication, own: ItemPolicy, reason: str, in_force: ItemPolicy
) -> Iterator[Finding]:
    if own.severity is not None:
        yield from _laxer(
            Part.SEVERITY, item, SEVERITIES.index(own.severity), SEVERITIES.index(item.severity)
        )
    if own.pressure_cap is not None:
        yield from _check_cap(item, own, own.pressure_cap)
    if own.reach is not None:
        if item.scope is Scope.SESSION:
            yield _refuse(Part.REACH, f"{item.label} concerns the whole session already.")
        else:
            ranks = REACHES.index(own.reach), REACHES.index(laxest_reach(item))
            yield from _laxer(Part.REACH, item, *ranks)
    if own.ask_again_days is not None:
        yield from _check_interval(item, own.ask_again_days)
    yield from _check_blood_pressure(item, own)
    if own == in_force:
        yield Finding(Level.REFUSE, "Nothing differs from the policy in force.", "")
    if len(reason.strip()) < LEAST_REASON:
        yield Finding(
            Level.REFUSE, f"Write the reason, in at least {LEAST_REASON} characters.", "reason"
        )


def _check_cap(item: Contraindication, own: ItemPolicy, cap: Pressure) -> Iterator[Finding]:
    if not cap_matters(under(item, own)):
        why = "nobody is treated there with a yes, so no pressure is to be capped"
        yield _refuse(Part.PRESSURE_CAP, f"{item.label}: {why}.")
    elif cap not in (Pressure.LIGHT, Pressure.MODERATE):
        yield _refuse(Part.PRESSURE_CAP, "A cap is light or moderate.")
    else:
        ranks = CAPS.index(cap), CAPS.index(catalogue_cap(item))
        yield from _laxer(Part.PRESSURE_CAP, item, *ranks)


def _check_interval(item: Contraindication, days: int) -> Iterator[Finding]:
    if item.every_session:
        yield _refuse(Part.ASK_AGAIN_DAYS, f"{item.label} is asked every session already.")
    elif days < 0:
        yield _refuse(Part.ASK_AGAIN_DAYS, f"{DAYS}: 0 for every session, or a number of days.")
    else:
        yield from _laxer(Part.ASK_AGAIN_DAYS, item, -days, -item.ask_again_days)


def _check_blood_pressure(item: Contraindication, own: ItemPolicy) -> Iterator[Finding]:
    limits = {Part.SYSTOLIC: SYSTOLIC, Part.DIASTOLIC: DIASTOLIC}
    for part, possible in limits.items():
        chosen, of_catalogue = getattr(own, part.value), getattr(item, part.value)
        if chosen is None:
            continue
        if not of_catalogue:
            yield _refuse(part, f"{item.label} has no limit of blood pressure.")
        elif not possible.allows(Decimal(chosen)):
            yield _refuse(part, possible.outside)
        else:
            yield from _laxer(part, item, -chosen, -of_catalogue)


def _laxer(part: Part, item: Contraindication, chosen: int, least: int) -> Iterator[Finding]:
    """Yield a refusal of a value that is not stricter, by the ranks of both."""
    if chosen > least:
        return
    which = "the same as" if chosen == least else "laxer than"
    yield _refuse(
        part,
        f"{item.label}: this is {which} the catalogue ({part_in_words(item, part)}). "
        "A clinic may only be stricter.",
    )


def _refuse(part: Part, message: str) -> Finding:
    return Finding(Level.REFUSE, message, part.value)
