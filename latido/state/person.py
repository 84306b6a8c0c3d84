"""Somebody who may sign in: what they are, what that allows, and what each of their fields must be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from latido.errors import FieldError
from latido.i18n import LANGUAGES, _

Right = Literal["read", "rows", "export", "import", "settings", "people"]
Role = Literal["owner", "analyst", "lead", "viewer"]
Theme = Literal["system", "light", "dark"]
ROLES: tuple[Role, ...] = get_args(Role)
THEMES: tuple[Theme, ...] = get_args(Theme)
RIGHTS: Mapping[Role, frozenset[Right]] = {
    "owner": frozenset(get_args(Right)),
    "analyst": frozenset({"read", "rows", "export", "import", "settings"}),
    "lead": frozenset({"read", "rows", "export"}),
    "viewer": frozenset({"read"}),
}
LONGEST = 200
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)*")


@dataclass(frozen=True)
class Person:
    """Somebody who may sign in.

    Attributes:
        id: Number.
        name: As others see it.
        email: Address that they sign in with, in small letters.
        role: What they are here.
        teams: The teams that a lead sees; nobody else is limited.
        language: The language that they chose; None for their browser's.
        theme: Light, dark, or as their device is set.
        active: Whether they may still sign in.
        joined: Whether they have used their invitation.
    """

    id: int
    name: str
    email: str
    role: Role
    teams: tuple[str, ...] = ()
    language: str | None = None
    theme: Theme = "system"
    active: bool = True
    joined: bool = True

    @property
    def rights(self) -> frozenset[Right]:
        """What the role allows."""
        return RIGHTS[self.role] if self.active else frozenset()


def checked_name(name: str) -> str:
    """A name, without needless spaces.

    Raises:
        FieldError: It is not.
    """
    plain = " ".join(name.split())
    if not plain or len(plain) > LONGEST:
        raise FieldError("name", _("A name has between 1 and {n} characters.", n=LONGEST))
    return plain


def folded(email: str) -> str:
    """An address as it is kept and looked for."""
    return email.strip().casefold()


def checked_email(email: str) -> str:
    """An address, folded.

    Raises:
        FieldError: It is not.
    """
    plain = folded(email)
    if len(plain) > LONGEST or not _EMAIL.fullmatch(plain):
        raise FieldError("email", _("“{value}” is not an e-mail address.", value=email.strip()[:LONGEST]))
    return plain


def checked_role(role: str) -> Role:
    """One of the roles.

    Raises:
        FieldError: It is not.
    """
    if role not in ROLES:
        raise FieldError(
            "role", _("“{value}” is not a role.", value=role), _("Known: {names}.", names=", ".join(ROLES))
        )
    return role


def checked_teams(role: str, teams: tuple[str, ...]) -> tuple[str, ...]:
    """A lead's teams. Without any a lead would be limited to nothing, or, misread, to everything.

    Raises:
        FieldError: A lead has none.
    """
    named = tuple(dict.fromkeys(team for given in teams if (team := given.strip())))
    if role == "lead" and not named:
        raise FieldError("teams", _("A lead needs a team."), _("Name the teams, separated by commas."))
    return named if role == "lead" else ()


def checked_language(language: str | None) -> str | None:
    """One of the languages; None for none.

    Raises:
        FieldError: It is not.
    """
    if language and language not in LANGUAGES:
        raise FieldError("language", _("“{value}” is not a language of latido.", value=language), _("Write en or es."))
    return language or None


def checked_theme(theme: str) -> Theme:
    """One of the appearances.

    Raises:
        FieldError: It is not.
    """
    if theme not in THEMES:
        raise FieldError("theme", _("“{value}” is not an appearance.", value=theme))
    return theme
