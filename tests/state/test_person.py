"""What each role allows."""

from __future__ import annotations

import pytest

from latido.state.person import RIGHTS, Person, Role


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        ("owner", {"read", "rows", "export", "import", "settings", "people"}),
        ("analyst", {"read", "rows", "export", "import", "settings"}),
        ("lead", {"read", "rows", "export"}),
        ("viewer", {"read"}),
    ],
)
def test_a_role_allows(role: Role, rights: set[str]) -> None:
    assert Person(1, "Ana", "ana@example.com", role).rights == rights


def test_each_role_has_its_rights() -> None:
    assert list(RIGHTS) == ["owner", "analyst", "lead", "viewer"]
