"""The list of safety questions in words: for the policy page, the guide and the printer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from clinic_notes.clinical.policy.model import Part
from clinic_notes.clinical.policy.wording import CONFIDENCE_WORDS, TITLES, part_in_words
from clinic_notes.clinical.wording import capitalized
from clinic_notes.reference.contraindications import Contraindication, Questions, questions

LISTED = (Part.SEVERITY, Part.PRESSURE_CAP, Part.REACH, Part.ASK_AGAIN_DAYS)
COLUMNS = tuple(TITLES[part] for part in LISTED)


@dataclass(frozen=True)
class Cell:
    """The value of one part in force, and the catalogue's where that is laxer."""

    title: str
    value: str
    of_catalogue: str = ""
    """"" where the clinic made nothing stricter."""


@dataclass(frozen=True)
class Line:
    """One safety question: what a yes means, and where that comes from."""

    key: str
    label: str
    question: str
    cells: tuple[Cell, ...]
    source: str
    confidence: str
    note: str

    @property
    def is_stricter(self) -> bool:
        """Say whether the clinic made it stricter than the catalogue."""
        return any(cell.of_catalogue for cell in self.cells)


Groups = list[tuple[str, list[Line]]]
"""Lines under the titles of their groups."""


def listing(in_force: Questions, on: date, catalogue: Questions = questions) -> Groups:
    """Return every question of a day, in the order it is asked, with what is in force."""
    lines = ((item.group, _line(item, catalogue[item.key])) for item in in_force.current(on))
    grouped = groupby(lines, key=lambda pair: pair[0])
    return [(group, [line for _, line in members]) for group, members in grouped]


def count(groups: Groups) -> int:
    """Return how many questions a list has."""
    return sum(len(lines) for _, lines in groups)


def stricter(groups: Groups) -> int:
    """Return how many of them the clinic made stricter."""
    return sum(line.is_stricter for _, lines in groups for line in lines)


def _line(item: Contraindication, of_catalogue: Contraindication) -> Line:
    return Line(
        key=item.key,
        label=item.label,
        question=item.question,
        cells=tuple(_cells(item, of_catalogue)),
        source=item.source,
        confidence=CONFIDENCE_WORDS[item.confidence],
        note=item.note,
    )


def _cells(item: Contraindication, of_catalogue: Contraindication) -> Iterable[Cell]:
    for part in LISTED:
        value, laxer = part_in_words(item, part), part_in_words(of_catalogue, part)
        yield Cell(TITLES[part], capitalized(value), capitalized(laxer) if laxer != value else "")
