"""The pages of customers: found, and seen from all sides by those who may."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

import pytest

from tests.lives import SCRIPT
from tests.web.reading import breaks_the_policy, browser, page, said


def listed(address: str, role: str = "owner") -> list[str]:
    """The customers of a list, in order."""
    return re.findall(r'<th scope="row" class="what"><a href="/customers/([^"]+)">', page(address, role))


def deeds(address: str, role: str = "owner") -> list[str]:
    """What a time line tells, by kind."""
    return re.findall(r'<li class="deed-(\w+)">\s*<span class="mark">', page(address, role))


@pytest.mark.parametrize("address", ["/customers", "/customers/ana"])
def test_the_outsider_is_asked_to_sign_in(address: str) -> None:
    answer = browser(None).get(address)
    assert (answer.status_code, answer.headers["location"].startswith("/sign-in?next=")) == (303, True)


@pytest.mark.parametrize("address", ["/customers", "/customers/ana"])
def test_the_viewer_sees_no_single_customer(address: str) -> None:
    assert browser("viewer").get(address).status_code == 403


def test_the_list_shows_who_was_active_last_first() -> None:
    assert listed("/customers") == ["ana", "bo", "cy"]


@pytest.mark.parametrize("typed", ["nunez", "ANA@exa", "ana", "+34600"])
def test_number_name_and_address_find_a_customer(typed: str) -> None:
    assert listed(f"/customers?q={quote(typed)}") == ["ana"]


@pytest.mark.parametrize("typed", ["%", "' OR 1=1 --", "\\"])
def test_what_looks_like_a_query_finds_nobody(typed: str) -> None:
    assert "No customer is like that" in said(f"/customers?q={quote(typed)}")


def test_filters_and_orders_stand_in_the_address() -> None:
    assert listed("/customers?is.segment=hogar&sort=name") == ["ana", "cy"]


def test_a_lead_sees_only_customers_with_a_ticket_of_their_teams() -> None:
    assert listed("/customers", "lead") == ["ana", "bo"]
    assert browser("lead").get("/customers/cy").status_code == 404


def test_a_number_that_nobody_has_leads_to_the_list() -> None:
    answer = browser().get("/customers/nobody")
    assert (answer.status_code, 'href="/customers"' in answer.text) == (404, True)


def test_an_employee_who_answered_is_no_customer() -> None:
    assert browser().get("/customers/e1").status_code == 404


def test_a_customer_is_told_by_what_matters_first() -> None:
    told = said("/customers/ana")
    assert "Tickets 2 1 open Purchases 100.50 EUR in 1 purchase Last NPS 9/10 Promoter" in told


def test_a_customer_is_who_they_are_to_every_system() -> None:
    told = said("/customers/ana")
    assert "desk · Number 77" in told
    assert "shop · E-mail ana@example.com" in told


def test_visits_of_a_day_are_one_entry() -> None:
    told = said("/customers/ana")
    assert "Web visit × 2, view inicio → tienda → ayuda" in told
    assert deeds("/customers/ana").count("visit") == 1


def test_the_time_line_goes_by_month_the_newest_first() -> None:
    months = re.findall(r"<h3>([^<]+)</h3>", page("/customers/ana"))
    assert months == ["March 2025", "February 2025", "January 2024"]


@pytest.mark.parametrize(
    ("kind", "told"),
    [
        ("tickets", ["ticket", "ticket"]),
        ("answers", ["answer", "answer", "answer"]),
        ("orders", ["order", "order"]),
        ("contracts", ["begun"]),
        ("visits", ["visit"]),
        ("mentions", ["mention"]),
        ("nonsense", deeds("/customers/ana")),
    ],
)
def test_the_time_line_can_be_narrowed_to_a_kind(kind: str, told: list[str]) -> None:
    assert deeds(f"/customers/ana?kind={kind}") == told


def test_what_is_earlier_can_be_asked_for() -> None:
    assert deeds("/customers/ana?before=2025-03-01") == ["mention", "order", "begun"]


def test_a_contract_ends_with_its_reason() -> None:
    assert "Contract ended Solar Reason: precio" in said("/customers/bo")


def test_a_score_is_said_in_words_and_leads_to_its_ticket() -> None:
    assert "CSAT 2/5 No good rating about ticket 3" in said("/customers/bo")


def test_a_lead_sees_of_a_customer_what_is_their_teams() -> None:
    told = said("/customers/bo", "lead")
    assert "Of tickets and answers, only those of your teams." in told
    assert ("No hay luz" in told, "Cerrado sin más" in told, "Carísimo" in told) == (True, False, False)


def test_what_was_written_is_never_a_script() -> None:
    shown = page("/customers/bo") + page("/customers") + page("/customers/ana")
    assert (SCRIPT in shown, escape(SCRIPT) in shown) == (False, True)
    assert not breaks_the_policy(shown)


def test_instants_can_be_read_by_machines() -> None:
    assert '<time datetime="2025-03-04T10:00:00+01:00"' in page("/customers/bo")


def test_pages_speak_spanish() -> None:
    told = said("/customers/ana", language="es")
    assert "Todo lo que hizo y dijo" in told
    assert "marzo de 2025" in told
