"""The guide for therapists: one content for the page and for the document."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from clinic_notes.clinical.policy.listing import COLUMNS, Groups, Line
from clinic_notes.reference.contraindications import checklist


@dataclass(frozen=True)
class Section:
    """A section of the guide: its title, and its points."""

    title: str
    points: tuple[str, ...]


@dataclass(frozen=True)
class Guide:
    """The prose of the guide."""

    title: str
    lead: str
    sections: tuple[Section, ...]


def _read() -> Guide:
    data = tomllib.loads(Path(__file__).with_name("guide.toml").read_text("utf-8"))
    sections = tuple(Section(each["title"], tuple(each["points"])) for each in data["section"])
    return Guide(data["title"], data["lead"], sections)


guide = _read()
REVIEW = checklist.review


def markdown(groups: Groups) -> str:
    """Return the guide as the document in docs/guide/."""
    return "\n".join((*_prose(), *_tables(groups))) + "\n"


def _prose() -> Iterator[str]:
    yield from ("<!-- Written by `clinic-notes guide`. Change guide.toml or the catalogue. -->", "")
    yield from (f"# {guide.title}", "", guide.lead, "")
    for section in guide.sections:
        yield from (f"## {section.title}", "")
        yield from (f"- {point}" for point in section.points)
        yield ""


def _tables(groups: Groups) -> Iterator[str]:
    yield from ("## The questions", "")
    yield f"Catalogue version {REVIEW.version} of {REVIEW.reviewed}, {REVIEW.checked_by}."
    for group, lines in groups:
        yield from ("", f"### {group}", "")
        titles = ("Question", *COLUMNS, "Source", "Confidence")
        yield _row(titles)
        yield _row(("---",) * len(titles))
        yield from (_row(_cells(line)) for line in lines)


def _cells(line: Line) -> tuple[str, ...]:
    asked = f"**{line.label}.** {line.question}"
    return (asked, *(cell.value for cell in line.cells), line.source, line.confidence)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"
