"""A small company in which everything happened once: tickets, comments, purchases, contracts, visits, mentions.

Its data speak up to Thursday, 13 March 2025, 10:00 UTC; it is in Madrid, an hour ahead.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp
from typing import Any

from starlette.applications import Starlette

from latido import sync
from latido.app import create_app
from latido.facts.refresh import refresh
from latido.sources.source import Options
from latido.workspace import Workspace
from latido.workspace import open as open_workspace
from tests.cast import Cast, cast_of
from tests.company import made
from tests.delivered import CanonicalCsv, deliver
from tests.web.visitors import state_of

Row = dict[str, Any]
SCRIPT = "<script>alert(1)</script>"

TICKETS: tuple[Row, ...] = (
    {"ticket_id": "1", "created": "2025-03-03T09:00:00", "customer_id": "ana", "channel": "email", "team": "Ventas",
     "topic": "Facturas", "priority": "high", "status": "solved", "subject": f"{SCRIPT} Facturación doble"},
    {"ticket_id": "12", "created": "2025-03-10T09:00:00", "customer_id": "ana", "channel": "chat", "team": "Soporte",
     "topic": "Contador", "priority": "low", "status": "open", "subject": "100 % \\ 'lectura' errónea"},
    {"ticket_id": "3", "created": "2025-03-04T09:00:00", "customer_id": "bo", "channel": "phone", "team": "Soporte",
     "topic": "Contador", "priority": "normal", "status": "solved", "subject": "No hay luz"},
    {"ticket_id": "4", "created": "2025-03-05T09:00:00", "customer_id": "bo", "channel": "email", "team": "Soporte",
     "status": "closed", "subject": "Cerrado sin más"},
    {"ticket_id": "A/7", "created": "2025-03-06T09:00:00", "channel": "web", "team": "Soporte", "status": "pending"},
    {"ticket_id": "9", "created": "2025-03-07T09:00:00", "customer_id": "bo", "channel": "email", "team": "Soporte",
     "status": "deleted", "spam": "true", "subject": "Premio"},
)  # fmt: skip


def _event(ticket: str, number: int, when: str, kind: str, **more: Any) -> Row:
    return {"ticket_id": ticket, "event_id": f"{number:02}", "occurred": f"2025-03-{when}:00", "kind": kind, **more}


def _said(ticket: str, number: int, when: str, role: str, text: str, **more: Any) -> Row:
    author = {"customer": "ana", "agent": "a1"}.get(role, "")
    return _event(ticket, number, when, "message", author_role=role, author_id=author, public="true", text=text, **more)


def _became(ticket: str, number: int, when: str, status: str, **more: Any) -> Row:
    return _event(ticket, number, when, "status", author_role="agent", author_id="a1", value=status, **more)


EVENTS: tuple[Row, ...] = (
    _said("1", 1, "03T09:00", "customer", f"Me han cobrado dos veces {SCRIPT}"),
    _said("1", 2, "03T10:00", "agent", "Lo miro", team="Ventas"),
    _became("1", 3, "03T10:00", "pending", team="Ventas"),
    _event("1", 4, "03T11:00", "note", author_role="agent", author_id="a1", public="false", text="Cliente importante"),
    _said("1", 5, "04T09:00", "customer", "¿Y bien?"),
    _became("1", 6, "04T09:00", "open", team="Ventas"),
    _said("1", 7, "04T12:00", "agent", "Devuelto", team="Ventas"),
    _became("1", 8, "04T12:00", "solved", team="Ventas"),
    _said("12", 1, "10T09:00", "customer", "La lectura no es esa"),
    _said("3", 1, "04T09:00", "customer", "No hay luz"),
    _said("3", 2, "04T09:30", "agent", "Vamos", team="Ventas"),
    _event("3", 3, "04T09:40", "transfer", author_role="agent", author_id="a1", value="Soporte", team="Soporte"),
    _became("3", 4, "04T10:00", "solved", team="Soporte"),
    _became("3", 5, "05T10:00", "open", team="Soporte"),
    _became("3", 6, "05T12:00", "hold", team="Soporte"),
    _became("3", 7, "06T12:00", "solved", team="Soporte"),
    _became("4", 1, "05T15:00", "closed"),
    _became("A/7", 1, "06T10:00", "pending"),
    _event("A/7", 2, "13T10:00", "priority", author_role="system", value="urgent"),
)  # fmt: skip

CUSTOMERS: tuple[Row, ...] = (
    {"customer_id": "ana", "name": "Ana Núñez", "email": "ana@example.com", "phone": "+34600", "segment": "hogar",
     "country": "ES", "plan": "Fija", "created": "2024-01-01T00:00:00"},
    {"customer_id": "bo", "name": f"Bo {SCRIPT}", "email": "bo@example.com", "segment": "negocio", "country": "MX"},
    {"customer_id": "cy", "name": "Cy Ruiz", "segment": "hogar", "country": "ES", "plan": "Fija"},
)  # fmt: skip

IDENTITIES: tuple[Row, ...] = (
    {"system": "shop", "kind": "email", "value": "ana@example.com", "customer_id": "ana"},
    {"system": "desk", "kind": "id", "value": "77", "customer_id": "ana"},
)


def _answer(number: int, kind: str, score: float | None, who: str, comment: str = "", **more: Any) -> Row:
    low, high = {"csat": (1, 5), "esat": (1, 5), "ces": (1, 7)}.get(kind, (0, 10))
    plain = {
        "survey": f"{kind} 2025",
        "scale_low": low,
        "scale_high": high,
        "answered": f"2025-03-{number + 5:02}T09:00:00",
    }
    return (
        {"answer_id": f"r{number}", "kind": kind, "score": score, "customer_id": who, "comment": comment} | plain | more
    )


ABOUT_1 = {"subject": "ticket", "subject_id": "1", "channel": "email", "language": "es"}
ABOUT_3 = {"subject": "ticket", "subject_id": "3", "channel": "phone", "language": "es"}
STAFF = {"survey": "clima", "subject": "employment", "team": "Ventas"}
ANSWERS: tuple[Row, ...] = (
    _answer(1, "csat", 5, "ana", "Rápida y <b>amable</b>", **ABOUT_1),
    _answer(2, "csat", 2, "bo", "Un 50 % más lentos que 'antes'", **ABOUT_3),
    _answer(3, "nps", 9, "ana", "Lo recomendaría", language="es", stage="usar"),
    _answer(4, "nps", 3, "bo", "Carísimo", language="es"),
    _answer(5, "nps", 7, "cy", "So so", language="en"),
    _answer(6, "ces", 5, "ana", "Fue fácil", **ABOUT_1),
    _answer(7, "enps", 0, "e1", "SECRET chief", **STAFF),
    _answer(8, "text", None, "e1", "SECRET wish", survey="clima", answered="2025-03-12T09:00:00"),
    _answer(
        9, "csat", 4, "p1", "A stranger", survey="blind", blind="true", brand="Other", answered="2025-03-12T09:00:00"
    ),
)

OTHER: dict[str, tuple[Row, ...]] = {
    "orders": (
        {"order_id": "#1", "customer_id": "ana", "ordered": "2025-02-01T10:00:00", "amount": 100.5, "currency": "EUR",
         "product": "Estufa", "channel": "web"},
        {"order_id": "#2", "customer_id": "ana", "ordered": "2025-03-01T10:00:00", "amount": 20, "currency": "EUR",
         "product": "Filtro", "cancelled": "true"},
        {"order_id": "#3", "customer_id": "cy", "ordered": "2025-03-02T10:00:00", "amount": 900, "currency": "MXN"},
    ),
    "subscriptions": (
        {"subscription_id": "s1", "customer_id": "ana", "started": "2024-01-01T00:00:00", "plan": "Fija", "amount": 40,
         "currency": "EUR"},
        {"subscription_id": "s2", "customer_id": "bo", "started": "2024-05-01T00:00:00",
         "ended": "2025-03-12T00:00:00", "plan": "Solar", "reason": "precio"},
    ),
    "touchpoints": tuple(
        {"touchpoint_id": f"v{i}", "customer_id": "ana", "occurred": f"2025-03-02T{10 + i}:00:00", "channel": "web",
         "kind": kind, "place": place}
        for i, (kind, place) in enumerate((("visit", "inicio"), ("view", "tienda"), ("visit", "ayuda")))
    ),
    "mentions": (
        {"mention_id": "m1", "customer_id": "ana", "occurred": "2025-02-20T10:00:00", "network": "X",
         "sentiment": "negative", "text": f"@acme {SCRIPT} nadie contesta"},
    ),
    "agents": ({"agent_id": "a1", "name": "Marta Gil", "role": "agent", "team": "Ventas"},),
}  # fmt: skip


@cache
def company() -> Path:
    """The company's workspace, made once and only read."""
    root = made(Path(mkdtemp(prefix="latido-lives-")))
    tables = {"tickets": TICKETS, "ticket_events": EVENTS, "customers": CUSTOMERS, "identities": IDENTITIES,
              "answers": ANSWERS, **OTHER}  # fmt: skip
    workspace = open_workspace(root)
    files = [deliver(root, f"{name}.csv", *rows) for name, rows in tables.items()]
    report = sync.run(workspace.lake, workspace.engine, CanonicalCsv(every=1000), files, Options(), after=refresh)
    assert not any(table.rejected for table in report.tables), report
    workspace.close()
    return root


@cache
def workspace() -> Workspace:
    """The same, open."""
    return open_workspace(company())


@cache
def served() -> tuple[Starlette, Cast]:
    """An application over a copy of it, and the people in it; made once, only read."""
    root = Path(mkdtemp(prefix="latido-lives-web-")) / "acme"
    copytree(company(), root)
    app = create_app(root)
    return app, cast_of(state_of(app))
