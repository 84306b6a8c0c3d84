"""Lists to search: what is typed and chosen stands in the address."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from latido.web.lists import Chip, Listing, chips, fields, other, pages
from latido.web.view import View

PLAIN = Listing("/tickets", "", View(), "all", "", 1, {})


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ({}, "/tickets"),
        ({"text": "luz & gas"}, "/tickets?q=luz+%26+gas"),
        ({"weeks": "4", "sort": "touches"}, "/tickets?weeks=4&sort=touches"),
        ({"view": View(where=("channel=chat",))}, "/tickets?where=channel%3Dchat"),
        ({"view": View(start=date(2025, 3, 1), end=date(2025, 3, 3))}, "/tickets?start=2025-03-01&end=2025-03-02"),
        ({"own": {"band": "promoter"}}, "/tickets?band=promoter"),
        ({"page": 3}, "/tickets"),
    ],
)
def test_what_is_chosen_stands_in_the_address(given: dict[str, object], address: str) -> None:
    assert replace(PLAIN, **given).href() == address  # type: ignore[arg-type]


def test_a_page_is_one_of_several() -> None:
    told = pages(replace(PLAIN, page=2, text="luz"), 50, 120)
    assert (told.text, told.before, told.after) == (
        "51–100 of 120", "/tickets?q=luz&page=1", "/tickets?q=luz&page=3",
    )  # fmt: skip


def test_there_is_nothing_after_the_last_page() -> None:
    assert pages(replace(PLAIN, page=3), 20, 120).after == ""


def test_each_filter_in_force_has_its_way_out() -> None:
    view = View(where=("channel=chat", "score>=9"))
    assert chips(replace(PLAIN, view=view), {}) == [
        Chip("Channel: Chat", "/tickets?where=score%3E%3D9"),
        Chip("Score ≥ 9", "/tickets?where=channel%3Dchat"),
    ]


def test_a_period_has_its_way_out_too() -> None:
    assert [chip.href for chip in chips(replace(PLAIN, weeks="4", text="luz"), {})] == ["/tickets?q=luz"]


def test_the_form_keeps_filters_that_it_does_not_show() -> None:
    view = View(where=("channel=chat", "channel!=email", "score>=9"))
    shown = fields({"channel": ("chat", "email")}, view, ())
    assert ([field.chosen for field in shown], other(view, shown)) == (["chat"], ["channel!=email", "score>=9"])


def test_a_lead_chooses_among_their_own_teams() -> None:
    (field,) = fields({"team": ("Soporte", "Ventas")}, View(), ("Ventas",))
    assert field.options == [("Ventas", "Ventas")]


@pytest.mark.parametrize(("given", "narrowed"), [({}, False), ({"sort": "touches"}, False), ({"text": "luz"}, True)])
def test_an_order_narrows_nothing(given: dict[str, str], narrowed: bool) -> None:
    assert replace(PLAIN, **given).narrowed is narrowed  # type: ignore[arg-type]
