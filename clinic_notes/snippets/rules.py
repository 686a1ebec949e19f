"""Text snippets: their names, and why no reading may stand in one.

A snippet goes into the notes of many patients. A value measured on one of them would be said of
all of them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clinic_notes.clinical.findings import Finding, Level

LONGEST_NAME = 30
_NAME = re.compile(r"[a-z][a-z0-9-]*")

_NUMBER = r"[-+\u2212]?\d+(?:[.,]\d+)?"
_MEASURES = (
    r"NPRS|NRS|VAS|PPT|MMT|[AP]?ROM|PSFS|GROC|LEFS|NDI|ODI|RMDQ|FAAM|(?:Quick)?DASH|PRTEE"
    r"|VISA(?:-[AP])?|BP|blood pressure"
)
# "ROM 10 times a day" is an instruction, "ROM 95" a reading.
_COUNTED = (
    r"(?!\d|\s*(?:x\b|\u00d7|times?\b|rep|sets?\b|sec|s\b|min|h\b|hours?\b|days?\b|weeks?\b))"
)
MEASURED = re.compile(
    rf"\b(?:{_MEASURES})\s*(?:[:=]|\bis\b|\bwas\b|\bof\b|\bat\b)?\s*{_NUMBER}{_COUNTED}"
    rf"|\d\s*(?:\u2192|->|=>)\s*{_NUMBER}"
    rf"|{_NUMBER}(?:/{_NUMBER})?\s*mmHg",
    re.IGNORECASE,
)
"""A value beside the name of what was measured, a change, or a blood pressure."""
LIKE_A_READING = re.compile(
    rf"{_NUMBER}\s*(?:\u00b0|%|(?:(?i:deg(?:rees?)?|cm|mm|kg|lbs?|newtons?)|N)\b)"
    rf"|\b\d+\s*(?:/|(?i:out of|of))\s*10\b"
    r"|\b[0-5][+-]?/5\b"
    rf"|\b(?i:pain|strength|grip|girth)\s*[:=]?\s*{_NUMBER}"
)
"""A number with a unit in which something is measured: it may be an instruction as well."""


@dataclass(frozen=True)
class SnippetDraft:
    """A text under a name, for its writer alone or for the clinic."""

    name: str
    text: str
    is_shared: bool = False
    are_instructions: bool = False
    """Whether its writer says that its numbers are instructions, and none was measured."""


def snippet_name(typed: str) -> str:
    """Return a name as it is stored: ``.HEP`` is ``hep``."""
    return typed.strip().removeprefix(".").lower()


def check_snippet(draft: SnippetDraft) -> Iterator[Finding]:
    """Yield why a snippet cannot be kept as it is."""
    if not _NAME.fullmatch(draft.name) or len(draft.name) > LONGEST_NAME:
        yield _refuse(
            "name",
            f"A name begins with a letter and has letters, digits and hyphens only, at most "
            f"{LONGEST_NAME}: .hep",
        )
    found = MEASURED.search(draft.text)
    if found:
        yield _refuse(
            "text",
            f"“{found.group().strip()}” is a value measured on one patient, and a snippet goes "
            "into the notes of many. Leave it out; type it in the note.",
        )
        return
    found = LIKE_A_READING.search(draft.text)
    if found and not draft.are_instructions:
        yield _refuse(
            "are_instructions",
            f"“{found.group().strip()}” looks like a value measured. Leave it out, or confirm that "
            "it is an instruction, the same for every patient.",
        )


def _refuse(about: str, message: str) -> Finding:
    return Finding(Level.REFUSE, message, about)
