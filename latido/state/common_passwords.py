"""The passwords that are tried first, by the rules by which people make them."""

from __future__ import annotations

import re

# Runs of keys, in the directions in which fingers go.
_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "1qaz2wsx3edc4rfv5tgb")
_SPOKEN = (
    "password passwort contraseña contrasena clave secret secreto admin administrator administrador welcome bienvenido "
    "letmein login iloveyou teamo tequiero monkey dragon football futbol baseball superman batman sunshine princess "
    "princesa master shadow summer verano winter invierno spring primavera autumn otoño january enero monday lunes "
    "company empresa changeme default guest invitado test testing prueba latido support soporte service servicio"
)
_WORDS = tuple(sorted(_SPOKEN.split(), key=len, reverse=True))
_LEET = str.maketrans("0134578@$!+", "oieastbasit")
_EDGE = re.compile(r"^[\W\d_]+|[\W\d_]+$")


def is_common(password: str) -> bool:
    """Whether a password is made by one of the common rules.

    One character or a short piece again and again; a run of keys; a common word, spelt with digits or followed by
    a year or by signs.

    >>> [is_common(p) for p in ("aaaaaaaaaa", "1234567890", "P4ssw0rd2026!", "correct horse battery")]
    [True, True, True, False]
    """
    text = password.casefold()
    return _repeats(text) or _runs(text) or _is_word(text)


def _repeats(text: str) -> bool:
    return any(text == (text[:n] * len(text))[: len(text)] for n in range(1, 5))


def _runs(text: str) -> bool:
    """Whether the text is one run of neighbouring keys or two, forwards or back."""
    rows = [line for row in _ROWS for line in (row * 2, row[::-1] * 2)]
    cuts = [(text[:n], text[n:]) for n in range(3, len(text) + 1)]
    return any(all(any(part in row for row in rows) for part in cut) for cut in cuts)


def _is_word(text: str) -> bool:
    """Whether it is a common word, once or more, with whatever signs and digits around it."""
    bare = [_EDGE.sub("", spelt) for spelt in (text, text.translate(_LEET))] + [_EDGE.sub("", text).translate(_LEET)]
    return any(spelt and not spelt.replace(word, "") for spelt in bare for word in _WORDS)
