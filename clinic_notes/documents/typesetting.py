"""Turns a document into a PDF, by Typst.

What a person wrote reaches Typst as data, never as its markup, so no text can run as code.
"""

import json
from enum import StrEnum

import typst

from clinic_notes.documents.parts import Document
from clinic_notes.paths import shipped

TEMPLATE = "documents/document.typ"


class Paper(StrEnum):
    """A size of paper."""

    A4 = "a4"
    LETTER = "us-letter"


def paper_of(time_zone: str) -> Paper:
    """Return the paper that is usual where the clinic is, by its time zone."""
    return Paper.LETTER if time_zone.startswith("America/") else Paper.A4


def pdf_of(document: Document, paper: Paper) -> bytes:
    """Return the document as a tagged PDF."""
    folder = shipped("templates")
    # The fonts that come with Typst are there on every machine; the system's have the letters of
    # other scripts.
    compiled: bytes = typst.compile(
        str(folder / TEMPLATE),
        root=str(folder),
        format="pdf",
        sys_inputs={"document": json.dumps(document.as_data()), "paper": paper.value},
    )
    return compiled
