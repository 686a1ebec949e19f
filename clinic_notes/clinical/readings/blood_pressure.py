"""Blood pressure: what cannot be right, and from when nobody is treated (proposed)."""

from collections.abc import Iterator

from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.limits import Limits, check_number
from clinic_notes.reference.contraindications import Contraindication

SYSTOLIC = Limits("Systolic", 50, 300, "mmHg", decimals=0)
DIASTOLIC = Limits("Diastolic", 20, 200, "mmHg", decimals=0)


def check_blood_pressure(systolic: int | None, diastolic: int | None) -> Iterator[Finding]:
    """Yield what cannot be right in a reading; it has both numbers, or none."""
    if systolic is None and diastolic is None:
        return
    if systolic is None:
        yield Finding(Level.REFUSE, "Enter the systolic pressure too.", "systolic")
        return
    if diastolic is None:
        yield Finding(Level.REFUSE, "Enter the diastolic pressure too.", "diastolic")
        return
    yield from check_number(systolic, SYSTOLIC, "systolic")
    yield from check_number(diastolic, DIASTOLIC, "diastolic")
    if diastolic >= systolic:
        message = "The diastolic pressure is lower than the systolic: check both."
        yield Finding(Level.REFUSE, message, "diastolic")


def blood_pressure_stop(item: Contraindication, reading: tuple[int, int]) -> Finding | None:
    """Return the stop of an item that a reading answers with yes, whatever was said."""
    systolic, diastolic = reading
    limits = item.stops_from_systolic, item.stops_from_diastolic
    if not all(limits) or (systolic < limits[0] and diastolic < limits[1]):
        return None
    message = (
        f"No treatment today: blood pressure {systolic}/{diastolic} mmHg, the limit is "
        f"{limits[0]}/{limits[1]} mmHg."
    )
    return Finding(Level.STOP, message, "systolic")
