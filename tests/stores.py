"""The two kinds of store that tests run on, and the marks that choose one."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from flask import Flask

from clinic_notes.core.db import db
from tests.cast import Cast

KEY = "0123456789abcdef" * 4
QUICK_HASH = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
"""Argon2 as cheap as it goes: hundreds of tests sign somebody in."""

ON_ONE_STORE = pytest.mark.parametrize("store", ["sqlite"], indirect=True)
"""For tests that no store can change: of a page, of what a form refuses (docs/adr/0020)."""

Made = TypeVar("Made")

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
        self.close()
        self._renew()

    def close(self) -> None:
        """Close every connection."""
        with self.app.app_context():
            db.engine.dispose()

    def settings(self, **more: object) -> dict[str, object]:
        """Return the settings of another application over the same store."""
        return {name: self.app.config[name] for name in _OF_THE_STORE} | more


class EmbeddedStore(Store):
    """The encrypted embedded store: one file, which can be put aside and back."""

    def __init__(self, app: Flask, live: Path, cast: Cast) -> None:
        super().__init__(app, lambda: self._put_back("prepared"), cast)
        self._live = live
        self._made: dict[str, Any] = {}
        self._put_aside("prepared")

    def furnished(self, name: str, furnish: Callable[[], Made]) -> Made:
        """Put more than the cast into the store, and return what ``furnish`` returned.

        It is made once a run, and copied for the other tests that name it.
        """
        if name not in self._made:
            self._made[name] = furnish()
            self.close()
            self._put_aside(name)
        else:
            self.close()
            self._put_back(name)
        made: Made = self._made[name]
        return made

    def _put_aside(self, name: str) -> None:
        # Closing the last connection folded the write-ahead log in: the file is whole.
        shutil.copy(self._live, self._live.with_name(f"{name}.kept"))

    def _put_back(self, name: str) -> None:
        for suffix in ("-wal", "-shm"):
            self._live.with_name(self._live.name + suffix).unlink(missing_ok=True)
        shutil.copy(self._live.with_name(f"{name}.kept"), self._live)
