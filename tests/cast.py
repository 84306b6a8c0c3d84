"""The people whom tests let in, and keep out."""

from __future__ import annotations

from typing import NamedTuple

from latido.state import Person, State

PASSWORD = "three plain words"


class Cast(NamedTuple):
    """One of each role; the outsider is nobody, and must get nothing."""

    owner: Person
    analyst: Person
    lead: Person
    viewer: Person


def cast_of(state: State) -> Cast:
    """Let everybody join; they have no passwords, which take long to keep."""
    add = state.people.add
    return Cast(
        add("Olga Owner", "owner@example.com", "owner", joined=True),
        add("Ana Analyst", "analyst@example.com", "analyst", joined=True),
        add("Leo Lead", "lead@example.com", "lead", teams=("Ventas",), joined=True),
        add("Vera Viewer", "viewer@example.com", "viewer", joined=True),
    )
