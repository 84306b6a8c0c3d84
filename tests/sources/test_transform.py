import numpy as np
import pyarrow as pa
import pytest

from latido.sources.mapping import Mapping, Rule, parse
from latido.sources.sheet import BrokenRow, Frame
from latido.sources.source import Chunk
from latido.sources.transform import Context, cells, draw, without_strays
from tests.sources.shelf import delivered


@pytest.fixture
def context(tmp_path) -> Context:
    return Context(delivered(tmp_path, "x"))


def frame(**columns: list[str | None]) -> Frame:
    rows = pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})
    return Frame(rows, np.arange(1, rows.num_rows + 1))


def tickets(*where: dict[str, object], **columns: object) -> Mapping:
    rules = {"ticket_id": "id", "created": "created", **columns}
    return parse({"tables": [{"table": "tickets", "where": list(where), "columns": rules}]})


def drawn(context: Context, mapping: Mapping, **columns: list[str | None]) -> Chunk:
    return next(iter(draw(frame(**columns), mapping, context)))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(column="a"), ["x / y", None]),
        (Rule(column="a", split="/", part=2), ["y", None]),
        (Rule(column="a", split="/", part=-1), ["y", None]),
        (Rule(column="a", split="/", part=3), [None, None]),
        (Rule(columns=("a", "b"), join="+"), ["x / y+1", None]),
        (Rule(first=("a", "b")), ["x / y", "2"]),
        (Rule(column="b", values={"1": "one"}), ["one", "2"]),
        (Rule(column="b", values={"1": "one"}, otherwise="more"), ["one", "more"]),
        (Rule(column="a", default="none"), ["x / y", "none"]),
        (Rule(constant=7), [7, 7]),
        (Rule(column="nowhere"), [None, None]),
    ],
    ids=str,
)
def test_a_rule_makes_cells(context, rule, expected):
    assert cells(frame(a=[" x / y ", "?"], b=["1", "2"]), rule, context).to_pylist() == expected


def test_a_row_number_names_the_file_too(context):
    assert cells(frame(a=["x"]), Rule(row_number=True), context).to_pylist() == [f"{context.file.digest[:12]}-1"]


def test_a_fingerprint_is_the_same_wherever_the_row_stands(context):
    first, again, other = cells(
        frame(a=["x", "x", "y"], b=["1", "1", None]), Rule(fingerprint=True), context
    ).to_pylist()
    assert (first == again, first == other) == (True, False)


@pytest.mark.parametrize(
    ("condition", "ids"),
    [
        ({"column": "n", "equals": "1"}, ["a"]),
        ({"column": "n", "equals": ["1", "2"]}, ["a", "b"]),
        ({"column": "n", "not": "1"}, ["b", "c"]),
        ({"column": "n", "filled": True}, ["a", "b"]),
        ({"column": "n", "filled": False}, ["c"]),
        ({"column": "n", "not": "1", "filled": True}, ["b"]),
    ],
    ids=str,
)
def test_only_rows_that_meet_the_conditions_count(context, condition, ids):
    chunk = drawn(context, tickets(condition), id=["a", "b", "c"], created=["2024-03-04"] * 3, n=["1", "2", ""])
    assert (chunk.rows["ticket_id"].to_pylist(), chunk.read) == (ids, len(ids))


def test_numbers_are_scaled_and_texts_get_their_ends(context):
    rules = {
        "resolution_target": {"column": "days", "times": 86400},
        "x_site": {"column": "id", "prefix": "<", "suffix": ">"},
    }
    chunk = drawn(context, tickets(**rules), id=["a"], created=["2024-03-04"], days=["1,5"])
    assert (chunk.rows["resolution_target"].to_pylist(), chunk.rows["x_site"].to_pylist()) == ([None], ["<a>"])
    chunk = drawn(context, tickets(**rules), id=["a"], created=["2024-03-04"], days=["1.5"])
    assert chunk.rows["resolution_target"].to_pylist() == [129_600]


def test_foreign_words_are_known_without_being_told(context):
    chunk = drawn(context, tickets(channel="via"), id=["a"], created=["2024-03-04"], via=["Teléfono"])
    assert chunk.rows["channel"].to_pylist() == ["phone"]


def test_an_unreadable_value_that_the_row_can_do_without_is_emptied_and_told(context):
    chunk = drawn(context, tickets(reopens="n"), id=["a"], created=["2024-03-04"], n=["many"])
    assert (chunk.rows["reopens"].to_pylist(), [(r.column, r.value, r.kept) for r in chunk.rejects]) == (
        [None],
        [("n", "many", True)],
    )


def test_a_row_without_a_readable_key_is_left_out_and_told_once(context):
    chunk = drawn(context, tickets(), id=["a", "b"], created=["soon", "2024-03-04"])
    assert (chunk.rows["ticket_id"].to_pylist(), [(r.row, r.column, r.value, r.kept) for r in chunk.rejects]) == (
        ["b"],
        [(1, "created", "soon", False)],
    )


def test_a_reject_keeps_the_whole_foreign_row(context):
    chunk = drawn(context, tickets(), id=["a"], created=["soon"], note=["unused"])
    assert chunk.rejects[0].raw == {"id": "a", "created": "soon", "note": "unused"}


def test_broken_rows_belong_to_the_first_table_only(context):
    mapping = parse({"tables": [tickets().said()["tables"][0]] * 2})
    broken = Frame(pa.table({}), np.empty(0, np.int64), (BrokenRow(3, "…", tickets.__doc__),))  # type: ignore[arg-type]
    assert [(len(chunk.rejects), chunk.read) for chunk in draw(broken, mapping, context)] == [(1, 1), (0, 0)]


@pytest.mark.parametrize(
    ("row", "strays"),
    [
        (("id", "created", "n"), 1),
        (("Total", "", "12"), 1),
        ((" total general ", "", ""), 1),
        (("Total", "2024-03-04", "1"), 0),
        (("", "", ""), 0),
        (("x", "", ""), 0),
    ],
    ids=str,
)
def test_repeated_headers_and_totals_are_no_data(row, strays):
    first, second, third = row
    assert len(without_strays(frame(id=["a", first], created=["b", second], n=["c", third])).broken) == strays
