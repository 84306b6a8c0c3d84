"""A settings file is changed in one place and stays as it was in all others."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
import tomli_w
import tomlkit
from hypothesis import given, settings
from hypothesis import strategies as st

from latido.config.rewrite import arrange, at, drop, merge, put, rename
from latido.errors import ConfigError

FILE = """# Settings of Acme

name = "Acme" # the whole group
countries = [
  "ES", # home
  "MX",
]

# Agreed in January
[targets]
nps = 40 # the board wants it

# The sales people asked for it
[targets.csat]
value = 85
team.Sales = 80

# Promises
[[sla]]
# the one that matters
name = "Urgent"
target = "1h"
where = {priority = "urgent"}

# everything else
[[sla]]
name = "Rest"
target = "1d"
"""


def lines_that_differ(before: str, after: str) -> list[str]:
    """What a change took away and added, in order of the lines."""
    old, new = before.splitlines(), after.splitlines()
    return [f"-{line}" for line in old if line not in new] + [f"+{line}" for line in new if line not in old]


def test_a_value_changes_on_its_line() -> None:
    changed = put(FILE, ("targets", "nps"), 45)
    assert lines_that_differ(FILE, changed) == [
        "-nps = 40 # the board wants it",
        "+nps = 45 # the board wants it",
    ]


def test_a_new_key_stands_behind_the_last_of_its_table() -> None:
    assert "nps = 40 # the board wants it\nces = 5.5\n\n# The sales" in put(FILE, ("targets", "ces"), 5.5)


def test_a_new_key_of_the_file_stands_before_all_tables() -> None:
    assert '"MX",\n]\ncurrency = "MXN"\n\n# Agreed' in put(FILE, ("currency",), "MXN")


def test_the_first_key_of_a_file_stands_below_its_title() -> None:
    text = "# Settings of Acme\n\n# An example:\n# [targets]\n"
    assert put(text, ("name",), "A") == '# Settings of Acme\nname = "A"\n\n# An example:\n# [targets]\n'


def test_a_key_of_a_group_stands_beside_the_others() -> None:
    assert "team.Sales = 80\nteam.Ventas = 90\n" in put(FILE, ("targets", "csat", "team", "Ventas"), 90)


def test_a_new_section_stands_at_the_end() -> None:
    assert put(FILE, ("pulse", "metrics"), ["nps"]).endswith('target = "1d"\n\n[pulse]\nmetrics = ["nps"]\n')


def test_a_new_table_stands_behind_its_siblings() -> None:
    text = '[calendars.a]\ncountry = "ES"\n\n[store]\nkeep_days = 3\n'
    changed = put(text, ("calendars", "b c"), {"blocks": {"mon": ["09:00-14:00"]}, "closed": [date(2026, 12, 24)]})
    assert changed == (
        '[calendars.a]\ncountry = "ES"\n\n[calendars."b c"]\nblocks = {mon = ["09:00-14:00"]}\nclosed = [2026-12-24]\n'
        "\n[store]\nkeep_days = 3\n"
    )


def test_a_key_of_a_table_that_has_only_inner_ones_gets_a_heading() -> None:
    assert put("[targets.csat]\nvalue = 85\n", ("targets", "nps"), 40) == (
        "[targets]\nnps = 40\n\n[targets.csat]\nvalue = 85\n"
    )


def test_a_table_becomes_a_number() -> None:
    changed = put(FILE, ("targets", "csat"), 70)
    assert "[targets.csat]" not in changed
    assert "nps = 40 # the board wants it\ncsat = 70\n" in changed


def test_a_number_becomes_a_table() -> None:
    changed = put(FILE, ("targets", "nps"), {"value": 40, "team": {"Ventas": 50}})
    assert "nps = {value = 40, team = {Ventas = 50}} # the board wants it\n" in changed


def test_a_table_that_goes_takes_its_comment_along() -> None:
    changed = drop(FILE, ("targets", "csat"))
    assert lines_that_differ(FILE, changed) == [
        "-# The sales people asked for it", "-[targets.csat]", "-value = 85", "-team.Sales = 80",
    ]  # fmt: skip


def test_what_is_not_there_needs_no_taking_away() -> None:
    assert drop(FILE, ("definitions", "margin")) == FILE


def test_elements_move_with_their_comments_and_the_title_stays() -> None:
    assert arrange(FILE, ("sla",), [1, 0]).endswith(
        '# Promises\n# everything else\n[[sla]]\nname = "Rest"\ntarget = "1d"\n\n'
        '[[sla]]\n# the one that matters\nname = "Urgent"\ntarget = "1h"\nwhere = {priority = "urgent"}\n'
    )


def test_a_new_element_takes_its_place() -> None:
    changed = arrange(FILE, ("sla",), [0, {"name": "New", "where": {"team": ["a", "b"]}}, 1])
    assert '[[sla]]\nname = "New"\nwhere = {team = ["a", "b"]}\n\n# everything else\n' in changed


def test_a_list_within_brackets_is_arranged_too() -> None:
    assert arrange('sla = [{name = "a"}, {name = "b"}]\n', ("sla",), [1, 0]) == 'sla = [{name = "b"}, {name = "a"}]\n'


def test_an_element_is_changed_by_its_number() -> None:
    assert put(FILE, ("sla", 1, "target"), "2d").endswith('[[sla]]\nname = "Rest"\ntarget = "2d"\n')


def test_an_element_gets_a_key() -> None:
    assert 'where = {priority = "urgent"}\ncalendar = "x"\n\n# ev' in put(FILE, ("sla", 0, "calendar"), "x")


def test_an_element_goes_with_its_comment() -> None:
    assert lines_that_differ(FILE, drop(FILE, ("sla", 1))) == [
        "-# everything else", '-name = "Rest"', '-target = "1d"',
    ]  # fmt: skip


def test_the_first_element_begins_a_list() -> None:
    assert put("", ("sla",), [{"name": "a"}]) == '[[sla]]\nname = "a"\n'


def test_an_inner_list_begins_behind_what_it_belongs_to() -> None:
    changed = put('[calendars.a]\ncountry = "ES"\n\n[store]\n', ("calendars", "a", "versions"), [{"country": ""}])
    assert changed == '[calendars.a]\ncountry = "ES"\n\n[[calendars.a.versions]]\ncountry = ""\n\n[store]\n'


def test_only_what_differs_is_written() -> None:
    before, after = {"country": "ES", "blocks": {"mon": ["09:00-14:00"]}}, {"blocks": {"mon": ["09:00-14:00"]}}
    text = '[calendars.a]\nblocks = {lun = ["9:00-14:00"]} # as we say it\ncountry = "ES"\n'
    assert merge(text, ("calendars", "a"), before, after) == (
        '[calendars.a]\nblocks = {lun = ["9:00-14:00"]} # as we say it\n'
    )


def test_a_file_without_a_last_line_end_is_changed() -> None:
    assert put('name = "a"', ("currency",), "EUR") == 'name = "a"\ncurrency = "EUR"\n'


def test_line_ends_stay_as_they_are() -> None:
    assert (
        put('name = "a" # x\r\n[targets]\r\nnps = 1\r\n', ("name",), "b")
        == 'name = "b" # x\r\n[targets]\r\nnps = 1\r\n'
    )


def test_what_cannot_be_changed_safely_is_refused() -> None:
    text = 'name = """\n[targets]\nnps = 1\n"""\n\n[targets]\nces = 1\n'
    with pytest.raises(ConfigError, match="with an editor"):
        drop(text, ("targets",))


NAMES = st.sampled_from(["nps", "csat", "team", "Ventas ES", "a.b", "ñ"])
SCALARS = st.one_of(st.integers(0, 9), st.sampled_from(["", "4h", 'qu"ote', "# no comment", "ñ"]), st.booleans())
VALUES = st.recursive(
    SCALARS | st.lists(SCALARS, max_size=2),
    lambda inner: (
        st.dictionaries(NAMES, inner, min_size=1, max_size=3)
        | st.lists(st.dictionaries(NAMES, SCALARS, min_size=1, max_size=2), min_size=1, max_size=3)
    ),
    max_leaves=8,
)
DATA = st.dictionaries(NAMES, VALUES, max_size=4)
WRITERS = st.sampled_from([tomli_w.dumps, tomlkit.dumps])


@st.composite
def places(draw: Any) -> tuple[dict[str, Any], tuple[str | int, ...]]:
    """Data and a place in it, or one that a key more would make."""
    data: Any = draw(DATA)
    place: list[str | int] = [draw(NAMES)]
    inner = data.get(place[0])
    while isinstance(inner, dict) and draw(st.booleans()):
        place.append(draw(NAMES))
        inner = inner.get(place[-1])
    return data, tuple(place)


def with_value(data: dict[str, Any], place: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    """What plain dictionaries would have there."""
    made = deepcopy(data)
    inner = made
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return made


@settings(max_examples=300, deadline=None)
@given(places(), VALUES, WRITERS)
def test_whatever_is_put_is_there_and_nothing_else_has_changed(found: Any, value: Any, write: Any) -> None:
    data, place = found
    changed = tomllib.loads(put(write(data), place, value))
    assert changed == with_value(data, place, value)


@settings(max_examples=200, deadline=None)
@given(places(), WRITERS)
def test_whatever_is_dropped_is_gone(found: Any, write: Any) -> None:
    data, place = found
    assert at(tomllib.loads(drop(write(data), place)), place) is None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.dictionaries(NAMES, SCALARS, min_size=1, max_size=2), min_size=1, max_size=4), DATA, st.data())
def test_whatever_is_arranged_has_its_order(items: list[Any], others: dict[str, Any], more: Any) -> None:
    order = more.draw(st.permutations(range(len(items))))
    text = tomli_w.dumps({**others, "sla": items}) if more.draw(st.booleans()) else tomlkit.dumps({"sla": items})
    assert tomllib.loads(arrange(text, ("sla",), order))["sla"] == [items[i] for i in order]


def test_a_table_is_called_otherwise_where_it_stands() -> None:
    text = "# ours\n[hours.day] # by day\nmon = 9\n\n[[hours.day.later]]\nmon = 8\n\n[hours.night]\nmon = 22\n"
    assert rename(text, ("hours", "day"), "early birds") == text.replace("hours.day", 'hours."early birds"')


@pytest.mark.parametrize("text", ["hours.day.mon = 9\nname = 1\n", "hours = {day = {mon = 9}}\nname = 1\n"])
def test_what_has_no_heading_is_called_otherwise_too(text: str) -> None:
    changed = tomllib.loads(rename(text, ("hours", "day"), "early"))
    assert changed == {"hours": {"early": {"mon": 9}}, "name": 1}
