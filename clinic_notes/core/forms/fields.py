"""The fields of forms: lines, texts, numbers, and choices of keys.

``value`` is what a field holds as drafts and actions take it, "" or None where nothing was entered.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar
from unicodedata import category

from wtforms import SelectField, StringField
from wtforms.fields.core import Field
from wtforms.validators import Length, Optional, StopValidation
from wtforms.widgets import TextArea

from clinic_notes.clinical.limits import Limits
from clinic_notes.clinical.spelling.normal_form import normal_line, normal_lines, says_nothing
from clinic_notes.core.db import LABEL, LONG_TEXT
from clinic_notes.core.forms.browser_limits import TYPED, limits_json

Choices = tuple[tuple[str, str], ...]
"""Pairs of key and label."""


def in_normal_form(form: Callable[[str], str]) -> Callable[[Any], Any]:
    """Return a filter that brings what was typed into its normal form: the one place for it."""
    return lambda text: form(text) if isinstance(text, str) else text


class NoControlCharacters:
    """Refuse control characters: no store and no printout can keep them."""

    def __call__(self, form: Any, field: Field) -> None:
        """Name the first of them."""
        text = field.data or ""
        if text.isprintable():
            return
        for character in text:
            if category(character) in ("Cc", "Cs") and character not in "\n\t":
                raise StopValidation(
                    f"{field.label.text} contains a control character (U+{ord(character):04X}); "
                    "please delete it."
                )


class Required:
    """Ask for what is missing, by its name."""

    field_flags: ClassVar = {"required": True}

    def __init__(self, label: str) -> None:
        self.label = label

    def __call__(self, form: Any, field: Field) -> None:
        """Refuse an empty field; text that could not be read is not missing."""
        if field.data is not None and field.data != "":
            if isinstance(field, Line) and says_nothing(field.data):
                raise StopValidation(f"{self.label}: write it with letters or digits.")
            return
        if field.process_errors and any(str(text).strip() for text in field.raw_data or ()):
            raise StopValidation
        field.errors = []
        raise StopValidation(f"{self.label} is needed.")


@cache
def _validators(label: str, max_length: int, *, required: bool) -> tuple[Any, ...]:
    message = f"Please keep this to {max_length:,} characters."
    presence = Required(label) if required else Optional()
    return presence, NoControlCharacters(), Length(max=max_length, message=message)


class Line(StringField):
    """A short line of text, at most 200 characters unless it says otherwise."""

    normal_form = staticmethod(in_normal_form(normal_line))

    def __init__(
        self, label: str, *, required: bool = False, max_length: int = LABEL, **kw: Any
    ) -> None:
        validators = _validators(label, max_length, required=required)
        super().__init__(label, validators, [self.normal_form], **kw)

    @property
    def value(self) -> str:
        """The text, "" where blank."""
        return self.data or ""


class LongText(Line):
    """Free text of any number of lines, at most 20,000 characters."""

    widget = TextArea()
    normal_form = staticmethod(in_normal_form(normal_lines))

    def __init__(self, label: str, **kw: Any) -> None:
        super().__init__(label, max_length=LONG_TEXT, **kw)


NUMBER = re.compile(r"(?![+-]?[1-9]\d{0,2}\.\d{3}$)[+-]?(\d{1,4}(\.\d{0,9})?|\.\d{1,9})")
"""Digits and at most one point. Python reads more as a number: 1e9, NaN, a million nines.

