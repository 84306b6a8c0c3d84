"""Rejects by what is wrong with them."""

from dataclasses import replace

import pytest

from latido.errors import UnknownNameError
from latido.i18n import _
from latido.sources.source import Reject
from latido.store.reject_groups import Groups, Value, mended
from tests.store.conftest import reject

LATE = _("“{value}” is not a date and time.", value="mañana")


def late(row, value="mañana", **more):
    return Reject("a.csv", row, "tickets", "created", value, LATE, {"id": f"t{row}", "created": value}, **more)


@pytest.fixture
def groups(lake, put_rejects):
    """Three rejects for one reason, two for another."""
    put_rejects(late(1), late(2), late(3, "ayer", kept=True), reject(1), reject(2), tables=("answers", "tickets"))
    return Groups(lake)


def test_the_largest_group_comes_first(groups):
    assert [(g.table, g.column, g.count, g.kept) for g in groups.all()] == [
        ("tickets", "created", 3, 1),
        ("answers", "score", 2, 0),
    ]


def test_a_group_says_why_by_an_example(groups):
    assert str(groups.all()[0].reason) == "“mañana” is not a date and time."


def test_a_group_is_found_by_its_key(groups):
    assert groups.get(groups.all()[1].key) == groups.all()[1]


def test_one_that_is_gone_is_an_error_for_people(groups):
    with pytest.raises(UnknownNameError, match="no such rejects any more"):
        groups.get("nothing")


def test_rows_come_page_by_page_by_file_and_row(groups):
    first = groups.all()[0]
    assert [[r.row for r in groups.rows(first, at, 2)] for at in (0, 2)] == [[1, 2], [3]]


def test_values_come_by_how_often(groups):
    assert groups.values(groups.all()[0]) == [Value("mañana", 2), Value("ayer", 1)]


def test_rejects_of_one_value_can_be_named(groups):
    first = groups.all()[0]
    assert (len(groups.ids(first)), len(groups.ids(first, ["mañana"])), groups.ids(first, ["x"])) == (3, 2, [])


def test_a_column_to_blame_may_be_missing(lake, put_rejects):
    put_rejects(reject(1, column=None))
    groups = Groups(lake)
    (one,) = groups.all()
    assert (one.column, [r.row for r in groups.rows(one)]) == (None, [1])


def test_only_those_in_a_state_are_told(lake, groups):
    assert (Groups(lake, "dismissed").all(), len(Groups(lake, None).all())) == ([], 2)


def test_only_those_of_a_file_are_told(lake, groups):
    assert Groups(lake, file="b.csv").all() == []


def test_rows_are_counted_as_they_stand_in_the_file(lake, put_rejects):
    put_rejects(reject(1), reject(1, column="asked"), late(1), late(2), tables=("answers", "tickets"))
    groups = Groups(lake)
    assert (sum(g.count for g in groups.all()), groups.count(), groups.count("answers")) == (4, 2, 1)
    assert (groups.count(source="csv"), groups.count(source="generic")) == (2, 0)


@pytest.mark.parametrize(("deliveries", "count"), [(["d1"], 3), (["d2"], 0), ([], 0)])
def test_only_those_of_some_deliveries_are_told(lake, groups, deliveries, count):
    assert Groups(lake, deliveries=deliveries).count() == count


def test_without_rejects_there_are_no_groups(lake):
    assert (Groups(lake).all(), Groups(lake).count()) == ([], 0)


def test_a_row_is_mended_with_all_that_is_wrong_with_it(lake, put_rejects):
    both = {"id": "r1", "score": "-1", "asked": "ayer"}
    put_rejects(reject(1, raw=both), reject(1, column="asked", raw=both), reject(2))
    groups = Groups(lake)
    one, *_others = groups.rows(groups.all()[0])
    rows = groups.of_rows([one])
    cells = {r.reject_id: {"score": "3", "asked": "2025-01-01"}[r.column] for r in rows}
    assert [r.raw for r in mended(rows, cells)] == [{"id": "r1", "score": "3", "asked": "2025-01-01"}] * 2


def test_what_is_not_mended_stays_as_it_was(groups):
    rows = groups.rows(groups.all()[0])
    (first, second, *_others) = mended(rows, {rows[0].reject_id: "2025-01-01"})
    assert (first.raw["created"], second.raw["created"]) == ("2025-01-01", "mañana")


def test_a_column_that_is_not_in_the_row_cannot_be_mended(groups):
    (row, *_others) = groups.rows(groups.all()[0])
    stray = replace(row, column="when")
    assert mended([stray], {stray.reject_id: "x"})[0].raw == row.raw
