"""Users, groups and other small tables: who is who, and what Zendesk's numbers are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from latido.model.agents import AGENTS
from latido.model.customers import CUSTOMERS, IDENTITIES
from latido.model.tickets import TICKETS
from latido.sources.identity import add_identities, normal_email, normal_phone
from latido.sources.open import read_json
from latido.sources.rows import Rows
from latido.sources.scales import normal
from latido.sources.source import Chunk, Delivery
from latido.sources.zendesk.desk import ROLES, Desk, text_id

SYSTEM = "zendesk"
BOT_NAMES = frozenset({"answer bot", "answerbot", "zendesk bot"})
DROPDOWNS = frozenset({"tagger", "multiselect"})
CUSTOM = ("topic", "subtopic", "product")  # canonical columns that Zendesk leaves to drop-down fields


def read_names(desk: Desk, file: Delivery, array: str | None) -> Iterator[Chunk]:
    """Groups, brands and organizations: names for their numbers, no rows of their own."""
    rows = Rows(AGENTS, file)
    for _number, record in read_json(file, array, broken=rows.broken):
        number, name = text_id(record.get("id")), record.get("name")
        if number and name:
            desk.names[number] = str(name)
    yield rows.take()


def read_fields(desk: Desk, file: Delivery, array: str | None) -> Iterator[Chunk]:
    """Drop-down fields: one called “Topic” or “Motivo” says what a ticket is about, others become extra columns."""
    rows = Rows(TICKETS, file)
    for _number, record in read_json(file, array, broken=rows.broken):
        number, title = text_id(record.get("id")), str(record.get("title") or "")
        if number and title and record.get("type") in DROPDOWNS:
            options = record.get("custom_field_options") or ()
            desk.fields[number] = (_column(title), {str(o.get("value")): str(o.get("name")) for o in options})
    yield rows.take()


def _column(title: str) -> str:
    plain = normal(title)
    known = (name for name in CUSTOM if plain == name or plain in TICKETS[name].synonyms)
    return next(known, "x_" + plain.replace(" ", "_"))


def read_memberships(desk: Desk, file: Delivery, array: str | None) -> Iterator[Chunk]:
    """Which group a user works in, the default one where there are several."""
    rows = Rows(AGENTS, file)
    for _number, record in read_json(file, array, broken=rows.broken):
        user, group = text_id(record.get("user_id")), text_id(record.get("group_id"))
        if user and group and (record.get("default") or user not in desk.teams):
            desk.teams[user] = group
    yield rows.take()


def read_users(desk: Desk, file: Delivery, array: str | None) -> Iterator[Chunk]:
    """End-users become customers with their identities, agents and administrators agents."""
    customers, identities, agents = Rows(CUSTOMERS, file), Rows(IDENTITIES, file), Rows(AGENTS, file)
    for number, user in read_json(file, array, broken=customers.broken):
        user_id = text_id(user.get("id"))
        role = "bot" if _is_bot(user) else ROLES.get(str(user.get("role")), "customer")
        if user_id:
            desk.roles[user_id] = role
        if role == "customer":
            _add_customer(desk, customers, number, user)
            if user_id:
                email, phone = user.get("email"), user.get("phone")
                add_identities(identities, number, SYSTEM, user_id, email=email, phone=phone)
        else:
            _add_agent(desk, agents, number, user, role)
        for rows in (customers, identities, agents):
            yield from rows.chunks()
    yield from (rows.take() for rows in (customers, identities, agents))


def _is_bot(user: dict[str, Any]) -> bool:
    return "bot" in (user.get("tags") or ()) or str(user.get("name")).strip().lower() in BOT_NAMES


def _add_customer(desk: Desk, rows: Rows, number: int, user: dict[str, Any]) -> None:
    organization = text_id(user.get("organization_id"))
    rows.add(
        number,
        raw=user,
        customer_id=text_id(user.get("id")),
        name=user.get("name"),
        email=normal_email(user.get("email")),
        phone=normal_phone(user.get("phone")),
        created=user.get("created_at"),
        language=str(user.get("locale") or "").replace("_", "-").split("-")[0].lower(),
        x_organization=desk.names.get(organization or "", organization),
        updated=user.get("updated_at"),
    )


def _add_agent(desk: Desk, rows: Rows, number: int, user: dict[str, Any], role: str) -> None:
    user_id = text_id(user.get("id"))
    group = text_id(user.get("default_group_id")) or desk.teams.get(user_id or "")
    rows.add(
        number,
        raw=user,
        agent_id=user_id,
        valid_from=user.get("created_at"),
        valid_to=user.get("updated_at") if user.get("active") is False else None,
        name=user.get("name"),
        email=normal_email(user.get("email")),
        role=role,
        team=desk.team(group),
        updated=user.get("updated_at"),
    )
