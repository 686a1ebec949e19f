"""Forms of accounts: sign-in, passwords, people, set-up."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from wtforms import HiddenField, PasswordField, SelectField, StringField, ValidationError
from wtforms.validators import EqualTo, Length, Regexp

from clinic_notes.accounts import passwords
from clinic_notes.core.forms.base import BaseForm
from clinic_notes.core.forms.fields import ChoiceField, Line, LongText, Required
from clinic_notes.core.permissions import Role

ROLES = [
    (Role.THERAPIST.value, "Therapist"),
    (Role.ASSISTANT.value, "Assistant (needs a co-signature)"),
    (Role.MANAGER.value, "Manager"),
    (Role.ADMINISTRATOR.value, "Administrator"),
]


def text_of(field: StringField | SelectField) -> str:
    """Return the text of a field, "" without one."""
    return field.data or ""


@cache
def time_zones() -> tuple[tuple[str, str], ...]:
    """Return the time zones a clinic can be in, by continent and town, after a blank one."""
    towns = sorted(zone for zone in available_timezones() if _is_town(zone))
    return tuple((zone, zone) for zone in ("", *towns, "UTC"))


def _is_town(zone: str) -> bool:
    return "/" in zone and not zone.startswith(("Etc/", "SystemV/", "US/", "posix/", "right/"))


class EmailLine(Line):
    """An e-mail address as it is typed; it is stored in lower case."""

    def __init__(self, label: str, **kw: Any) -> None:
        super().__init__(label, required=True, **kw)
        is_address = Regexp(
            r"^[^@\s]+@[^@\s]+\.[^@\s]+$", message="Please write it as name@clinic.example."
        )
        self.validators = [*self.validators, is_address]


class SignInForm(BaseForm):
    """E-mail and password, and where to go next."""

    email = Line("E-mail", required=True)
    password = PasswordField("Password", [Required("The password"), Length(max=1000)])
    next = HiddenField()


class ReauthenticateForm(BaseForm):
    """The password of the user who was signed out, and the address of the form they sent."""

    email = HiddenField()
    path = HiddenField()
    password = PasswordField("Password", [Required("The password"), Length(max=1000)])


def _new_password() -> PasswordField:
    return PasswordField("Password", [Required("A password")])


def _password_again() -> PasswordField:
    is_same = EqualTo("password", "The two passwords are not the same.")
    return PasswordField("Password again", [is_same])


def _refuse_weak(field: PasswordField, about: tuple[str, ...]) -> None:
    weakness = passwords.weakness(text_of(field), about)
    if weakness:
        raise ValidationError(weakness)


class NewPassword(BaseForm):
    """A new password, twice. ``about`` are names it must not be made of."""

    about: tuple[str, ...] = ()

    password = _new_password()
    repeat = _password_again()

    def validate_password(self, field: PasswordField) -> None:
        """Refuse a password that is easy to guess."""
        _refuse_weak(field, self.about)


class ChangePasswordForm(BaseForm):
    """The password there is, and the new one, twice. ``about`` as for NewPassword."""

    about: tuple[str, ...] = ()

    password = PasswordField("Password now", [Required("Your password"), Length(max=1000)])
    new_password = PasswordField("New password", [Required("A new password")])
    repeat = PasswordField(
        "New password again", [EqualTo("new_password", "The two new passwords are not the same.")]
    )

    def validate_new_password(self, field: PasswordField) -> None:
        """Refuse a password that is easy to guess."""
        _refuse_weak(field, self.about)


class ConfirmationForm(BaseForm):
    """Whom a colleague confirms, and the code on that person's page."""

    person = ChoiceField("Colleague", validators=[Required("A colleague")])
    code = Line("Code", required=True, max_length=20)

    def __init__(self, waiting: list[tuple[str, str]]) -> None:
        """Offer those who wait to be confirmed, as pairs of id and name; one alone is chosen."""
        super().__init__()
        self.person.choices = waiting if len(waiting) == 1 else [("", ""), *waiting]


class PersonForm(BaseForm):
    """A person to add, and their role."""

    name = Line("Name", required=True)
    email = EmailLine("E-mail")
    credentials = Line("Credentials", max_length=60)
    role = ChoiceField("Role", ROLES, validators=[Required("A role")])


class SetupForm(NewPassword):
    """A clinic, and the person who looks after its accounts."""

    clinic = Line("Clinic", required=True)
    time_zone = ChoiceField("Time zone", time_zones, validators=[Required("The time zone")])
    letterhead = LongText("Letterhead")
    name = Line("Your name", required=True)
    email = EmailLine("Your e-mail")
    # Defined here again, so that they come last in the list of errors.
    password = _new_password()
    repeat = _password_again()

    def __init__(self) -> None:
        """Refuse a password made of the other fields."""
        super().__init__()
        self.about = (text_of(self.name), text_of(self.email), text_of(self.clinic))
