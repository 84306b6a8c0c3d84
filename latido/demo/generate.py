"""Write the company as files."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from latido.demo import mappings, settings
from latido.demo.company import Company, simulate
from latido.demo.effects import NONE, PLANTED
from latido.demo.files import forms, qualtrics, shop, tables, zendesk, zendesk_audits
from latido.demo.files.folder import Folder
from latido.demo.manifest import Group, Manifest
from latido.demo.surveys import CES, CSAT, RELATIONSHIP, SURVEYS, TRANSACTIONAL
from latido.demo.truths import known
from latido.demo.truths import truths as truth_table
from latido.demo.words.messages import write_messages
from latido.errors import UsageError
from latido.i18n import _

Write = Callable[[Folder, Company], None]


@dataclass(frozen=True)
class Plain:
    """A table without a format of its own: what writes it, and the mapping that reads it."""

    name: str
    file: str
    tables: str
    mapping: str
    write: Write


@dataclass(frozen=True)
class System:
    """A system whose export has a source of its own."""

    name: str
    source: str
    tables: str
    files: tuple[str, ...]


PEOPLE = (
    Plain("roster", "personas/plantilla.csv", "agents", mappings.ROSTER, tables.write_roster),
    Plain("customers", "crm/clientes.csv", "customers identities", mappings.CUSTOMERS, tables.write_customers),
    Plain("contracts", "crm/contratos.csv", "subscriptions", mappings.CONTRACTS, tables.write_contracts),
)
SYSTEMS = (
    System("help desk", "zendesk", "customers identities agents tickets ticket_events", tuple(
        f"zendesk/{name}" for name in
        ("groups.json", "ticket_fields.json", "users.json.gz", "tickets.json.gz", "ticket_audits.json.gz")
    )),
    System("orders", "shopify", "orders identities", ("tienda/orders_export.csv",)),
    System("relationship NPS", "qualtrics", "answers", (f"encuestas/{SURVEYS[RELATIONSHIP]}.csv",)),
    System("satisfaction", "qualtrics", "answers", (f"encuestas/{SURVEYS[CSAT]}.csv",)),
    System("effort", "google_forms", "answers", (f"encuestas/{SURVEYS[CES]}.csv",)),
    System("transactional NPS", "typeform", "answers", (f"encuestas/{SURVEYS[TRANSACTIONAL]}.json",)),
)  # fmt: skip
REST = (
    Plain("invitations", "encuestas/invitations.csv.gz", "asks", mappings.ASKS, tables.write_asks),
    Plain("blind panel", "encuestas/panel_blind.csv", "answers", mappings.PANEL, tables.write_panel),
    Plain("employee survey", "personas/clima.csv", "answers", mappings.STAFF, tables.write_staff_answers),
    Plain("visits", "web/events.csv.gz", "touchpoints", mappings.VISITS, tables.write_visits),
    Plain("mentions", "redes/menciones.csv", "mentions", mappings.MENTIONS, tables.write_mentions),
)


def generate(into: Path, seed: int = 7, scale: float = 1.0, truths: bool = True) -> Manifest:
    """Simulate Lumbre Hogar and write its systems' exports; the same arguments write the same bytes.

    Args:
        into: Folder, made if it is not there; files of an earlier run are overwritten.
        seed: Of all random numbers.
        scale: Share of 40,000 customers and 150,000 tickets; the staff stays the same.
        truths: Whether anything is planted; without, it is the same company with nothing to find.

    Raises:
        UsageError: The scale is not between 0.001 and 10.
    """
    if not 0.001 <= scale <= 10:
        raise UsageError(
            _("A company of {scale} times its size cannot be simulated.", scale=scale),
            _("Give a scale between 0.001 and 10."),
        )
    company = simulate(seed, scale, PLANTED if truths else NONE)
    folder = Folder(into)
    _write_systems(folder, company)
    manifest = Manifest(
        root=into,
        groups=(
            *(_write_plain(folder, company, table) for table in PEOPLE),
            *(_group(folder, system) for system in SYSTEMS),
            *(_write_plain(folder, company, table) for table in REST),
        ),
        settings=folder.text("latido.toml", settings.workspace_settings()),
        truths=folder.text("truths.json", json.dumps(known(truth_table(company)), ensure_ascii=False, indent=1) + "\n"),
        sizes=_sizes(company),
    )
    manifest.save()
    return manifest


def _write_plain(folder: Folder, company: Company, table: Plain) -> Group:
    table.write(folder, company)
    said = folder.text(f"mappings/{Path(table.file).name.split('.')[0]}.toml", table.mapping)
    return Group(table.name, (folder.root / table.file,), tuple(table.tables.split()), mapping=said)


def _group(folder: Folder, system: System) -> Group:
    files = tuple(folder.root / name for name in system.files)
    return Group(system.name, files, tuple(system.tables.split()), source=system.source)


def _write_systems(folder: Folder, company: Company) -> None:
    messages = write_messages(company.seed)
    zendesk.write_desk(folder, company, messages)
    zendesk_audits.write_audits(folder, company, messages)
    shop.write_orders(folder, company)
    qualtrics.write_relationship(folder, company)
    qualtrics.write_satisfaction(folder, company)
    forms.write_effort(folder, company)
    forms.write_transactional(folder, company)


def _sizes(company: Company) -> dict[str, int]:
    return {
        "customers": len(company.people),
        "employees": len(company.staff.people),
        "contracts": len(company.contracts),
        "tickets": len(company.tickets),
        "events": len(company.tickets.log),
        "invitations": len(company.asks),
        "answers": int(company.asks.replied.sum()),
        "orders": len(company.orders),
        "visits": len(company.visits),
        "mentions": len(company.mentions),
        "panel": len(company.panel),
        "employee answers": int(company.staff_answers.replied.sum()),
    }
