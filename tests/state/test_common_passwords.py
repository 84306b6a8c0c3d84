"""The passwords that are tried first."""

from __future__ import annotations

import pytest

from latido.state.common_passwords import is_common


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaa", "abababababab", "123123123123", "1234567890", "0987654321", "qwertyuiop", "poiuytrewq",
        "abcdefghij", "qwerty123456", "1qaz2wsx3edc", "password2026", "P@ssw0rd!!!!", "Contraseña1", "123contraseña",
        "Bienvenido2025", "passwordpassword", "administrador", "summer2026!!!", "iloveyou123",
    ],
)  # fmt: skip
def test_made_by_a_common_rule(password: str) -> None:
    assert is_common(password)


@pytest.mark.parametrize(
    "password", ["correct horse battery", "mi perro ladra", "password manager rocks", "t7#kQp2-xvLm", "4711 kölnisch"]
)
def test_made_by_none(password: str) -> None:
    assert not is_common(password)
