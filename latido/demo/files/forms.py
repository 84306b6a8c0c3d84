"""Google Forms (effort, in words) and Typeform (recommendation after a ticket or an order)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from latido.demo.columns import stream
from latido.demo.company import Company
from latido.demo.files.folder import Folder
from latido.demo.files.responses import WHY, about_names, codes, languages, responses
from latido.demo.files.stamps import iso, named, spanish
from latido.demo.surveys import CES, ORDER, SURVEYS, TRANSACTIONAL

EASE = "¿Qué tan fácil le resultó resolver su caso con nosotros?"
EASY = ("Muy difícil", "Difícil", "Algo difícil", "Ni fácil ni difícil", "Algo fácil", "Fácil", "Muy fácil")
NPS_FIELD = {"id": "Nps0Lumbre01", "type": "nps", "ref": "nps"}
WHY_FIELD = {"id": "Why0Lumbre02", "type": "long_text", "ref": "comment"}
PHONE = {
    "user_agent": "", "platform": "mobile", "referer": "https://lumbrehogar.example/", "network_id": "",
    "browser": "default",
}  # fmt: skip


def write_effort(folder: Folder, company: Company) -> None:
    """The wording is the column's name, answers are words, people known by address and number."""
    own = responses(company, CES)
    columns: dict[str, Iterable[object]] = {
        "Marca temporal": spanish(own.asks.answered),
        "Dirección de correo electrónico": company.people.email[own.asks.customer],
        EASE: named(EASY, own.asks.score - 1),
        WHY: own.comments,
        "Caso": about_names(own.asks),
        "ID cliente": company.people.number[own.asks.customer],
    }
    folder.columns(f"encuestas/{SURVEYS[CES]}.csv", columns)


def write_transactional(folder: Folder, company: Company) -> None:
    """Responses as Typeform's API gives them; who and what about stand in the hidden fields."""
    folder.text(f"encuestas/{SURVEYS[TRANSACTIONAL]}.json", _pages(company))


def _pages(company: Company) -> Iterator[str]:
    items = list(_items(company))
    yield f'{{"total_items":{len(items)},"page_count":1,"items":[\n'
    yield ",\n".join(items)
    yield "\n]}\n"


def _items(company: Company) -> Iterator[str]:
    own, rng = responses(company, TRANSACTIONAL), stream(company.seed, "typeform")
    asks, people = own.asks, company.people
    landed = iso(asks.answered - rng.integers(15, 300, len(asks)))
    tokens, said = codes(rng, len(asks), 24), zip(asks.score.tolist(), own.comments, strict=True)
    times = zip(landed, iso(asks.answered), strict=True)
    hidden = zip(
        own.ids, people.number[asks.customer].tolist(), (asks.subject == ORDER).tolist(), about_names(asks),
        languages(people, asks.customer, ("es", "es", "en")), strict=True,
    )  # fmt: skip
    for token, (begun, ended), (score, text), who in zip(tokens, times, said, hidden, strict=True):
        item = {
            "landing_id": token, "token": token, "response_id": token, "landed_at": begun, "submitted_at": ended,
            "metadata": PHONE, "hidden": _hidden(*who), "calculated": {"score": 0}, "answers": _answers(score, text),
        }  # fmt: skip
        yield json.dumps(item, ensure_ascii=False)


def _hidden(ask: str, customer: int, order: bool, about: str, language: str) -> dict[str, str]:
    subject = "order_id" if order else "ticket_id"
    return {"ask_id": ask, "customer_id": str(customer), subject: about, "language": language}


def _answers(score: int, text: str) -> list[dict[str, object]]:
    number: dict[str, object] = {"field": NPS_FIELD, "type": "number", "number": score}
    return [number, {"field": WHY_FIELD, "type": "text", "text": text}] if text else [number]
