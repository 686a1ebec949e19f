"""A key stays for good: whatever a record may name is still there, retired or not.

keys.toml is written by hand. When one of these fails:

- a key is missing from its catalogue: put the entry back, with `retired = <date>`;
- a key is new: add it to keys.toml, in the same commit as the entry.
"""

import tomllib
from pathlib import Path

import pytest

from clinic_notes.reference.catalogue import DATA, Catalogue, Entry
from tests.reference.test_catalogues import shipped

KEYS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("keys.toml").read_text())


def test_every_catalogue_has_its_keys_written_down() -> None:
    assert sorted(KEYS) == sorted(path.stem for path in DATA.iterdir())


@pytest.mark.parametrize("catalogue", shipped().values(), ids=shipped())
def test_no_entry_is_ever_deleted(catalogue: Catalogue[Entry]) -> None:
    gone = [key for key in KEYS[catalogue.name.removesuffix(".toml")] if key not in catalogue]
    assert gone == [], "retire it, never delete it"


@pytest.mark.parametrize("catalogue", shipped().values(), ids=shipped())
def test_a_new_entry_is_written_down(catalogue: Catalogue[Entry]) -> None:
    known = KEYS[catalogue.name.removesuffix(".toml")]
    assert [entry.key for entry in catalogue if entry.key not in known] == [], "add it to keys.toml"
