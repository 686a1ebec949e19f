"""When what was said of one place of the body speaks of another (clinical.md 4.3)."""

from clinic_notes.clinical.drafts import Site
from clinic_notes.reference.contraindications import Contraindication
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import Side

_SPEAKS_OF_EITHER_SIDE = {Side.BILATERAL, Side.MIDLINE}


def overlaps(a: Site, b: Site) -> bool:
    """Say whether two places share skin: the same region, and sides that do not exclude each other.

    Bilateral and midline meet every side.
    """
    return a.region == b.region and _sides_meet(a.side, b.side)


def is_affected(entry: Contraindication, flagged: Site, treated: Site) -> bool:
    """Say whether a "yes" about one place speaks of the place to be treated.

    Some items reach the neighbouring regions (an unstable fracture, a local cancer),
    some the whole arm or leg (a blood clot).
    """
    if overlaps(flagged, treated):
        return True
    if not _sides_meet(flagged.side, treated.side):
        return False
    here, there = regions.find(flagged.region), regions.find(treated.region)
    if here is None or there is None:
        return False
    if entry.whole_limb and here.limb and here.limb == there.limb:
        return True
    return entry.adjacent and treated.region in here.neighbours


def _sides_meet(a: Side, b: Side) -> bool:
    return a == b or bool({a, b} & _SPEAKS_OF_EITHER_SIDE)
