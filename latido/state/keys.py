"""Random keys that are handed out once: whoever reads the database cannot use what is stored of them."""

from __future__ import annotations

from hashlib import sha256
from secrets import token_urlsafe

BYTES = 32


def draw(prefix: str = "") -> str:
    """A new key of 256 random bits, as text that fits an address or a header."""
    return prefix + token_urlsafe(BYTES)


def digest(key: str) -> str:
    """What is stored of a key. One plain hash is enough: 256 random bits cannot be guessed."""
    return sha256(key.encode()).hexdigest()
