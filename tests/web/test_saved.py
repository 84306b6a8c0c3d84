"""A saved segment is a choice of the filter bar, and stands in the address by its name."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp

import pytest
from starlette.applications import Starlette
from starlette.datastructures import QueryParams

from latido.app import create_app
from latido.errors import UnknownNameError
from latido.web.view import read
from tests.cast import Cast, cast_of
from tests.company import company
from tests.web.settings_forms import write
from tests.web.visitors import state_of, visitor

CHAT = {"Only chat": ("channel=chat",)}


@cache
def served() -> tuple[Starlette, Cast]:
    """The company with a segment; made once, only read."""
    root = Path(mkdtemp(prefix="latido-web-")) / "acme"
    copytree(company(), root, ignore=lambda _folder, names: {"state.db", "cache"} & set(names))
    app = create_app(root)
    write(app, '\n[segments]\n"Only chat" = ["channel=chat"]\n"Gold" = ["segment=gold"]\n"Fans" = ["score>=9"]\n')
    return app, cast_of(state_of(app))


def page(role: str, address: str) -> str:
    """A page as somebody sees it."""
    app, people = served()
    return visitor(app, getattr(people, role)).get(address).text


def test_a_segment_filters_as_its_filters_do() -> None:
    view = read(QueryParams("saved=Only+chat&where=score>=9"), ("team=Ventas",), CHAT)
    assert view.filters == ("score>=9", "channel=chat", "team=Ventas")


def test_an_address_keeps_the_name_not_the_filters() -> None:
    assert read(QueryParams("saved=Only+chat"), (), CHAT).pairs == [("saved", "Only chat")]


def test_a_segment_that_is_none_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean Only chat"):
        read(QueryParams("saved=only+chats"), (), {"Only chat": ()})


@pytest.mark.parametrize("address", ["/service", "/metrics/first_reply_time", "/"])
def test_the_bar_offers_segments(address: str) -> None:
    assert "<option>Only chat</option>" in page("viewer", address)


def test_a_chosen_segment_stays_chosen() -> None:
    shown = page("viewer", "/metrics/nps?saved=Only+chat")
    assert ("<option selected>Only chat</option>" in shown, "saved=Only+chat" in shown) == (True, True)


def test_figures_are_those_of_the_filters() -> None:
    saved, filtered = (page("viewer", f"/metrics/nps?{given}") for given in ("saved=Only+chat", "where=channel%3Dchat"))
    assert figure(saved) == figure(filtered) != figure(page("viewer", "/metrics/nps"))


def figure(shown: str) -> str:
    """What the page says of its first card's interval and cases."""
    return shown.partition('<p class="ci">')[2].partition("</p>")[0]


def test_filters_in_force_can_be_saved_by_whoever_may() -> None:
    there = "/settings/segments/edit?where=channel%3Dchat"
    assert (there in page("owner", "/service?where=channel%3Dchat"), there in page("owner", "/service")) == (
        True,
        False,
    )


def test_whoever_may_not_is_not_asked() -> None:
    assert "/settings/segments/edit" not in page("viewer", "/service?where=channel%3Dchat")


def count(shown: str) -> str:
    """What a list says of how many there are."""
    return shown.partition('<p class="sub" role="status">')[2].partition("</p>")[0]


def offered(shown: str) -> list[str]:
    """The segments that a page offers."""
    choice = shown.partition('<select name="saved">')[2].partition("</select>")[0]
    return re.findall(r"<option(?: selected)?>([^<]+)</option>", choice)


def test_a_list_is_filtered_as_its_filters_do() -> None:
    saved, filtered = (page("owner", f"/tickets?{given}") for given in ("saved=Only+chat", "where=channel%3Dchat"))
    assert count(saved) == count(filtered) != count(page("owner", "/tickets"))


def test_a_list_keeps_the_segment_from_page_to_page_and_can_be_without_it() -> None:
    shown = page("owner", "/tickets?q=t&saved=Only+chat")
    assert '<a class="chip" href="/tickets?q=t">Only chat' in shown
    assert "<option selected>Only chat</option>" in shown


@pytest.mark.parametrize(
    ("path", "segments"),
    [("/tickets", ["Only chat", "Gold"]), ("/customers", ["Gold"]), ("/comments", ["Only chat", "Gold", "Fans"])],
)
def test_a_list_offers_the_segments_whose_dimensions_it_has(path: str, segments: list[str]) -> None:
    assert offered(page("owner", path)) == segments


def test_a_segment_that_a_list_cannot_be_filtered_by_is_answered_with_the_reason() -> None:
    app, people = served()
    answer = visitor(app, people.owner).get("/customers?saved=Only+chat")
    assert (answer.status_code, "There is no dimension of customers called “channel”" in answer.text) == (404, True)


def test_a_lists_filters_can_be_saved_by_whoever_may() -> None:
    there = "/settings/segments/edit?where=channel%3Dchat"
    assert [there in page(role, "/tickets?where=channel%3Dchat") for role in ("owner", "lead")] == [True, False]
