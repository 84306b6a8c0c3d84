"""Everything that lives in plain tables: the customer file, contracts, roster, invitations, panel, visits, mentions."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from latido.demo.columns import stream
from latido.demo.commerce import CONTRACT_PLANS
from latido.demo.company import Company
from latido.demo.customers import NEVER
from latido.demo.files.folder import Folder
from latido.demo.files.responses import about_names, ask_ids
from latido.demo.files.stamps import iso, named, spanish, spanish_day
from latido.demo.panels import PANEL_WAVES, STAFF_WAVES, TEAM_MOOD
from latido.demo.relation import REASONS
from latido.demo.staff import BOTS, Spell
from latido.demo.surveys import KINDS, SURVEYS
from latido.demo.traffic import ACTIONS, INTENTS, PLACES, STAGES, TOUCH_CHANNELS
from latido.demo.words.employees import employee_comments
from latido.demo.words.public import mention_texts, panel_comments
from latido.demo.world import (
    BRANDS,
    CAMPAIGN_NAME,
    COMPANY,
    COUNTRIES,
    END,
    NETWORKS,
    NPS_WAVES,
    PLANS,
    REGIONS,
    SEGMENTS,
)

CODES = tuple(c.code for c in COUNTRIES)
COUNTRY_NAMES = ("España", "México")
CURRENCIES = tuple(c.currency for c in COUNTRIES)
SITES = ("Madrid", "Ciudad de México")
SUBJECTS = ("relationship", "ticket", "order")
# After every change that another system can date: the company's own files have the last word.
EXPORTED = "01/07/2026"


def decimal_comma(values: Iterable[float]) -> list[str]:
    """`1234,50`."""
    return [f"{v:.2f}".replace(".", ",") for v in values]


def write_customers(folder: Folder, company: Company) -> None:
    """The customer file: Windows encoding, semicolons, day before month."""
    people = company.people
    columns: dict[str, Iterable[object]] = {
        "Nº cliente": people.number,
        "Nombre": people.name,
        "Correo electrónico": people.email,
        "Teléfono": people.phone,
        "Fecha de alta": spanish_day(people.joined),
        "Segmento": named(tuple(SEGMENTS), people.segment),
        "País": named(COUNTRY_NAMES, people.country),
        "Comunidad o estado": named(REGIONS, people.region),
        "Idioma": named(("español", "español", "inglés"), people.variant),
        "Tarifa": named(tuple(PLANS), people.plan),
        "Actualizado": [EXPORTED] * len(people),
    }
    folder.columns("crm/clientes.csv", columns, delimiter=";", encoding="cp1252")


def write_contracts(folder: Folder, company: Company) -> None:
    """Contracts: decimal comma; the reason is empty where none was given."""
    own, people = company.contracts, company.people
    columns: dict[str, Iterable[object]] = {
        "Nº contrato": [f"CT{100_000 + n}" for n in range(len(own))],
        "Nº cliente": people.number[own.customer],
        "Tarifa": named(CONTRACT_PLANS, own.plan),
        "Fecha inicio": spanish_day(own.started),
        "Fecha fin": spanish_day(np.where(own.ended < END, own.ended, NEVER)),
        "Motivo de baja": named(REASONS, own.reason),
        "Cuota mensual": decimal_comma(own.price.tolist()),
        "Moneda": named(CURRENCIES, people.country[own.customer]),
    }
    folder.columns("crm/contratos.csv", columns, delimiter=";")


ROSTER = (
    "Id", "Nombre", "Correo", "Rol", "Equipo", "Sede", "País", "Desde", "Hasta", "Fecha de contratación",
    "Fecha de baja", "Motivo de la baja", "Voluntaria", "Actualizado",
)  # fmt: skip


def write_roster(folder: Folder, company: Company) -> None:
    """Employees, a line for each spell in a role and team; the bots stand on it too."""
    spells = sorted(company.staff.spells, key=lambda s: (s.person.number, s.begins))
    rows = [*(_bot(name, number) for name, number in BOTS.items()), *map(_spell, spells)]
    lines = [[row.get(name, "") for name in ROSTER] for row in rows]
    folder.table("personas/plantilla.csv", [ROSTER], lines, delimiter=";", encoding="cp1252")


def _bot(name: str, number: int) -> dict[str, object]:
    return {
        "Id": number, "Nombre": name, "Rol": "bot", "Equipo": "Canales digitales", "Desde": "01/06/2021",
        "Actualizado": EXPORTED,
    }  # fmt: skip


def _spell(spell: Spell) -> dict[str, object]:
    person = spell.person
    days = np.array([spell.begins, spell.ends, person.hired, person.departed])
    since, until, hired, left = spanish_day(np.where(days < END, days, NEVER))
    row: dict[str, object] = {
        "Id": person.number, "Nombre": person.name, "Correo": person.email, "Rol": spell.role, "Equipo": spell.team,
        "Sede": SITES[person.country], "País": COUNTRY_NAMES[person.country], "Desde": since, "Hasta": until,
        "Fecha de contratación": hired, "Fecha de baja": left, "Actualizado": EXPORTED,
    }  # fmt: skip
    departure = {"Motivo de la baja": person.reason, "Voluntaria": "sí" if person.voluntary else "no"}
    return row | departure if left else row


def write_asks(folder: Folder, company: Company) -> None:
    """Invitations as the mailing system lists them."""
    asks = company.asks
    columns: dict[str, Iterable[object]] = {
        "invitation_id": ask_ids(np.arange(len(asks))),
        "survey": named(SURVEYS, asks.survey),
        "wave": named(tuple(NPS_WAVES), asks.wave),
        "kind": named(KINDS, asks.survey),
        "customer_id": company.people.number[asks.customer],
        "subject": named(SUBJECTS, asks.subject),
        "subject_id": about_names(asks),
        "channel": ["email"] * len(asks),
        "sent_at": iso(asks.asked),
        "bounced": named(("no", "yes"), asks.bounced.astype(np.int64)),
    }
    folder.columns("encuestas/invitations.csv.gz", columns)


def write_panel(folder: Folder, company: Company) -> None:
    """The market panel: respondents were not told who asked."""
    own = company.panel
    columns: dict[str, Iterable[object]] = {
        "respondent": [f"P{n:05d}" for n in own.respondent.tolist()],
        "wave": named(tuple(PANEL_WAVES), own.wave),
        "country": named(CODES, own.country),
        "brand": named(tuple(BRANDS), own.brand),
        "answered_at": iso(own.answered),
        "recommend_0_10": own.score,
        "price_1_5": own.price,
        "service_1_5": own.service,
        "comment": panel_comments(company.seed, own),
        "language": named(("es", "es", "en"), own.variant),
    }
    folder.columns("encuestas/panel_blind.csv", columns)


def write_staff_answers(folder: Folder, company: Company) -> None:
    """The employees' survey: two questions a line, people under a pseudonym of the wave."""
    own = company.staff_answers.take(company.staff_answers.replied)
    own = own.take(np.argsort(own.answered, kind="stable"))
    columns: dict[str, Iterable[object]] = {
        "Respuesta": [f"E{n}" for n in own.pseudonym.tolist()],
        "Ola": named(tuple(STAFF_WAVES), own.wave),
        "Equipo": named(tuple(TEAM_MOOD), own.team),
        "Sede": named(SITES, own.country),
        "Fecha": spanish(own.answered),
        "¿Está satisfecho con su trabajo? (1-5)": own.esat,
        "¿Recomendaría trabajar aquí? (0-10)": own.enps,
        "Comentario": employee_comments(company.seed, own),
    }
    folder.columns("personas/clima.csv", columns, delimiter=";")


