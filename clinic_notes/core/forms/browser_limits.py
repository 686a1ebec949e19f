"""What a number's field tells the page, so that it can speak as the hand leaves the field.

The page compares; the figures and every sentence are those of the rules. "{}" in a sentence stands
for what was typed. The server judges all of it again.
"""

import json
from functools import lru_cache

from clinic_notes.clinical.limits import Limits

TYPED = "{}"


@lru_cache(maxsize=2048)
def told(pattern: str, wanted: str, places: int, limits: Limits | None) -> str:
    """Return, as JSON, what reads as a number, with how many decimals, and how far it may go.

    ``wanted`` is said of what does not read as one.
    """
    said: dict[str, object] = {"pattern": pattern, "wanted": wanted, "places": places}
    return json.dumps(said | reach(limits), ensure_ascii=False)


def reach(limits: Limits | None) -> dict[str, object]:
    """Return how far a number may go, and what is said of one that goes further."""
    if limits is None:
        return {}
    said: dict[str, object] = {
        "least": float(limits.least),
        "isMore": limits.is_more_than_least,
        "most": float(limits.most),
        "outside": limits.outside,
        "decimals": limits.decimals,
        "tooFine": limits.too_fine,
    }
    if limits.unusual_above is not None:
        said |= {"usual": float(limits.unusual_above), "unusual": limits.unusual(TYPED)}
    return said
