"""Passwords: what they must be, and how they are kept.

Rules after NIST SP 800-63B-4, section 3.1.1.2: long enough, not the e-mail address, none of the commonest;
no rules of composition, no expiry. They are kept as Argon2id (RFC 9106).
"""

from __future__ import annotations

import os
from base64 import b64encode
from functools import cache
from secrets import token_bytes
from threading import BoundedSemaphore
from unicodedata import normalize

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

from latido.errors import FieldError
from latido.i18n import _
from latido.state.common_passwords import is_common

LEAST, MOST = 10, 200
_HASHER = PasswordHasher()  # Argon2id, 64 MiB: the low-memory profile of RFC 9106
# Each verification takes 64 MiB: more at once than cores would only be a way to exhaust the memory.
_SLOTS = BoundedSemaphore(os.cpu_count() or 1)


def accept(password: str, email: str) -> None:
    """Refuse a password that is too easy to guess.

    Raises:
        FieldError: It breaks a rule; the error says which.
    """
    text = _plain(password)
    if len(text) < LEAST:
        raise FieldError("password", _("A password has {n} characters or more.", n=LEAST), _("Three words will do."))
    if len(text) > MOST:
        raise FieldError("password", _("A password has {n} characters at most.", n=MOST))
    if text.casefold() in {email.casefold(), email.partition("@")[0].casefold()}:
        raise FieldError("password", _("The e-mail address is no password."), _("Three words will do."))
    if is_common(text):
        raise FieldError("password", _("This is one of the passwords that are tried first."), _("Three words will do."))


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _SLOTS:
        return _HASHER.hash(_plain(password))


def fits(kept: str | None, password: str) -> bool:
    """Whether this is the password; it takes as long where there is none, so that time tells nothing."""
    with _SLOTS:
        try:
            return _HASHER.verify(kept or _nobodys(), _plain(password)) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def outdated(kept: str) -> bool:
    """Whether it was kept with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobodys() -> str:
    """What looks like a kept password and is none: no password can be found that fits random bytes."""
    cost = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    salt, tag = (b64encode(token_bytes(n)).decode().rstrip("=") for n in (_HASHER.salt_len, _HASHER.hash_len))
    return f"$argon2id$v={ARGON2_VERSION}${cost}${salt}${tag}"


def _plain(password: str) -> str:
    """The same letters typed on another keyboard are the same password (NIST SP 800-63B-4: NFKC)."""
    return normalize("NFKC", password)[: MOST + 1]
