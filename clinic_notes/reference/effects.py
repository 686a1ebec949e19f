"""Effects of treatment, expected or adverse, and their grades (clinical.md 5)."""

from dataclasses import dataclass

from clinic_notes.reference.catalogue import Entry, load


@dataclass(frozen=True, kw_only=True)
class Effect(Entry):
    """An effect of treatment, and the course it usually takes."""

    expected: bool
    course: str
    least_grade: int = 0
    """The lowest grade, 0 to 4, the reference allows for it."""


@dataclass(frozen=True, kw_only=True)
class Grade(Entry):
    """How serious an effect was; the key is the number, "0" to "4"."""

    definition: str


effects = load("effects.toml", Effect)
grades = load("grades.toml", Grade)
skin_responses = load("skin_responses.toml", Entry)
onsets = load("onsets.toml", Entry)
