"""What a catalogue promises, tried on small files made for the purpose."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from clinic_notes.reference.catalogue import Catalogue, CatalogueError, Entry, load
from clinic_notes.reference.terms import Confidence, Side

HEAD = """
version = "7"
reviewed = 2026-01-10
review_again = 2027-01-10
checked_by = "nobody yet"
"""
CUPS = """
[[entry]]
key = "cup"
label = "Cup"
source = "A shelf"
confidence = "seen"
sides = ["left", "right"]
weight = 1.5

[[entry]]
key = "bowl"
label = "Bowl"
source = "A shelf"
confidence = "known"
retired = 2026-06-01
"""


@dataclass(frozen=True, kw_only=True)
class Vessel(Entry):
    sides: tuple[Side, ...] = ()
    weight: Decimal | None = None
    chipped: bool = False


@pytest.fixture
def vessels(tmp_path: Path) -> Catalogue[Vessel]:
    return read(tmp_path, HEAD + CUPS)


def read(folder: Path, text: str) -> Catalogue[Vessel]:
    (folder / "vessels.toml").write_text(text)
    return load("vessels.toml", Vessel, folder)


def test_an_entry_is_read_into_its_types(vessels: Catalogue[Vessel]) -> None:
    assert vessels["cup"] == Vessel(
        key="cup",
        label="Cup",
        source="A shelf",
        confidence=Confidence.SEEN,
        sides=(Side.LEFT, Side.RIGHT),
        weight=Decimal("1.5"),
    )


def test_the_head_of_the_file_says_version_and_review(vessels: Catalogue[Vessel]) -> None:
    assert vessels.version == "7"
    assert vessels.review.review_again == date(2027, 1, 10)
    assert vessels.review.checked_by == "nobody yet"


def test_entries_keep_the_order_of_the_file(vessels: Catalogue[Vessel]) -> None:
    assert [entry.key for entry in vessels] == ["cup", "bowl"]
    assert len(vessels) == 2


def test_an_unknown_key_is_refused_or_reads_as_itself(vessels: Catalogue[Vessel]) -> None:
    with pytest.raises(KeyError):
        vessels["jug"]
    assert vessels.find("jug") is None
    assert vessels.label("jug") == "jug"
    assert not vessels.is_current("jug", date(2026, 1, 1))
    assert "jug" not in vessels


def test_a_key_is_looked_for_among_keys(vessels: Catalogue[Vessel]) -> None:
    assert "cup" in vessels


@pytest.mark.parametrize(
    ("on", "offered"),
    [
        pytest.param(date(2026, 5, 31), ["cup", "bowl"], id="the day before it retires"),
        pytest.param(date(2026, 6, 1), ["cup"], id="the day it retires"),
        pytest.param(date(2030, 1, 1), ["cup"], id="years later"),
    ],
)
def test_a_retired_entry_is_no_longer_offered(
    vessels: Catalogue[Vessel], on: date, offered: list[str]
) -> None:
    assert [entry.key for entry in vessels.current(on)] == offered
    assert [key for key, _ in vessels.choices(on)] == offered
    assert vessels.is_current("bowl", on) == ("bowl" in offered)


def test_a_retired_entry_still_reads(vessels: Catalogue[Vessel]) -> None:
    assert vessels.label("bowl") == "Bowl"
    assert vessels["bowl"].retired == date(2026, 6, 1)


def test_a_part_keeps_the_version_of_the_whole(vessels: Catalogue[Vessel]) -> None:
    sided = vessels.only(lambda vessel: bool(vessel.sides))
    assert [entry.key for entry in sided] == ["cup"]
    assert sided.version == "7"


JUG = '[[entry]]\nkey = "jug"\nlabel = "Jug"\nsource = "A shelf"\nconfidence = "seen"\n'


@pytest.mark.parametrize(
    ("entry", "named"),
    [
        pytest.param(JUG + 'colour = "red"', "colour", id="an unknown field"),
        pytest.param(JUG.replace("source", "# source"), "source", id="no source"),
        pytest.param(JUG.replace("A shelf", "  "), "source is empty", id="a blank source"),
        pytest.param(JUG.replace('"Jug"', '""'), "label is empty", id="a blank label"),
        pytest.param(JUG.replace("seen", "certain"), "confidence", id="an unknown confidence"),
        pytest.param(JUG + 'sides = "left"', "sides", id="a word where a list belongs"),
        pytest.param(JUG + 'sides = ["up"]', "sides", id="a side that is none"),
        pytest.param(JUG + 'chipped = "no"', "chipped", id="a word where yes or no belongs"),
        pytest.param(JUG + "chipped = 0", "chipped", id="a number where yes or no belongs"),
        pytest.param(JUG + "weight = true", "weight", id="yes where a number belongs"),
        pytest.param(JUG.replace('"A shelf"', "3"), "source", id="a number as the source"),
        pytest.param(JUG + "note = 3", "note", id="a number where text belongs"),
        pytest.param(JUG + 'retired = "2026-06-01"', "retired", id="text where a date belongs"),
        pytest.param(JUG + JUG, "stands there 2 times", id="a key twice"),
    ],
)
def test_a_faulty_entry_is_refused_by_file_and_key(tmp_path: Path, entry: str, named: str) -> None:
    with pytest.raises(CatalogueError) as refusal:
        read(tmp_path, HEAD + entry)
    assert str(refusal.value).startswith("vessels.toml: jug: ")
    assert named in str(refusal.value)


@pytest.mark.parametrize("key", ["Jug", "big jug", "big-jug", "_jug", "jug_", "jüg", ""])
def test_a_key_that_is_not_snake_case_is_refused(tmp_path: Path, key: str) -> None:
    with pytest.raises(CatalogueError, match=rf"vessels\.toml: {key}: the key is not snake_case"):
        read(tmp_path, HEAD + JUG.replace('"jug"', f'"{key}"'))


def test_an_entry_without_a_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="entry without a key"):
        read(tmp_path, HEAD + JUG.replace("key", "# key"))


@pytest.mark.parametrize("field", ["version", "reviewed", "review_again", "checked_by"])
def test_a_file_without_its_head_is_refused(tmp_path: Path, field: str) -> None:
    with pytest.raises(CatalogueError, match=rf"vessels\.toml: head of the file: .*{field}"):
        read(tmp_path, HEAD.replace(f"\n{field} =", f"\n# {field} =") + CUPS)


def test_an_unknown_table_in_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="entries"):
        read(tmp_path, HEAD + CUPS + '[[entries]]\nkey = "jug"\n')


def read_folder(folder: Path, files: str, **parts: str) -> Catalogue[Vessel]:
    (folder / "vessels").mkdir()
    (folder / "vessels" / "head.toml").write_text(f"{HEAD}\nfiles = {files}")
    for name, text in parts.items():
        (folder / "vessels" / f"{name}.toml").write_text(text)
    return load("vessels", Vessel, folder)


def test_a_long_catalogue_is_a_folder_in_the_order_of_its_head(tmp_path: Path) -> None:
    vessels = read_folder(tmp_path, '["jugs", "cups"]', cups=CUPS, jugs=JUG)
    assert [vessel.key for vessel in vessels] == ["jug", "cup", "bowl"]
    assert (vessels.name, vessels.version) == ("vessels", "7")


@pytest.mark.parametrize(
    ("files", "jugs", "named"),
    [
        pytest.param('["cups"]', JUG, r"vessels: .*'jugs'", id="a file its head leaves out"),
        pytest.param('["cups", "jugs", "pots"]', JUG, "vessels: .*'pots'", id="one not there"),
        pytest.param('["cups", "jugs", "cups"]', JUG, "vessels: ", id="a file named twice"),
        pytest.param('["cups", "jugs"]', JUG + JUG, "stands there 2 times", id="a key twice"),
        pytest.param('["cups", "jugs"]', CUPS, "stands there 2 times", id="a key in two files"),
        pytest.param(
            '["cups", "jugs"]', JUG + "lid = 1", r"vessels/jugs\.toml: jug: .*lid", id="a fault"
        ),
        pytest.param(
            '["cups", "jugs"]', HEAD + JUG, r"vessels/jugs\.toml: .*version", id="a second head"
        ),
    ],
)
def test_a_faulty_folder_is_refused(tmp_path: Path, files: str, jugs: str, named: str) -> None:
    with pytest.raises(CatalogueError, match=named):
        read_folder(tmp_path, files, cups=CUPS, jugs=jugs)


def test_a_catalogue_of_one_file_names_no_others(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="files"):
        read(tmp_path, 'files = ["cups"]' + HEAD + CUPS)
