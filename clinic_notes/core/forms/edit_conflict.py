"""An edit conflict: two versions of one record, and what is picked for each difference."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from werkzeug.datastructures import MultiDict

from clinic_notes.clinical.versions.merge import ChangedBy, Difference, Version, differences, merged
from clinic_notes.clinical.versions.text_diff import Marked, word_diff
from clinic_notes.clinical.wording import in_sentence
from clinic_notes.core.forms.technical_fields import CONFLICT
from clinic_notes.core.lookup import bounded_integer

PICK = "pick-"
"""What the name of a choice begins with; the difference's key follows."""


class Wording(Protocol):
    """How the differences of one kind of record read."""

    def heading(self, one: Difference) -> tuple[str, str]:
        """Return the titles of (its row, its field); "" for no row, or for a whole row."""

    def text(self, one: Difference, row: Any) -> str:
        """Return one version in words: ``row`` is its ``stored``, ``typed`` or ``base``."""

    def absence(self, one: Difference) -> str:
        """Return what stands where a version has no such row."""


@dataclass(frozen=True)
class Choice:
    """One difference as the page shows it."""

    name: str
    title: str
    stored: Marked
    typed: Marked
    not_stored: str
    not_typed: str
    """Why a version has nothing to show here; "" where it has the row."""
    base: str
    """What a part said before, where both changed it; "" where nothing was entered."""
    picked: Version | None
    is_unmade: bool
    """Say whether it was shown, and sent without a choice."""


@dataclass(frozen=True)
class EditConflict:
    """The stored and the typed version of a record, and what was picked so far."""

    version: int
    """The number of the stored version."""
    stored: Any
    typed: Any
    base: Any
    """The record as its form was opened, None where that is not known."""
    wording: Wording
    sent: MultiDict[str, str]

    @property
    def base_version(self) -> int:
        """The version that was shown when these choices were made, 0 where none was."""
        sent = self.sent.get("base_version", "")
        return bounded_integer(sent) or 0

    @property
    def is_current(self) -> bool:
        """Say whether the stored version is the one that was shown."""
        return self.base_version == self.version

    @property
    def is_open(self) -> bool:
        """Say whether the page has to ask: a choice is missing, or was made of other versions."""
        return not self.is_current or bool(self.unmade)

    @cached_property
    def differences(self) -> list[Difference]:
        """Where the versions differ."""
        return differences(self.stored, self.typed, self.base)

    @cached_property
    def picks(self) -> dict[str, Version]:
        """What was picked, by the difference's key."""
        sent = {one.key: self.sent.get(PICK + one.key, "") for one in self.differences}
        return {key: Version(value) for key, value in sent.items() if value in set(Version)}

    @cached_property
    def unmade(self) -> list[Choice]:
        """The choices that were shown and sent unmade."""
        return [choice for _, choices in self.groups for choice in choices if choice.is_unmade]

    def merged(self) -> Any:
        """Return the record as it was picked; only where no choice is open."""
        return merged(self.stored, self.typed, self.picks)

    @cached_property
    def overruled(self) -> list[str]:
        """The keys of what the other user changed and the typed version replaces."""
        return [
            one.key
            for one in self.differences
            if one.changed_by is not ChangedBy.YOU and self.picks[one.key] is Version.TYPED
        ]

    @cached_property
    def groups(self) -> list[tuple[ChangedBy, list[Choice]]]:
        """The choices, those that both changed first."""
        by_whom: dict[ChangedBy, list[Choice]] = {by: [] for by in ChangedBy}
        for one in self.differences:
            by_whom[one.changed_by].append(self._choice(one))
        return [(by, choices) for by, choices in by_whom.items() if choices]

    def typed_changes(self) -> str:
        """Return what the user changed, part by part, as a text of its own."""
        return "\n\n".join(
            f"{self._title(one, ', ')}: {self.wording.text(one, one.typed) or 'taken away'}"
            for one in self.differences
            if one.changed_by is not ChangedBy.THEM
        )

    def error_list(self) -> Iterator[tuple[str, str]]:
        """Yield (field id, message) for each choice that was left open."""
        for choice in self.unmade:
            yield choice.name, f"Choose one of the two: {choice.title}."

    def fields_to_resend(self) -> Iterator[tuple[str, str]]:
        """Yield every field of the typed form, to be sent again with the choices."""
        return (
            (name, value)
            for name, value in self.sent.items(multi=True)
            if name not in CONFLICT and not name.startswith(PICK)
        )

    def _choice(self, one: Difference) -> Choice:
        text = self.wording.text
        stored, typed = word_diff(text(one, one.stored), text(one, one.typed))
        is_asked = one.changed_by is ChangedBy.BOTH
        return Choice(
            name=PICK + one.key,
            title=self._title(one),
            stored=stored,
            typed=typed,
            not_stored="" if one.stored is not None else self.wording.absence(one),
            not_typed="" if one.typed is not None else self.wording.absence(one),
            base=text(one, one.base) if one.parts and is_asked else "",
            picked=self.picks.get(one.key) or self._given_up(one) or one.preset,
            is_unmade=self.is_current and one.key not in self.picks,
        )

    def _title(self, one: Difference, between: str = ": ") -> str:
        row, part = self.wording.heading(one)
        return f"{row}{between}{in_sentence(part)}" if row and part else row or part

    def _given_up(self, one: Difference) -> Version | None:
        """Return the stored version of a row of which the user gave up every part they changed.

        The page asked about its parts; then the row was removed, and it asks about the whole.
        """
        parts = {pick for name, pick in self.sent.items() if name.startswith(f"{PICK}{one.key}-")}
        return Version.STORED if parts == {Version.STORED} else None


def row_absence(one: Difference) -> str:
    """Return what stands where a version does not have a row."""
    return "This row was taken away" if one.base is not None else "Not in this version"
