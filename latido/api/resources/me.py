"""`/me` and `/version`: who asks, and what answers."""

from __future__ import annotations

from datetime import datetime
from importlib.metadata import version as installed
from typing import Literal

from pydantic import BaseModel

from latido.api.call import Asking
from latido.api.groups import SELF
from latido.api.meaning import about
from latido.api.operation import Operation, admit
from latido.i18n import _, language
from latido.state import Right, Role


class Me(BaseModel):
    """Whoever asks."""

    id: int = about(_("Number of the person"))
    name: str = about(_("Name"))
    email: str = about(_("E-mail address"))
    role: Role = about(_("Role"))
    teams: list[str] = about(_("The teams that a lead is limited to; empty for no limit"))
    rights: list[Right] = about(_("What this request may do: what the role allows, or what the token was made for"))
    how: Literal["session", "token"] = about(_("By which way they are known"))
    language: str = about(_("The language of the answers"))


class Server(BaseModel):
    """What answers."""

    latido: str = about(_("Version of latido"))
    api: Literal["v1"] = about(_("Version of the API"))
    workspace: str = about(_("The company's or team's name"))
    time_zone: str = about(_("The zone that days belong to"))
    version: int = about(_("The version of the data"))
    committed: datetime = about(_("When it became the current one"))


def me(call: Asking) -> Me:
    """Who asks."""
    person = admit(call.asker, None)
    how: Literal["session", "token"] = "token" if call.asker.how == "token" else "session"
    return Me(id=person.id, name=person.name, email=person.email, role=person.role, teams=list(call.asker.teams),
              rights=sorted(call.asker.rights), how=how, language=language())  # fmt: skip


def server(call: Asking) -> Server:
    """What answers."""
    config, snapshot = call.workspace.config, call.workspace.snapshot()
    name = config.name or call.workspace.root.resolve().name
    return Server(latido=installed("latido"), api="v1", workspace=name, time_zone=config.time_zone,
                  version=snapshot.version, committed=snapshot.committed)  # fmt: skip


OPERATIONS = (
    Operation(
        "GET", "/me", me, None, SELF,
        _("Who asks"),
        _("The person in whose name the request is sent, and what it may do."),
        Me, example="/me",
    ),
    Operation(
        "GET", "/version", server, None, SELF,
        _("What answers"),
        _("The version of latido, and that of the data."),
        Server, example="/version",
    ),
)  # fmt: skip