1.000 is none: to half of the world it is a thousand, to the other half one.
"""
_IN_THOUSANDS = re.compile("[+-]?[1-9]\\d{0,2}([., '\u2019\u00a0\u2009\u202f]\\d{3})+")


class Number(StringField):
    """A number as it was typed; None where blank. The decimal sign is a point: "3,5" is refused.

    ``limits`` are only named where the text is no number; the rules check them.
    """

    def __init__(
        self,
        label: str,
        *,
        whole: bool = False,
        unit: str = "",
        limits: Limits | None = None,
        **kw: Any,
    ) -> None:
        super().__init__(label, **kw)
        self.whole, self.unit, self.limits = whole, unit, limits
        self.decimals = 0 if whole else 2
        self.typed = ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the number, keeping what was typed."""
        self.typed = str(valuelist[0]).strip() if valuelist else ""
        self.data: Any = None
        if not self.typed:
            return
        text = self.typed.replace("\N{MINUS SIGN}", "-")
        number = Decimal(text) if NUMBER.fullmatch(text) else None
        if number is None or number != round(number, self.decimals):
            message = self.not_a_number(self.typed[:40])
            if _IN_THOUSANDS.fullmatch(text):
                message += " Write thousands without a separator, and at most two decimals."
            raise ValueError(message)
        self.data = int(number) if self.whole else number

    @property
    def is_untouched(self) -> bool:
        """Say whether nothing was entered, not even something that is no number."""
        return self.data is None and not self.typed

    def not_a_number(self, typed: str) -> str:
        """Return the message about text that is no number."""
        is_whole = self.whole or (self.limits is not None and not self.limits.decimals)
        kind = "a whole number" if is_whole else "a number such as 3.5"
        unit = f" in {self.unit}" if self.unit else ""
        allowed = f"; allowed: {self.limits.in_words}" if self.limits else ""
        return f"“{typed}” is not {kind}{unit}{allowed}."

    def limits_json(self, limits: Limits | None = None) -> str:
        """Return, for the page's script, its limits, or those of what the row measures."""
        message = self.not_a_number(TYPED)
        return limits_json(NUMBER.pattern, message, self.decimals, limits or self.limits)

    def may_be_negative(self, limits: Limits | None = None) -> bool:
        """Say whether a minus may be needed: the number pad of some tablets has none."""
        limits = limits or self.limits
        return limits is not None and limits.least < 0

    def _value(self) -> str:
        if self.typed or self.data is None:
            return self.typed
        return f"{self.data:f}" if isinstance(self.data, Decimal) else str(self.data)


class ChoiceField(SelectField):
    """One of several keys, "" where none was chosen; an unknown key is refused in words."""

    def __init__(
        self,
        label: str,
        choices: Iterable[tuple[str, str]] | Callable[[], Choices] = (),
        *,
        blank: str | None = "",
        value_type: Callable[[str], Any] | None = None,
        **kw: Any,
    ) -> None:
        """Take pairs of key and label, with a blank pair first unless ``blank`` is None.

        ``value_type`` is what a key is read as: a vocabulary, or int.
        """
        super().__init__(label, validate_choice=False, **kw)
        if not callable(choices) and blank is not None:
            choices = (("", blank), *choices)
        self.choices = choices
        self.value_type = value_type

    @property
    def choices(self) -> Any:
        """The pairs of key and label. (WTForms would make objects, which no cache can hold.)"""
        return self._choices() if callable(self._choices) else self._choices

    @choices.setter
    def choices(self, choices: Any) -> None:
        self._choices = choices if callable(choices) else tuple(choices or ())

    @property
    def selected(self) -> str:
        """The selected key, "" where none is."""
        return str(self.data or "")

    @property
    def selected_label(self) -> str:
        """The label of the selected key, "" where none is."""
        return dict(with_unlisted(self.choices, self.selected))[self.selected] if self.data else ""

    @property
    def value(self) -> Any:
        """The selected key as what it is read as, then None where none is; ValueError."""
        if self.value_type is None:
            return self.selected
        return self.value_type(self.selected) if self.data else None

    def pre_validate(self, form: Any) -> None:
        """Refuse a key that is not offered: unknown, retired, or another clinic's."""
        if is_unlisted(self.choices, self.selected):
            raise StopValidation(
                f"{self.label.text}: “{str(self.data)[:40]}” cannot be chosen here."
            )


def is_unlisted(choices: Choices, selected: str) -> bool:
    """Say whether a key is selected that is not offered."""
    return bool(selected) and selected not in [key for key, _ in choices]


def is_readable(field: Any) -> bool:
    """Say whether a field that nobody checked yet holds a key it offers, or no key at all."""
    return not isinstance(field, ChoiceField) or not is_unlisted(field.choices, field.selected)


def with_unlisted(choices: Choices, *selected: str) -> Choices:
    """Return what is offered, and what is selected though it is not: it must not vanish."""
    foreign = [key for key in dict.fromkeys(selected) if is_unlisted(choices, key)]
    return (*choices, *((key, f"{key} (not on the list)") for key in foreign))
