"""The limits of a number field as JSON, so that the page can check as it is left.

The script compares; the numbers and every sentence are the rules' own. "{}" in a sentence stands
for what was typed. The server checks all of it again.
"""

import json
from functools import lru_cache

from clinic_notes.clinical.limits import Limits

TYPED = "{}"


@lru_cache(maxsize=2048)
def limits_json(pattern: str, not_a_number: str, decimals: int, limits: Limits | None) -> str:
    """Return what reads as a number, with how many decimals, and its limits.

    ``not_a_number`` is the message about text that does not read as one.
    """
    format_ = {"pattern": pattern, "wanted": not_a_number, "places": decimals}
    return json.dumps(format_ | limits_for_browser(limits), ensure_ascii=False)


def limits_for_browser(limits: Limits | None) -> dict[str, object]:
    """Return how small and large a number may be, and the message about one outside."""
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
