"""A page's form: tokens against forgery and double sending, messages beside their fields."""

from collections.abc import Iterator

from flask_wtf import FlaskForm
from wtforms import FormField, HiddenField

from clinic_notes.core import idempotency
from clinic_notes.core.forms.rows import every_field
from clinic_notes.core.lookup import bounded_integer


class BaseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    """A form that makes one record, however often it is sent."""

    once = HiddenField(default=idempotency.new_token)

    def error_list(self) -> Iterator[tuple[str, str]]:
        """Yield (field id, message) for the summary at the top of a refused form."""
        for field in every_field(self):
            # Rows and their lists hold the errors inside them as well, as dictionaries.
            errors = () if isinstance(field, FormField) else field.errors
            yield from ((field.id, str(error)) for error in errors if not isinstance(error, dict))
        yield from (("content", str(message)) for message in self.form_errors)

    def add_error(self, about: str, message: str) -> None:
        """Put a rule's message beside the field named ``about``, as ``uses-0-minutes``."""
        field = next((f for f in every_field(self) if f.name == about), None)
        if field is None:
            self.form_errors.append(message)
        else:
            field.errors = [*field.errors, message]


class VersionedForm(BaseForm):
    """A form over a record that somebody else may change meanwhile."""

    version = HiddenField()

    @property
    def version_seen(self) -> int:
        """The version of the record the form was opened on, 0 where none can be read."""
        # Only what was sent counts: the field's data falls back on what is stored now.
        sent = str(self.version.raw_data[0]) if self.version.raw_data else ""
        return bounded_integer(sent) or 0

    def catch_up(self, version: int) -> None:
        """Accept this version as the one the form changes: the user has just been shown it."""
        self.version.data, self.version.raw_data = str(version), None
