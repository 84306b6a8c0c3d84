"""Looking for tickets."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from latido.errors import UnknownNameError
from latido.workspace.listing import Span
from latido.workspace.question import conditions
from latido.workspace.tickets import TicketSearch, data_end, found, known_values
from tests.lives import workspace


def numbers(**asked: Any) -> list[str]:
    """The tickets that are found, in order."""
    return [line.ticket_id for line in found(workspace(), TicketSearch(**asked)).lines]


def test_the_latest_comes_first() -> None:
    assert numbers() == ["12", "9", "A/7", "4", "3", "1"]


def test_a_number_comes_first_then_those_that_begin_with_it_then_those_that_speak_of_it() -> None:
    assert numbers(text="1") == ["1", "12", "9", "4", "3"]


@pytest.mark.parametrize("text", ["facturacion", "DOBLE facturación", "lectura erronea 100", "%", "\\ 'lectura'"])
def test_words_find_subjects(text: str) -> None:
    assert len(numbers(text=text)) == 1


@pytest.mark.parametrize("text", ["ana", "nunez", "ANA@example", "+34600"])
def test_a_customer_finds_their_tickets(text: str) -> None:
    assert numbers(text=text) == ["12", "1"]


@pytest.mark.parametrize("text", ["' OR '1'='1", '"; DROP TABLE tickets; --', "%%", "_"])
def test_what_nobody_wrote_finds_nothing(text: str) -> None:
    assert found(workspace(), TicketSearch(text=text)).all == 0


def test_filters_are_those_of_figures() -> None:
    assert numbers(where=conditions(["team=Soporte", "channel=phone,chat"])) == ["12", "3"]


def test_a_dimension_that_tickets_lack_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError) as caught:
        numbers(where=conditions("chanel=chat"))
    assert "channel" in str(caught.value.hint)


def test_an_hour_of_the_day_is_no_column_of_a_ticket() -> None:
    with pytest.raises(UnknownNameError):
        numbers(where=conditions("hour=9"))


def test_a_period_is_one_of_local_days() -> None:
    span = Span.of_days(date(2025, 3, 4), date(2025, 3, 6), "Europe/Madrid")
    assert numbers(span=span) == ["4", "3"]


def test_those_that_wait_longest_come_first_and_spam_waits_for_nobody() -> None:
    assert numbers(sort="waiting")[:2] == ["12", "A/7"]


def test_those_with_the_most_replies_come_first() -> None:
    assert numbers(sort="touches")[:2] == ["1", "3"]


def test_a_lead_sees_only_tickets_of_their_teams() -> None:
    assert numbers(teams=("Ventas",)) == ["3", "1"]


def test_a_page_says_how_many_there_are_and_when_the_data_end() -> None:
    page = found(workspace(), TicketSearch(first=4))
    assert ([line.ticket_id for line in page.lines], page.all) == (["3", "1"], 6)
    assert page.end == data_end(workspace()) == datetime(2025, 3, 13, 10)


def test_a_line_names_the_customer() -> None:
    assert found(workspace(), TicketSearch(text="12")).lines[0].customer == "Ana Núñez"


def test_the_commonest_values_come_first() -> None:
    known = known_values(workspace(), ())
    assert known["team"] == ("Soporte", "Ventas")
    assert known["channel"][0] == "email"


def test_a_lead_is_offered_values_of_their_own_tickets() -> None:
    assert known_values(workspace(), ("Ventas",))["channel"] == ("email", "phone")
