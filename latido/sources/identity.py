"""Addresses and telephone numbers as they can be compared between systems."""

from __future__ import annotations

import re

from latido.sources.rows import Rows

_EXTENSION = re.compile(r"(?:ext|x|#).*$", re.IGNORECASE)
_NOT_DIGITS = re.compile(r"\D")
SHORTEST_PHONE = 6


def normal_email(text: str | None) -> str | None:
    """An e-mail address in small letters, without spaces and `mailto:`; None where it is none.

    >>> normal_email(" Ana.Ruiz@Example.COM ")
    'ana.ruiz@example.com'
    """
    address = (text or "").strip().casefold().removeprefix("mailto:")
    name, at, domain = address.partition("@")
    return address if name and at and "." in domain and " " not in address else None


def normal_phone(text: str | None) -> str | None:
    """A telephone number as digits, `+` before them where it is international; None where it is none.

    >>> normal_phone("0034 (600) 11-22-33 ext. 4")
    '+34600112233'
    """
    number = _EXTENSION.sub("", (text or "").strip().lstrip("'"))
    digits = _NOT_DIGITS.sub("", number)
    if len(digits) < SHORTEST_PHONE:
        return None
    if number.startswith("+"):
        return f"+{digits}"
    return f"+{digits[2:]}" if digits.startswith("00") else digits


def add_identities(
    rows: Rows, number: int, system: str, customer: str, *, email: str | None = None, phone: str | None = None
) -> None:
    """Add what a system knows a customer by: its own identifier, and the address and number it has."""
    known = {"id": customer, "email": normal_email(email), "phone": normal_phone(phone)}
    for kind, value in known.items():
        if value:
            rows.add(number, system=system, kind=kind, value=value, customer_id=customer)
