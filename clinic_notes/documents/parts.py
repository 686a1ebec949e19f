"""What a printed document is made of: sections of texts, terms, tables and drawings.

A document holds words only. How they look is `templates/documents/document.typ`.
"""

from dataclasses import asdict, dataclass
from typing import Any, ClassVar

Pairs = tuple[tuple[str, str], ...]
"""Terms and what they are, in order."""


@dataclass(frozen=True)
class Text:
    """A paragraph; line breaks in it stay."""

    kind: ClassVar = "text"
    text: str
    tone: str = ""
    """"" for plain words, "hint" for small ones, "strong" for what must be seen first."""


@dataclass(frozen=True)
class Terms:
    """Terms with their values, in running lines."""

    kind: ClassVar = "terms"
    terms: Pairs
    heading: str = ""
    about: str = ""
    """What stands in grey beside the heading."""


@dataclass(frozen=True)
class Items:
    """A list of sentences."""

    kind: ClassVar = "items"
    items: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Rows of a table under a heading of their own."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Table:
    """A table with a heading for each column; the first column names the row."""

    kind: ClassVar = "table"
    head: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Drawing:
    """A drawing as SVG, with the words for whoever cannot see it."""

    kind: ClassVar = "drawing"
    svg: str
    description: str
    width_mm: int
    caption: str = ""


@dataclass(frozen=True)
class DrawingRow:
    """Drawings beside each other, each under its caption."""

    kind: ClassVar = "row"
    drawings: tuple[Drawing, ...]


Block = Text | Terms | Items | Table | Drawing | DrawingRow


@dataclass(frozen=True)
class Section:
    """A part of a document under one heading."""

    title: str
    blocks: tuple[Block, ...]
    aside: str = ""
    """What stands at the right of the heading."""


@dataclass(frozen=True)
class Signed:
    """One signature: who, as what, and when."""

    name: str
    meaning: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A document about one patient."""

    title: str
    clinic: str
    letterhead: str
    patient: Pairs
    """Whom it is about; stands at the top of the first page."""
    footer: str
    """Whose page it is; stands at the foot of every one."""
    sections: tuple[Section, ...]
    signatures: tuple[Signed, ...] = ()
    unsigned: str = ""
    """What stands where a signature would; then DRAFT is printed across every page."""
    notices: tuple[str, ...] = ()
    """What must be read before the rest."""
    later: tuple[Section, ...] = ()
    """What was added after it was signed."""
    by_hand: tuple[str, ...] = ()
    """What stands below lines that are signed on paper."""
    is_large: bool = False
    """Whether it is set in large type, for the patient."""

    def as_data(self) -> dict[str, Any]:
        """Return the document as plain data for the typesetter."""
        return asdict(self) | {
            name: [_section_data(section) for section in getattr(self, name)]
            for name in ("sections", "later")
        }


def _section_data(section: Section) -> dict[str, Any]:
    blocks = [{"kind": block.kind} | asdict(block) for block in section.blocks]
    return asdict(section) | {"blocks": blocks}
