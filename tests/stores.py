"""The two kinds of store that tests run on, and the marks that choose one."""

from collections.abc import Callable

import pytest
from flask import Flask

from clinic_notes.core.db import db
from tests.cast import Cast

KEY = "0123456789abcdef" * 4
QUICK_HASH = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
"""Argon2 as cheap as it goes: hundreds of tests sign somebody in."""

ON_ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
"""For tests that no store can change: of a page, of what a form refuses (docs/adr/0020)."""

_OF_THE_STORE = (
    "TESTING", "PROPAGATE_EXCEPTIONS", "INSTANCE", "SECRET_KEY_VALUE", "DATABASE_KEY",
    "DATABASE_URL", "PASSWORD_HASH",
)  # fmt: skip


class Store:
    """A store with a prepared database; ``refresh`` gives a test its own copy."""

    def __init__(self, app: Flask, renew: Callable[[], None], cast: Cast) -> None:
        self.app, self.cast, self._renew = app, cast, renew

    def refresh(self) -> None:
        """Put the database back to how it was prepared."""
        with self.app.app_context():
            db.engine.dispose()
        self._renew()

    def settings(self, **more: object) -> dict[str, object]:
        """Return the settings of another application over the same store."""
        return {name: self.app.config[name] for name in _OF_THE_STORE} | more
