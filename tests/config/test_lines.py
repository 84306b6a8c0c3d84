"""Headings and keys of a TOML text are found where they stand."""

from __future__ import annotations

import pytest

from latido.config.lines import Heading, heading, line_of


@pytest.mark.parametrize(
    ("place", "line"),
    [(("a", "b"), 2), (("a", "b", "c"), 2), (("list", 1, "x"), 6), (("a", "q r"), 3), (("nothing",), None)],
)
def test_a_setting_is_found_in_the_text(place: tuple[str | int, ...], line: int | None) -> None:
    text = '[a]\nb = { c = 1 }\n"q r" = 2\n[[list]]\n[[list]]  # the second\nx = 1\n'
    assert line_of(place, text) == line


def test_a_heading_tells_a_table_from_an_element() -> None:
    assert [heading("[a.'b c']"), heading("[[sla]] # one")] == [Heading(("a", "b c"), False), Heading(("sla",), True)]


def test_a_bracket_within_quotes_ends_no_heading() -> None:
    assert heading('[calendars."a]b"]') == Heading(("calendars", "a]b"), False)


def test_a_list_is_no_heading() -> None:
    assert heading('x = ["a"]') is None
