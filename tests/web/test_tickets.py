"""The pages of tickets: found, drawn with their clocks, and shown to those who may see them."""

from __future__ import annotations

import re
from html import escape
from urllib.parse import quote

import pytest

from tests.lives import SCRIPT
from tests.web.reading import breaks_the_policy, browser, page, said


def listed(address: str, role: str = "owner") -> list[str]:
    """The tickets of a list, in order."""
    return re.findall(r'<span class="num">([^<]+)</span> ?(?:·|</p>)', page(address, role))


@pytest.mark.parametrize("address", ["/tickets", "/tickets/1", "/tickets/1/figures"])
def test_the_outsider_is_asked_to_sign_in(address: str) -> None:
    answer = browser(None).get(address)
    assert (answer.status_code, answer.headers["location"].startswith("/sign-in?next=")) == (303, True)


@pytest.mark.parametrize("address", ["/tickets", "/tickets/1", "/tickets/1/figures"])
def test_the_viewer_sees_no_single_ticket(address: str) -> None:
    assert browser("viewer").get(address).status_code == 403


def test_the_list_shows_every_ticket_the_latest_first() -> None:
    assert listed("/tickets") == ["12", "9", "A/7", "4", "3", "1"]


def test_a_filter_stands_in_the_address_as_elsewhere() -> None:
    assert listed("/tickets?is.channel=phone") == listed("/tickets?where=channel%3Dphone") == ["3"]


def test_a_filter_in_force_can_be_taken_away() -> None:
    chips = re.findall(r'<a class="chip" href="([^"]*)">([^<]*)', page("/tickets?is.channel=phone&q=luz"))
    assert chips == [("/tickets?q=luz", "Channel: Telephone")]


def test_a_period_counts_back_from_where_the_data_end() -> None:
    assert listed("/tickets?start=2025-03-04&end=2025-03-05") == ["4", "3"]
    # The last whole week before 13 March 2025 ends on Sunday, 9 March.
    assert listed("/tickets?weeks=4") == ["9", "A/7", "4", "3", "1"]


@pytest.mark.parametrize("typed", ["%", "'", "\\", "100 % \\ 'lectura'"])
def test_what_looks_like_a_pattern_is_text(typed: str) -> None:
    assert listed(f"/tickets?q={quote(typed)}") == ["12"]


def test_what_is_not_found_says_how_to_look() -> None:
    told = said("/tickets?q=zzz")
    assert "No ticket is like that" in told
    assert "Clear all" in told


def test_a_list_says_who_waits_and_how_long() -> None:
    told = said("/tickets?q=12&calendar=24x7")
    assert "still waiting, 3 d 1 h" in told


def test_what_waits_is_told_as_of_the_end_of_the_data() -> None:
    ends = "what is open or waits: as of 13 Mar 2025"
    assert [ends in said(address) for address in ("/tickets?q=12", "/tickets/12", "/tickets?q=1&is.channel=phone")] == [
        True, True, False,
    ]  # fmt: skip


def test_a_ticket_that_is_done_says_nothing_of_the_end_of_the_data() -> None:
    assert "the end of the data" not in said("/tickets/1")


def test_a_lead_sees_only_tickets_of_their_teams() -> None:
    assert listed("/tickets", "lead") == ["3", "1"]


@pytest.mark.parametrize("address", ["/tickets/12", "/tickets/12/figures", "/tickets/A%2F7"])
def test_a_lead_is_told_of_no_other_ticket(address: str) -> None:
    assert browser("lead").get(address).status_code == 404


@pytest.mark.parametrize("address", ["/tickets/nope", "/tickets/1'%20OR%20'1'='1", "/tickets/%00"])
def test_a_number_that_no_ticket_has_leads_to_the_list(address: str) -> None:
    answer = browser().get(address)
    assert (answer.status_code, 'href="/tickets"' in answer.text) == (404, True)


def test_what_was_written_is_never_a_script() -> None:
    for address in ("/tickets", "/tickets/1", "/tickets/1/figures", "/tickets/3"):
        shown = page(address)
        assert SCRIPT not in shown
    assert escape(SCRIPT) in page("/tickets/1")


def test_nothing_on_a_page_breaks_the_policy() -> None:
    assert not breaks_the_policy(page("/tickets/1"))


def test_a_ticket_tells_each_clock_on_the_wall_and_in_open_hours() -> None:
    told = said("/tickets/1?calendar=support")
    assert "First reply time 1 h 1 h in open hours" in told
    assert "Resolution time 1 d 3 h 11 h in open hours" in told


def test_a_clock_leads_to_its_metric() -> None:
    assert 'href="/metrics/requester_wait_time"' in page("/tickets/1")


def test_an_open_ticket_says_that_its_clocks_are_censored() -> None:
    told = said("/tickets/12")
    assert "still open: counted as waiting at least 3 d 1 h" in told


def test_what_still_runs_has_an_open_end() -> None:
    assert ('href="#goes-on"' in page("/tickets/12"), 'href="#goes-on"' in page("/tickets/1")) == (True, False)


def test_open_hours_are_shaded_in_the_calendar_that_was_chosen() -> None:
    shaded = {name: page(f"/tickets/1?calendar={name}").count('class="c-open"') for name in ("24x7", "support")}
    assert shaded == {"24x7": 0, "support": 3}


def test_a_calendar_that_nobody_has_is_answered_with_the_nearest() -> None:
    answer = browser().get("/tickets/1?calendar=suport")
    assert (answer.status_code, "support" in answer.text) == (404, True)


def test_a_note_is_told_from_a_message() -> None:
    shown = page("/tickets/1")
    assert re.search(r'<li class="agent note">.*?Internal note.*?Cliente importante', shown, re.DOTALL)
    assert not re.search(r'<li class="agent">(?:(?!</li>).)*Internal note', shown, re.DOTALL)


def test_who_spoke_is_said_by_name_and_role() -> None:
    told = said("/tickets/1")
    assert "Marta Gil Agent" in told
    assert "Ana Núñez Customer" in told


def test_times_are_those_of_the_workspaces_zone() -> None:
    assert '<time datetime="2025-03-03T10:00:00+01:00" title="3 Mar 2025, 10:00:00">3 Mar 2025, 10:00</time>' in page(
        "/tickets/1"
    )


def test_what_was_changed_stands_with_what_was_said() -> None:
    assert "Lo miro Status: Pending" in said("/tickets/1")


def test_what_the_customer_said_of_it_stands_beside_it() -> None:
    told = said("/tickets/1")
    assert "5/5 Good rating Rápida y <b>amable</b>" in told


def test_a_ticket_leads_to_its_customer() -> None:
    assert 'href="/customers/ana"' in page("/tickets/1")


def test_figures_say_whether_and_how_a_ticket_counts() -> None:
    told = said("/tickets/9/figures")
    assert "Ticket volume no spam or deleted" in told
    assert "First reply time yes 1 h" in said("/tickets/1/figures?calendar=24x7")


def test_figures_lead_to_the_rows() -> None:
    assert 'href="/metrics/ticket_volume/rows?weeks=all&amp;q=9&amp;calendar=24x7"' in page("/tickets/9/figures")


def test_pages_speak_spanish() -> None:
    told = said("/tickets/12", language="es")
    assert "Los relojes de este ticket" in told
    assert "sigue abierto: cuenta como que espera al menos 3 d 1 h" in told


@pytest.mark.parametrize("address", ["/tickets?page=0", "/tickets?page=x", "/tickets?page=99999"])
def test_an_address_that_makes_no_sense_is_refused_in_words(address: str) -> None:
    assert browser().get(address).status_code == 400
