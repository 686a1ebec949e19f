"""Which body sites an answer was asked about, and so covers."""

from collections.abc import Collection, Iterable, Sequence

from clinic_notes.clinical.drafts import Site
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Scope, Side


def is_covered(site: Site, asked_about: Iterable[Site]) -> bool:
    """Say whether asking about these sites also asked about that one.

    Stricter than an overlap: asking about the left calf does not ask about both.
    """
    return is_side_covered(site.side, {s.side for s in asked_about if s.region == site.region})


def is_side_covered(side: Side, asked_about: Collection[Side]) -> bool:
    """Say whether asking about these sides of a region also asked about that one."""
    if side is Side.BILATERAL and Side.LEFT in asked_about and Side.RIGHT in asked_about:
        return True
    return side in asked_about or Side.BILATERAL in asked_about


def is_answered_for(item: str, asked_about: Sequence[Site], treated: Iterable[Site]) -> bool:
    """Say whether an answer holds for every treated site; if not, the item was not asked.

    ``asked_about`` are the sites it was given about, none where it was not about some only. An
    item that concerns the whole session does not depend on the sites.
    """
    if not asked_about or checklist[item].scope is Scope.SESSION:
        return True
    return all(is_covered(site, asked_about) for site in treated)
