"""A bounded file that keeps looks at records while the disk is full.

Its whole length is written when the application starts, so that writing into it needs no space.
Lines are keyed as the trail is, and move into it with the next entry of their clinic.
"""

import fcntl
import hmac
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from flask import Flask, current_app

BYTES = 256 * 1024
"""Room for about a thousand looks; once it is full, nothing can be opened any more."""
CONFIG = "AUDIT_SPOOL"
END = b"\0"


class SpoolFull(Exception):
    """There is no room for another look."""


def prepare(app: Flask, path: Path) -> None:
    """Reserve the file; what is in one that exists stays."""
    app.config[CONFIG] = path
    if not path.exists() or path.stat().st_size != BYTES:
        with open(path, "wb", opener=_private) as file:
            file.write(END * BYTES)
            file.flush()
            os.fsync(file.fileno())


def is_in_use() -> bool:
    """Say whether looks wait in it."""
    path = current_app.config.get(CONFIG)
    if path is None or not path.exists():
        return False
    with path.open("rb") as file:
        return bool(file.read(1) != END)


def add(entries: Sequence[Mapping[str, Any]]) -> None:
    """Add looks, each with its moment; SpoolFull where there is no room, or no file at all."""
    if current_app.config.get(CONFIG) is None:
        raise SpoolFull
    with _locked() as file:
        _write(file, [*_lines(file), *map(_line, entries)])


@contextmanager
def drained(clinic_id: int | None) -> Iterator[list[dict[str, Any]]]:
    """Yield the looks of a clinic that wait; they are gone when the block ends well."""
    if clinic_id is None or not is_in_use():
        yield []
        return
    with _locked() as file:
        lines = _lines(file)
        found = {line: _read(line) for line in lines}
        own = [line for line in lines if found[line].get("clinic_id") == clinic_id]
        yield [found[line] for line in own]
        _write(file, [line for line in lines if line not in own])


@contextmanager
def _locked() -> Iterator[Any]:
    with current_app.config[CONFIG].open("r+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _lines(file: Any) -> list[bytes]:
    file.seek(0)
    content: bytes = file.read(BYTES)
    return content.split(END)[0].splitlines()


def _write(file: Any, lines: Sequence[bytes]) -> None:
    content = b"".join(line + b"\n" for line in lines)
    if len(content) >= BYTES:
        raise SpoolFull
    file.seek(0)
    file.write(content.ljust(BYTES, END))
    os.fsync(file.fileno())


def _line(entry: Mapping[str, Any]) -> bytes:
    text = json.dumps({**entry, "at": entry["at"].isoformat()}).encode()
    return _mac(text) + b" " + text


def _read(line: bytes) -> dict[str, Any]:
    mac, _, text = line.partition(b" ")
    if not hmac.compare_digest(mac, _mac(text)):
        current_app.logger.error("A look in the spool was changed; it is kept there.")
        return {}
    entry: dict[str, Any] = json.loads(text)
    return entry | {"at": datetime.fromisoformat(entry["at"])}


def _mac(text: bytes) -> bytes:
    key = hmac.digest(current_app.secret_key.encode(), b"audit spool", "sha256")  # type: ignore[union-attr]
    return hmac.digest(key, text, "sha256").hex().encode()


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
