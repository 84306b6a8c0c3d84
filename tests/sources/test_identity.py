from __future__ import annotations

import pytest

from latido.sources.identity import normal_email, normal_phone


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Ana@Example.COM ", "ana@example.com"),
        ("mailto:ana@example.com", "ana@example.com"),
        ("ana", None),
        ("ana@", None),
        ("a b@example.com", None),
        ("", None),
        (None, None),
    ],
)
def test_addresses_compare_in_small_letters(text, address):
    assert normal_email(text) == address


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+34 600-11-22-33", "+34600112233"),
        ("0034600112233", "+34600112233"),
        ("'+34600112233", "+34600112233"),
        ("600 11 22 33 ext. 5", "600112233"),
        ("12", None),
        ("", None),
        (None, None),
    ],
)
def test_telephone_numbers_compare_by_their_digits(text, number):
    assert normal_phone(text) == number
