"""Diagnosis codes: their form, without the licensed tables of what each means.

A code of the right form may still not exist; whoever types it answers for its meaning.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.reference.terms import CodeSystem

MOST = 12
"""As many as a CMS-1500 claim takes."""
SYSTEMS = {CodeSystem.ICD10CM: "ICD-10-CM", CodeSystem.ICD10: "ICD-10"}
_FORMS = {
    # Three characters, the third a digit, A or B; then up to four more: Z3A.20, S86.011A, E88.A.
    CodeSystem.ICD10CM: re.compile(r"[A-Z][0-9][0-9AB](\.[0-9A-Z]{1,4})?"),
    CodeSystem.ICD10: re.compile(r"[A-Z][0-9]{2}(\.[0-9]{1,2})?[†*]?"),
}
_EXAMPLES = {CodeSystem.ICD10CM: "M72.2 or S86.011A", CodeSystem.ICD10: "M72.2 or M79.67"}
_LINE = re.compile(r"\s*([^\s,;:]+)[\s,;:]*(.*)")
_UNDOTTED = re.compile(r"([A-Z][0-9][0-9A-Z])([0-9A-Z]+[†*]?)")


@dataclass(frozen=True)
class Diagnosis:
    """A code as it is written, and the therapist's words for it."""

    code: str
    words: str = ""


def diagnoses(text: str) -> tuple[Diagnosis, ...]:
    """Return the diagnoses of a text with one on each line, the code first.

    Codes come back in capitals and with their point: "m722 heel" is M72.2.
    """
    return tuple(_of_line(line) for line in text.splitlines() if line.strip())


def diagnosis_text(text: str, system: CodeSystem | None) -> str:
    """Return the diagnoses on one line: "M72.2 plantar fasciitis; M79.67 (ICD-10-CM)"."""
    found = "; ".join(f"{one.code} {one.words}".strip() for one in diagnoses(text))
    return f"{found} ({SYSTEMS[system]})" if found and system else found


def check_diagnoses(text: str, system: CodeSystem | None, about: str) -> Iterator[Finding]:
    """Yield a refusal for each code that is none of its system, or stands there twice."""
    found = diagnoses(text)
    if not found:
        return
    if system is None:
        yield _refuse("code_system", "Say whether the codes are ICD-10-CM or ICD-10.")
        return
    if len(found) > MOST:
        yield _refuse(about, f"At most {MOST} diagnoses fit here; {len(found)} were typed.")
    seen: set[str] = set()
    for one in found:
        if not _FORMS[system].fullmatch(one.code):
            yield _refuse(about, _not_a_code(one, system))
        elif one.code in seen:
            yield _refuse(about, f"{one.code} stands there twice. Keep one line.")
        seen.add(one.code)


def _of_line(line: str) -> Diagnosis:
    found = _LINE.fullmatch(line)
    code, words = (found[1].upper(), found[2].strip()) if found else (line.strip(), "")
    undotted = _UNDOTTED.fullmatch(code)
    return Diagnosis(f"{undotted[1]}.{undotted[2]}" if undotted else code, words)


def _not_a_code(one: Diagnosis, system: CodeSystem) -> str:
    return (
        f"“{one.code[:20]}” is no {SYSTEMS[system]} code, for example {_EXAMPLES[system]}. "
        "Write one on each line, the code first."
    )


def _refuse(about: str, message: str) -> Finding:
    return Finding(Level.REFUSE, message, about)
