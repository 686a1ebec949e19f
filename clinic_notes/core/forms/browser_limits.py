"""The limits of a number field as JSON, so that the page can check it when it is left.

The script only compares: the messages are those of the rules, with "{}" for what was typed. The
server checks all of it again.
"""

import json
from functools import lru_cache

from clinic_notes.clinical.limits import Limits

TYPED = "{}"


@lru_cache(maxsize=2048)
def limits_json(pattern: str, not_a_number: str, decimals: int, limits: Limits | None) -> str:
    """Return what reads as a number, the message about text that does not, and the limits."""
    reading = {"pattern": pattern, "notANumber": not_a_number, "decimalsRead": decimals}
    return json.dumps(reading | limits_for_browser(limits), ensure_ascii=False)


def limits_for_browser(limits: Limits | None) -> dict[str, object]:
    """Return how small and large a number may be, and the messages about one that is not."""
    if limits is None:
        return {}
    found: dict[str, object] = {
        "least": float(limits.least),
        "isMore": limits.is_more_than_least,
        "most": float(limits.most),
        "outside": limits.outside,
        "decimals": limits.decimals,
        "tooFine": limits.too_fine,
    }
    if limits.unusual_above is not None:
        found |= {"usual": float(limits.unusual_above), "unusual": limits.unusual(TYPED)}
    return found
