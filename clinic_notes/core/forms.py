"""What every form of the house does: strip, refuse control characters, say limits in words."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from wtforms import (
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.core import Field
from wtforms.validators import Length, Optional, StopValidation

from clinic_notes.core import once
from clinic_notes.core.db import LABEL, PROSE

Choices = Sequence[tuple[str, str]]


def tidy(text: Any) -> Any:
    """Drop white space at the ends and carriage returns; leave every other character."""
    return text.replace("\r\n", "\n").strip() if isinstance(text, str) else text


class Plain:
    """Refuse control characters: no store and no printout can keep them."""

    def __call__(self, form: Any, field: Field) -> None:
        """Name the first character that cannot be kept."""
        for character in field.data or "":
            if ord(character) < 32 and character not in "\n\t":
                raise StopValidation(
                    f"{field.label.text} contains a control character (U+{ord(character):04X}); "
                    "please delete it."
                )


class Line(StringField):
    """A short line of text, at most 200 characters."""

    def __init__(self, label: str, *, required: bool = False, most: int = LABEL, **kw: Any) -> None:
        """Make a line; a required one says so in words."""
        super().__init__(
            label, [Required(label) if required else Optional(), Plain(), within(most)], **kw
        )


class Prose(TextAreaField):
    """Free text of any number of lines, at most 20,000 characters."""

    def __init__(self, label: str, *, required: bool = False, **kw: Any) -> None:
        """Make a text; a required one says so in words."""
        super().__init__(
            label, [Required(label) if required else Optional(), Plain(), within(PROSE)], **kw
        )


def within(most: int) -> Length:
    """Refuse text longer than ``most`` characters."""
    return Length(max=most, message=f"Please keep this to {most:,} characters.")


class Required:
    """Something must be there; says what."""

    field_flags: ClassVar = {"required": True}

    def __init__(self, label: str) -> None:
        """Remember what to ask for."""
        self.label = label

    def __call__(self, form: Any, field: Field) -> None:
        """Ask for what is missing."""
        if field.data is None or field.data == "":
            raise StopValidation(f"{self.label} is needed.")


class Number(StringField):
    """A number as a therapist types it; None where blank. Point or nothing: "3,5" is refused."""

    def __init__(self, label: str, *, whole: bool = False, unit: str = "", **kw: Any) -> None:
        """Make a field of decimals, or of whole numbers."""
        super().__init__(label, [Optional()], **kw)
        self.whole, self.unit = whole, unit
        self.typed = ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the number, keeping what was typed."""
        self.typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not self.typed:
            return
        try:
            number = Decimal(self.typed.replace("\N{MINUS SIGN}", "-"))
        except InvalidOperation:
            raise ValueError(self._wanted()) from None
        if not number.is_finite() or abs(number) >= 10_000 or self._is_too_fine(number):
            raise ValueError(self._wanted())
        self.data = int(number) if self.whole else number

    def _is_too_fine(self, number: Decimal) -> bool:
        exponent = number.normalize().as_tuple().exponent
        return isinstance(exponent, int) and exponent < (0 if self.whole else -2)

    def _wanted(self) -> str:
        kind = "a whole number" if self.whole else "a number such as 3.5"
        unit = f" in {self.unit}" if self.unit else ""
        return f"“{self.typed[:40]}” is not {kind}{unit}."

    def _value(self) -> str:
        if self.typed:
            return self.typed
        return (
            ""
            if self.data is None
            else f"{self.data:f}"
            if isinstance(self.data, Decimal)
            else str(self.data)
        )


class Pick(SelectField):
    """One of several keys, "" where nothing was picked; an unknown key is refused in words."""

    def __init__(
        self,
        label: str,
        choices: Choices | Callable[[], Choices] = (),
        *,
        blank: str | None = "",
        **kw: Any,
    ) -> None:
        """Offer the choices, after a blank one unless ``blank`` is None; a function is asked."""
        if not callable(choices) and blank is not None:
            choices = [("", blank), *choices]
        super().__init__(label, validate_choice=False, **kw)
        # Pairs are the house's way; WTForms warns of them when they come with the constructor.
        self.choices = choices

    def pre_validate(self, form: Any) -> None:
        """Refuse a key that is not offered: unknown, retired, or another clinic's."""
        if self.data and self.data not in {str(key) for key, _ in self.choices}:
            raise StopValidation(
                f"{self.label.text}: “{str(self.data)[:40]}” cannot be chosen here."
            )


class Rows(FieldList):
    """Any number of sub-forms up to ``most``; more are refused in words, none dropped silently."""

    def __init__(self, row: type[Form], *, most: int, **kw: Any) -> None:
        """Hold rows of one form."""
        super().__init__(FormField(row), max_entries=most, default=(), **kw)
        self.most, self.sent = most, 0

    def process(self, formdata: Any, *args: Any, **kw: Any) -> None:
        """Count what was sent before the surplus is left out."""
        if formdata:
            self.sent = len(set(self._extract_indices(self.name, formdata)))
        super().process(formdata, *args, **kw)

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Refuse more rows than the record has room for."""
        is_valid = super().validate(form, extra_validators)
        if self.sent > self.most:
            self.too_many = f"At most {self.most} rows fit here; {self.sent} were sent."
            return False
        return is_valid


class RowForm(Form):
    """A row of a bigger form. Its id says which stored row it is; new rows have none."""

    id = IntegerField(widget=None, validators=[Optional()])

    class Meta:
        """Strip every text."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Add the house's filter to each field."""
            return _bind(form, unbound_field, options)

    def is_blank(self) -> bool:
        """Say whether nothing was typed or chosen in this row."""
        return not any(field.data or field.data == 0 or field.errors for field in self)


class HouseForm(FlaskForm):
    """A page's form: CSRF token, a token against double sending, stripped text."""

    once = HiddenField(default=once.new_token)

    class Meta(FlaskForm.Meta):
        """Strip every text."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Add the house's filter to each field."""
            return _bind(form, unbound_field, options)

    def complaints(self) -> Iterator[tuple[str, str]]:
        """Yield (field id, message) for the summary at the top of a refused form."""
        return _complaints(self)

    def refuse(self, about: str, message: str) -> None:
        """Put a rule's message beside the field named ``about``, as ``uses-0-minutes``."""
        field = _find(self, about)
        if field is None:
            self.form_errors.append(message)
        else:
            field.errors = [*field.errors, message]


def _bind(form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
    filters = [] if issubclass(unbound_field.field_class, FieldList | FormField) else [tidy]
    given = unbound_field.kwargs.get("filters", [])
    if filters:
        options = {**options, "filters": [*given, *filters]}
    return unbound_field.bind(form=form, **options)


def _find(form: Any, name: str) -> Any:
    for field in form:
        if field.name == name:
            return field
        if isinstance(field, FieldList | FormField) and name.startswith(f"{field.name}-"):
            inner = field if isinstance(field, FieldList) else field.form
            return _find(inner, name)
    return None


def _complaints(fields: Any) -> Iterator[tuple[str, str]]:
    for field in fields:
        if isinstance(field, FormField):
            yield from _complaints(field.form)
        elif isinstance(field, FieldList):
            if getattr(field, "too_many", ""):
                yield field.id, field.too_many
            yield from _complaints(field)
        else:
            for message in field.errors:
                yield field.id, str(message)
