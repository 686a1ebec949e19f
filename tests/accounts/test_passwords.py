"""Which passwords are good enough."""

import pytest
from flask import Flask

from clinic_notes.accounts import passwords
from clinic_notes.accounts.models import User
from tests.cast import PASSWORD, Cast

ABOUT = ("Maya Reyes", "maya@demo.clinic", "Riverside clinic")


@pytest.mark.parametrize(
    "typed",
    ["seven quiet herons", "ünïcödé pässwörd", "x7#kQ!9pLm2$", "a" * 5 + " long row of words" * 8],
    ids=["words", "accents", "twelve signs", "long"],
)
def test_a_good_password_has_nothing_wrong(typed: str) -> None:
    assert passwords.weakness(typed, ABOUT) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("elevenchars", "at least 12"),
        ("  elevenchars  ", "at least 12"),
        ("x" * 201, "at most 200"),
        ("Password1234", "anybody would try"),
        ("correct horse battery staple", "anybody would try"),
        ("121212121212", "anybody would try"),
        ("123456789abc", "anybody would try"),
        ("physiotherapist1", "anybody would try"),
        ("qwertyuiop12", "anybody would try"),
        ("Maya Reyes 2026", "made of a name"),
        ("maya@demo.clinic", "made of a name"),
        ("RiversideClinic1", "made of a name"),
    ],
)
def test_a_weak_password_is_refused_in_words(typed: str, said: str) -> None:
    assert said in (passwords.weakness(typed, ABOUT) or "")


def test_a_password_is_known_again_and_no_other(app: Flask, cast: Cast) -> None:
    with app.app_context():
        assert passwords.is_password(cast.maya, PASSWORD)
        assert not passwords.is_password(cast.maya, PASSWORD.upper())
        assert not passwords.is_password(cast.maya, "")
        assert not passwords.is_password(None, PASSWORD)


def test_a_person_without_a_password_has_none_that_fits(app: Flask) -> None:
    with app.app_context():
        assert not passwords.is_password(User(enabled=True, password_hash=None), "")


def test_the_same_letters_are_the_same_password_from_every_keyboard(app: Flask) -> None:
    with app.app_context():
        composed, in_pieces = "p\u00e4sswort im glas", "pa\u0308sswort im glas"
        person = User(enabled=True, password_hash=passwords.hash_password(composed))
        assert passwords.is_password(person, in_pieces)


def test_a_password_is_kept_as_argon2id_with_its_own_salt(app: Flask) -> None:
    with app.app_context():
        first, second = (passwords.hash_password(PASSWORD) for _ in range(2))
        assert first.startswith("$argon2id$")
        assert first != second
        assert PASSWORD not in first
