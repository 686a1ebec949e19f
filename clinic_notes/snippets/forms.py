"""The form of a text snippet."""

from typing import Any

from wtforms import BooleanField

from clinic_notes.core.forms.fields import Line, LongText
from clinic_notes.core.forms.record_form import EditForm
from clinic_notes.snippets.rules import SnippetDraft, snippet_name


class SnippetForm(EditForm):
    """A text under a name."""

    name = Line("Name", required=True, max_length=60)
    text = LongText("Text", required=True)
    is_shared = BooleanField("For everybody in the clinic")
    are_instructions = BooleanField(
        "Its numbers are instructions, the same for every patient; none was measured"
    )

    @staticmethod
    def values_of(snippet: Any) -> dict[str, Any]:
        """Return the fields' values as the record stands."""
        names = ("name", "text", "is_shared", "are_instructions", "version")
        return {name: getattr(snippet, name) for name in names}

    def set_choices(self, snippet: Any) -> None:
        """Do nothing: nothing is chosen from a list."""

    def draft(self) -> SnippetDraft:
        """Return what was typed."""
        return SnippetDraft(
            name=snippet_name(self.name.value),
            text=self.text.value,
            is_shared=bool(self.is_shared.data),
            are_instructions=bool(self.are_instructions.data),
        )
