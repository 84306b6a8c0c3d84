"""What a password must be, and how it is kept."""

from __future__ import annotations

import pytest

from latido.errors import FieldError
from latido.state import passwords


@pytest.mark.parametrize(
    "password", ["correct horse battery", "mañana llueve", "pvn8 kf2ww q", "Ana trabaja aquí", "x" * 3 + "yzt4711-klm"]
)
def test_a_long_password_needs_nothing_else(password: str) -> None:
    passwords.accept(password, "ana@example.com")


@pytest.mark.parametrize(
    ("password", "rule"),
    [
        ("ninechars", "10 characters or more"),
        ("a1" * 101, "200 characters at most"),
        ("Anabel.Lopez", "address is no password"),
        ("anabel.lopez@example.com", "address is no password"),
        ("password123", "tried first"),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(password: str, rule: str) -> None:
    with pytest.raises(FieldError, match=rule) as caught:
        passwords.accept(password, "anabel.lopez@example.com")
    assert caught.value.field == "password"


def test_what_is_kept_says_nothing_of_the_password() -> None:
    assert passwords.hashed("three plain words") != passwords.hashed("three plain words")


def test_the_same_letters_from_another_keyboard_fit() -> None:
    assert passwords.fits(passwords.hashed("contrase\u00f1a larga"), "contrasen\u0303a larga")


def test_nothing_fits_where_no_password_is_kept() -> None:
    assert not passwords.fits(None, "nobody has this password")


def test_nobodys_password_costs_as_much_as_anybodys() -> None:
    assert passwords._nobodys().split("$")[:4] == passwords.hashed("three plain words").split("$")[:4]


def test_what_is_no_hash_fits_nothing() -> None:
    assert not passwords.fits("plain text", "plain text")


def test_what_is_kept_today_is_not_outdated() -> None:
    assert not passwords.outdated(passwords.hashed("three plain words"))
