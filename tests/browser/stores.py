"""Which stores a browser test runs on: both, unless what it tries knows none (docs/adr/0020)."""

import pytest

ON_ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
"""For tests, or a module of them, that try the page alone."""
