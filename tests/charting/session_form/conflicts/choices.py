"""What stands chosen on the page of two versions."""

import re

from tests.html_page import Page

HERS = {"pick-assessment": "typed"}
"""What she chooses on the page of `conflict`, where both changed it and nothing stands chosen."""


def picks(page: Page) -> dict[str, str]:
    """Return what stands chosen, by the part of the visit."""
    return {
        re.sub(r"-\d+", "", name.removeprefix("pick-")): value
        for name, value in page.sent.items()
        if name.startswith("pick-")
    }
