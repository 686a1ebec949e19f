"""A page's form: CSRF token, a token against double sending, messages beside their fields."""

from collections.abc import Iterator
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField
from wtforms.csrf.core import CSRFTokenField

from clinic_notes.core import idempotency
from clinic_notes.core.forms import rows
from clinic_notes.core.forms.sent import Sent


class _TokenWhenShown(CSRFTokenField):
    """Makes the page's token when a page is written: of a form that is saved, none is."""

    def process(self, *args: Any, **kw: Any) -> None:
        """Read what was sent."""
        super(CSRFTokenField, self).process(*args, **kw)

    @property
    def current_token(self) -> str:  # type: ignore[override]  # WTForms keeps one from the start.
        """Return the token of this page, whatever was sent."""
        token: str = self.csrf_impl.generate_csrf_token(self)
        return token


class BaseForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF ships no types.
    """A form of the house, sent once."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF ships no types.
        """Lets the fields find what was sent by list and row."""

        class csrf_class(FlaskForm.Meta.csrf_class):  # type: ignore[misc]
            """Makes the token late."""

            field_class = _TokenWhenShown

        def wrap_formdata(self, form: Any, formdata: Any) -> Sent | None:
            """Return what was sent, None where nothing was."""
            sent = super().wrap_formdata(form, formdata)
            return sent if sent is None or isinstance(sent, Sent) else Sent(sent)

    once = HiddenField(default=idempotency.new_token)

    def error_list(self) -> Iterator[tuple[str, str]]:
        """Yield (field id, message) for the summary at the top of a refused form."""
        yield from rows.error_list(self)
        yield from (("content", str(message)) for message in self.form_errors)

    def add_error(self, about: str, message: str) -> None:
        """Put a rule's message beside the field named ``about``, as ``uses-0-minutes``."""
        field = rows.find(self, about)
        if field is None:
            self.form_errors.append(message)
        else:
            field.errors = [*field.errors, message]


class VersionedForm(BaseForm):
    """A form over a record that somebody else may change meanwhile."""

    version = HiddenField()

    @property
    def version_seen(self) -> int:
        """Return the version of the record this person was looking at, 0 where it is unreadable."""
        # Only what was sent counts: the form falls back on what is stored, which is no answer.
        sent = str(self.version.raw_data[0]) if self.version.raw_data else ""
        return int(sent) if sent.isdecimal() and len(sent) < 10 else 0

    def catch_up(self, version: int) -> None:
        """Let the form, sent again, go over this version: its sender has been shown it."""
        self.version.data, self.version.raw_data = str(version), None
