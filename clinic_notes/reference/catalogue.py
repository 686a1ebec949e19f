"""Catalogues: typed entries read from TOML files, once at import.

A record stores an entry's ``key``. A key never changes its meaning and is never reused, and an
entry is retired, never deleted, so that old records stay readable. A faulty file stops the
program at start-up, with the file and the key in the message.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args, get_origin

from cattrs import Converter, transform_error
from cattrs.errors import BaseValidationError

from clinic_notes.reference.terms import Confidence

DATA = Path(__file__).with_name("data")
HEAD = "head.toml"
_SNAKE_CASE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")


class CatalogueError(ValueError):
    """A catalogue file is faulty; the message names the file and the key."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry, with the source of its facts and how sure they are."""

    key: str
    label: str
    source: str
    confidence: Confidence
    note: str = ""
    retired: date | None = None
    """The first day on which it is no longer offered."""

    def is_current(self, on: date) -> bool:
        """Say whether the entry is still offered on that day."""
        return self.retired is None or on < self.retired


@dataclass(frozen=True)
class Review:
    """The head of a catalogue: its version, and who reviewed it when."""

    version: str
    reviewed: date
    review_again: date
    checked_by: str


E = TypeVar("E", bound=Entry)


class Catalogue(Generic[E]):
    """The entries in the order in which they are offered, found by key."""

    def __init__(self, name: str, entries: Iterable[E], review: Review) -> None:
        self.name = name
        self.review = review
        self._entries = tuple(entries)
        for key, times in Counter(entry.key for entry in self._entries).items():
            if times > 1:
                raise CatalogueError(f"{name}: {key}: the key stands there {times} times")
        self._by_key = {entry.key: entry for entry in self._entries}

    @property
    def version(self) -> str:
        """Return the catalogue's version, to be stored with what was asked or chosen."""
        return self.review.version

    def __getitem__(self, key: str) -> E:
        return self._by_key[key]

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __iter__(self) -> Iterator[E]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def find(self, key: str) -> E | None:
        """Return the entry, retired or not, or None where there is no such key."""
        return self._by_key.get(key)

    def label(self, key: str) -> str:
        """Return the label of a key; an unknown key is its own label."""
        entry = self._by_key.get(key)
        return key if entry is None else entry.label

    def current(self, on: date) -> tuple[E, ...]:
        """Return the entries that are offered on that day."""
        return tuple(entry for entry in self._entries if entry.is_current(on))

    def choices(self, on: date, also: Collection[str] = ()) -> list[tuple[str, str]]:
        """Return (key, label) of what is offered on that day, for a form field.

        Entries with a key in ``also`` come too, whether offered or not.
        """
        offered = (entry for entry in self if entry.is_current(on) or entry.key in also)
        return [(entry.key, entry.label) for entry in offered]

    def is_current(self, key: str, on: date) -> bool:
        """Say whether the key is known and still offered on that day."""
        entry = self._by_key.get(key)
        return entry is not None and entry.is_current(on)

    def only(self, belongs: Callable[[E], bool]) -> "Catalogue[E]":
        """Return a catalogue of the entries for which ``belongs`` is true, with its review."""
        return Catalogue(self.name, filter(belongs, self._entries), self.review)


def load(name: str, kind: type[E], folder: Path = DATA) -> Catalogue[E]:
    """Read a catalogue, one typed entry for each ``[[entry]]`` in it.

    It is a file, or a folder whose ``head.toml`` names the other files in their order. Raises
    CatalogueError for an unknown or missing field, a value of the wrong type, a key that is not
    snake_case or not unique, an empty label or source, and a file the head leaves out.
    """
    path = folder / name
    if path.is_dir():
        head = _read(path / HEAD)
        rows = [*_rows(path, head.pop("files", []))]
    else:
        head = _read(path)
        rows = [(name, row) for row in head.pop("entry", [])]
    review = _structured(head, Review, f"{name}: head of the file")
    return Catalogue(name, (_entry(row, kind, filename) for filename, row in rows), review)


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)


def _rows(folder: Path, parts: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    found = sorted(path.stem for path in folder.glob("*.toml") if path.name != HEAD)
    if sorted(parts) != found:
        raise CatalogueError(f"{folder.name}: the head names {sorted(parts)}, there are {found}")
    for part in parts:
        filename = f"{folder.name}/{part}.toml"
        tables = _read(folder / f"{part}.toml")
        rows = tables.pop("entry", [])
        if tables:
            raise CatalogueError(f"{filename}: only entries stand here, not {[*tables]}")
        yield from ((filename, row) for row in rows)


def _entry(row: Mapping[str, Any], kind: type[E], filename: str) -> E:
    where = f"{filename}: {row.get('key', 'entry without a key')}"
    entry = _structured(row, kind, where)
    if not _SNAKE_CASE.fullmatch(entry.key):
        raise CatalogueError(f"{where}: the key is not snake_case")
    for name in ("label", "source"):
        if not getattr(entry, name).strip():
            raise CatalogueError(f"{where}: the {name} is empty")
    return entry


T = TypeVar("T")


def _structured(row: Mapping[str, Any], kind: type[T], where: str) -> T:
    try:
        return _converter.structure(row, kind)
    except BaseValidationError as error:
        raise CatalogueError(f"{where}: {'; '.join(transform_error(error, 'entry'))}") from error


def _exactly(value: Any, kind: type[T]) -> T:
    """Refuse what cattrs would convert silently, such as 1 to "1" or "no" to true."""
    if type(value) is not kind:
        raise TypeError(f"{value!r} is not of type {kind.__name__}")
    return value


def _member(value: Any, kind: type[StrEnum]) -> StrEnum:
    return kind(value)


def _decimal(value: Any, _kind: type[Decimal]) -> Decimal:
    """Accept 57.7 (already a Decimal) and 45: a whole number needs no ".0" in the file."""
    if type(value) not in (Decimal, int):
        raise TypeError(f"{value!r} is not a number")
    return Decimal(value)


def _is_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple


def _tuple(value: Any, kind: Any) -> tuple[Any, ...]:
    """Accept a list only: a single string would become a tuple of its letters."""
    member = get_args(kind)[0]
    return tuple(_converter.structure(each, member) for each in _exactly(value, list))


_converter = Converter(forbid_extra_keys=True)
for _plain in (str, bool, int, date):
    _converter.register_structure_hook(_plain, _exactly)
# Without this hook a StrEnum would be structured as a str.
_converter.register_structure_hook(StrEnum, _member)
_converter.register_structure_hook(Decimal, _decimal)
_converter.register_structure_hook_func(_is_tuple, _tuple)
