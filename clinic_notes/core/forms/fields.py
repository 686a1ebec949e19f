"""The fields: lines, texts, numbers, and one of several keys."""

import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any, ClassVar
from unicodedata import category

from wtforms import SelectField, StringField, TextAreaField
from wtforms.fields.core import Field
from wtforms.validators import Length, Optional, StopValidation

from clinic_notes.clinical.limits import Limits
from clinic_notes.core.db import LABEL, LONG_TEXT
from clinic_notes.core.forms import browser_limits
from clinic_notes.core.forms.rendering import Choices, is_foreign, with_foreign


def strip_text(text: Any) -> Any:
    """Drop white space at the ends and carriage returns; leave every other character."""
    return text.replace("\r\n", "\n").strip() if isinstance(text, str) else text


def max_length(most: int) -> Length:
    """Refuse text longer than ``most`` characters."""
    return Length(max=most, message=f"Please keep this to {most:,} characters.")


class NoControlCharacters:
    """Refuse control characters: no store and no printout can keep them."""

    def __call__(self, form: Any, field: Field) -> None:
        """Name the first of them."""
        text = field.data or ""
        if text.isprintable():
            return
        unprintable = (c for c in text if category(c) in ("Cc", "Cs") and c not in "\n\t")
        character = next(unprintable, "")
        if character:
            raise StopValidation(
                f"{field.label.text} contains a control character (U+{ord(character):04X}); "
                "please delete it."
            )


class Required:
    """Something must be there; says what."""

    field_flags: ClassVar = {"required": True}

    def __init__(self, label: str) -> None:
        """Remember what to ask for."""
        self.label = label

    def __call__(self, form: Any, field: Field) -> None:
        """Ask for what is missing; what was typed and could not be read is not missing."""
        if field.data is not None and field.data != "":
            return
        if field.process_errors and any(str(text).strip() for text in field.raw_data or ()):
            raise StopValidation
        field.errors = []
        raise StopValidation(f"{self.label} is needed.")


class Line(StringField):
    """A short line of text, at most 200 characters."""

    def __init__(self, label: str, *, required: bool = False, most: int = LABEL, **kw: Any) -> None:
        """Make a line; a required one says so in words."""
        super().__init__(label, _validators(label, most, required=required), [strip_text], **kw)


class LongText(TextAreaField):
    """Free text of any number of lines, at most 20,000 characters."""

    def __init__(self, label: str, *, required: bool = False, **kw: Any) -> None:
        """Make a text; a required one says so in words."""
        validators = _validators(label, LONG_TEXT, required=required)
        super().__init__(label, validators, [strip_text], **kw)


def _validators(label: str, most: int, *, required: bool) -> list[Any]:
    return [Required(label) if required else Optional(), NoControlCharacters(), max_length(most)]


NUMBER = re.compile(r"[+-]?(\d{1,4}(\.\d{0,9})?|\.\d{1,9})")
"""Figures and at most a point. Python reads more as a number: 1e9, NaN, a million nines."""


class Number(StringField):
    """A number as a therapist types it; None where blank. Point or nothing: "3,5" is refused.

    ``limits`` are only named where what was typed is no number; a rule keeps them.
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
        """Make a field of decimals, or of whole numbers."""
        super().__init__(label, [Optional()], **kw)
        self.whole, self.unit, self.limits = whole, unit, limits
        self.typed = ""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        """Read the number, keeping what was typed."""
        self.typed = str(valuelist[0]).strip() if valuelist else ""
        self.data: Any = None
        if not self.typed:
            return
        plain = self.typed.replace("\N{MINUS SIGN}", "-")
        if not NUMBER.fullmatch(plain) or self._is_too_fine(Decimal(plain)):
            raise ValueError(self.not_a_number(self.typed[:40]))
        number = Decimal(plain)
        self.data = int(number) if self.whole else number

    def _is_too_fine(self, number: Decimal) -> bool:
        exponent = number.normalize().as_tuple().exponent
        return isinstance(exponent, int) and exponent < -self.decimals

    @property
    def is_untouched(self) -> bool:
        """Say whether nothing was entered, not even something that is no number."""
        return self.data is None and not self.typed

    @property
    def decimals(self) -> int:
        """Return how many decimals are read as a number at all."""
        return 0 if self.whole else 2

    def not_a_number(self, typed: str) -> str:
        """Return the message about something typed that is no number."""
        is_whole = self.whole or (self.limits is not None and not self.limits.decimals)
        kind = "a whole number" if is_whole else "a number such as 3.5"
        unit = f" in {self.unit}" if self.unit else ""
        allowed = f"; allowed: {self.limits.in_words}" if self.limits else ""
        return f"“{typed}” is not {kind}{unit}{allowed}."

    def limits_json(self, limits: Limits | None = None) -> str:
        """Return, for the page's script, its limits, or those of what the row measures."""
        message = self.not_a_number(browser_limits.TYPED)
        limits = limits or self.limits
        return browser_limits.limits_json(NUMBER.pattern, message, self.decimals, limits)

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
        **kw: Any,
    ) -> None:
        """Offer the choices, after a blank one unless ``blank`` is None.

        A function is asked for them each time they are needed.
        """
        if not callable(choices):
            choices = tuple(choices) if blank is None else (("", blank), *choices)
        super().__init__(label, validate_choice=False, **kw)
        # WTForms wants its own objects in the constructor; pairs are what macros and caches take.
        self._choices: Any = choices

    @property
    def choices(self) -> Any:
        """Return the (key, label) pairs offered."""
        return self._choices() if callable(self._choices) else self._choices

    @choices.setter
    def choices(self, choices: Any) -> None:
        self._choices = choices if callable(choices) else tuple(choices)

    @property
    def selected(self) -> str:
        """Return the key that is chosen, "" where none is."""
        return str(self.data or "")

    @property
    def choices_with_selected(self) -> Choices:
        """Return what is offered, and the chosen key though it is not."""
        return with_foreign(self.choices, self.selected)

    @property
    def selected_label(self) -> str:
        """Return the words of the chosen key, "" where none is chosen."""
        return dict(self.choices_with_selected)[self.selected] if self.selected else ""

    def pre_validate(self, form: Any) -> None:
        """Refuse a key that is not offered: unknown, retired, or another clinic's."""
        if is_foreign(self.choices, self.selected):
            raise StopValidation(
                f"{self.label.text}: “{str(self.data)[:40]}” cannot be chosen here."
            )
