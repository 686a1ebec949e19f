"""The second to save sees both versions side by side, and picks for each difference."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from werkzeug.datastructures import MultiDict

from clinic_notes.accounts.models import User
from clinic_notes.charting.context import VisitContext
from clinic_notes.charting.models import Visit
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.charting.session_form.snapshot import read_snapshot
from clinic_notes.charting.visit.queries import last_saved_by
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.versions.merge import ChangedBy, Difference, Version, differences, merged
from clinic_notes.clinical.versions.text_diff import Marked, word_diff
from clinic_notes.clinical.versions.wording import DisplayNames, display_text, heading
from clinic_notes.clinical.wording import day, in_sentence
from clinic_notes.core.forms import bounded_integer

PICK = "pick-"
"""What the name of a choice begins with; the difference's key follows."""
OF_THE_PAGE = ("csrf_token", "base_version", "edit_merged", "settle")
"""What the page of the choices sends besides the form that was typed."""


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
    """Two versions of one visit, and what was picked so far."""

    context: VisitContext
    form: VisitForm
    typed: VisitDraft
    sent: MultiDict[str, str]

    @property
    def visit(self) -> Visit:
        """The visit that has two versions."""
        if self.context.visit is None:
            raise LookupError("A session that was never saved has one version only.")
        return self.context.visit

    @cached_property
    def saver(self) -> User | None:
        """Who saved what stands in the record."""
        return last_saved_by(self.visit)

    @property
    def base_version(self) -> int:
        """The version these choices were made base_version, 0 where none was shown."""
        sent = self.sent.get("base_version", "")
        return bounded_integer(sent) or 0

    @property
    def is_of_today(self) -> bool:
        """Say whether what stands in the record is what she was shown."""
        return self.base_version == self.visit.version

    @cached_property
    def differences(self) -> list[Difference]:
        """Where the versions differ."""
        base = read_snapshot(self.form.snapshot.data or "", self.visit.id)
        return differences(self.context.draft, self.typed, base)

    @cached_property
    def picks(self) -> dict[str, Version]:
        """What was picked, by the difference's key."""
        sent = {one.key: self.sent.get(PICK + one.key, "") for one in self.differences}
        return {key: Version(value) for key, value in sent.items() if value in set(Version)}

    @cached_property
    def unmade(self) -> list[Choice]:
        """The choices that were sent unmade, of those that were shown."""
        return [choice for _, choices in self.groups for choice in choices if choice.is_unmade]

    def merged(self) -> VisitDraft:
        """Return the visit as it was picked; only where nothing is left open."""
        return merged(self.context.draft, self.typed, self.picks)

    @cached_property
    def overruled(self) -> list[str]:
        """The keys of what stands in the record and goes, because she picked her own."""
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

    @cached_property
    def called(self) -> DisplayNames:
        """The names of tools, products and people, and the days of past sessions."""
        past_treatments = {
            key: past_treatment for key, past_treatment in self.context.copied_rows.items() if key
        }
        people = ((key, label) for key, label in self.form.measured_by_id.choices if key)
        return DisplayNames(
            instruments=self.context.supplies.instrument_names,
            lubricants=self.context.supplies.lubricant_names,
            people={int(key): label for key, label in people},
            sessions={
                past_treatment.visit_id: day(past_treatment.served_on)
                for past_treatment in past_treatments.values()
            },
            copied_rows={
                number: day(past_treatment.served_on)
                for number, past_treatment in past_treatments.items()
            },
        )

    def typed_anew(self) -> str:
        """Return what she changed, one part after the other, to be added to a signed note."""
        return "\n\n".join(
            f"{_title(one, self.called, ', ')}: {display_text(one, one.typed, self.called) or 'taken away'}"
            for one in self.differences
            if one.changed_by is not ChangedBy.THEM
        )

    def error_list(self) -> Iterator[tuple[str, str]]:
        """Yield (field id, message) for each choice that was left open."""
        for choice in self.unmade:
            yield choice.name, f"Choose one of the two: {choice.title}."

    def carried(self) -> Iterator[tuple[str, str]]:
        """Yield every field of the form as it was sent, to be sent again with the choices."""
        return (
            (name, value)
            for name, value in self.sent.items(multi=True)
            if name not in OF_THE_PAGE and not name.startswith(PICK)
        )

    def _choice(self, one: Difference) -> Choice:
        stored, typed = word_diff(
            *(display_text(one, row, self.called) for row in (one.stored, one.typed))
        )
        is_asked = one.changed_by is ChangedBy.BOTH
        return Choice(
            name=PICK + one.key,
            title=_title(one, self.called),
            stored=stored,
            typed=typed,
            not_stored="" if one.stored is not None else _absence(one),
            not_typed="" if one.typed is not None else _absence(one),
            base=display_text(one, one.base, self.called) if one.parts and is_asked else "",
            picked=self.picks.get(one.key) or self._given_up(one) or one.preset,
            is_unmade=self.is_of_today and one.key not in self.picks,
        )

    def _given_up(self, one: Difference) -> Version | None:
        """Return the record's version of a row of which she gave up each part she had changed.

        She was asked about its parts; then the row went, and she is asked about it whole.
        """
        parts = {pick for name, pick in self.sent.items() if name.startswith(f"{PICK}{one.key}-")}
        return Version.STORED if parts == {Version.STORED} else None


def _title(one: Difference, called: DisplayNames, between: str = ": ") -> str:
    row, part = heading(one, called)
    return f"{row}{between}{in_sentence(part)}" if row and part else row or part


def _absence(one: Difference) -> str:
    if one.rows == "answers":
        return "Not asked"
    return "This row was taken away" if one.base is not None else "Not in this version"