def write_visits(folder: Folder, company: Company) -> None:
    """Pages of site and app, deliveries; nobody's number where nobody had logged in."""
    own = company.visits
    columns: dict[str, Iterable[object]] = {
        "event_id": [f"V{n:07d}" for n in range(1, len(own) + 1)],
        "timestamp": iso(own.occurred),
        "user_id": np.append(company.people.number.astype(object), "")[own.customer],
        "channel": named(TOUCH_CHANNELS, own.channel),
        "action": named(ACTIONS, own.kind),
        "stage": named((*STAGES, "recibir"), own.place),
        "page": named(PLACES, own.place),
        "seconds": own.seconds,
    }
    folder.columns("web/events.csv.gz", columns)


def write_mentions(folder: Folder, company: Company) -> None:
    """What is said in public, as a listening tool exports it for Spain."""
    own = company.mentions
    ids = stream(company.seed, "mention ids").permutation(10 * len(own))[: len(own)] + 10**8
    columns: dict[str, Iterable[object]] = {
        "Id": [f"M{n}" for n in ids.tolist()],
        "Fecha": spanish(own.occurred),
        "Red": named(tuple(NETWORKS), own.network),
        "Autor": np.append(company.people.number.astype(object), "")[own.customer],
        "Marca": [COMPANY] * len(own),
        "Sentimiento": named(("negativo", "neutro", "positivo"), own.sentiment),
        "Intención": named(INTENTS, own.intent),
        "Campaña": named(("", CAMPAIGN_NAME), own.campaign),
        "Respondido": spanish(np.where(own.replied < END, own.replied, NEVER)),
        "Texto": mention_texts(company.seed, own),
        "Idioma": ["es"] * len(own),
    }
    folder.columns("redes/menciones.csv", columns, delimiter=";")
