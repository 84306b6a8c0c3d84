import json
from io import StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latido.errors import InputError
from latido.sources import json_parser
from latido.sources.json_parser import Broken, Parser

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.lists(st.dictionaries(st.text(max_size=4), VALUES, max_size=3), min_size=1, max_size=4)


@pytest.fixture(params=[1, 7, 1 << 16])
def _pieces(request, monkeypatch):
    monkeypatch.setattr(json_parser, "HEAD", request.param)


def read(text: str, key: str | None = None) -> list[object]:
    return list(Parser(StringIO(text), "file.json").records(key))


@given(RECORDS, st.sampled_from([None, 2]), st.sampled_from([1, 5, 1 << 16]))
@settings(deadline=None, max_examples=200)
def test_an_array_is_read_as_pythons_parser_reads_it(records, indent, piece):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_parser, "HEAD", piece)
        assert read(json.dumps(records, indent=indent)) == records


@given(RECORDS, st.sampled_from([1, 5, 1 << 16]))
@settings(deadline=None, max_examples=100)
def test_so_are_json_lines(records, piece):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_parser, "HEAD", piece)
        assert read("\n".join(map(json.dumps, records))) == records


@pytest.mark.usefixtures("_pieces")
@pytest.mark.parametrize(
    ("text", "records"),
    [
        (
            '{"count": 2, "next": [1, {"a": 0}], "tickets": [{"a": 1}, {"a": 2}], "end": {"x": []}}',
            [{"a": 1}, {"a": 2}],
        ),
        ('{"tickets": [{"a": 1}]}\n{"tickets": [{"a": 2}], "end": true}\n', [{"a": 1}, {"a": 2}]),
        ('{"tickets": null}', []),
        ("", []),
    ],
)
def test_records_are_found_under_their_key(text, records):
    assert read(text, "tickets") == records


@pytest.mark.usefixtures("_pieces")
def test_a_broken_line_costs_only_itself():
    assert [r.text if isinstance(r, Broken) else r for r in read('{"a": 1}\n{"a": \r\n{"a": 3}\n')] == [
        {"a": 1},
        '{"a": ',
        {"a": 3},
    ]


@pytest.mark.usefixtures("_pieces")
def test_after_a_broken_element_the_rest_is_given_as_it_stands():
    assert [r.text if isinstance(r, Broken) else r for r in read('[{"a": 1}, nope, {"a": 2}]')] == [
        {"a": 1},
        'nope, {"a": 2}]',
    ]


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000])
def test_nesting_without_end_is_refused(text):
    with pytest.raises(InputError, match="nested too deeply"):
        read(text)


def test_a_record_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(json_parser, "LONGEST_VALUE", 1000)
    monkeypatch.setattr(json_parser, "HEAD", 100)
    with pytest.raises(InputError, match="has a record of more than"):
        read('[{"a": "' + "x" * 10_000)


@pytest.mark.parametrize(
    ("text", "arrays"),
    [
        ('{"a": [{"x": 1}, {"x": 2}], "b": [{}], "c": [1], "d": {}}', {"a": 2, "b": 1}),
        ('[{"a": []}]', {}),
        ('{"a": [{}]}\n{"a": [{}]}', {}),
    ],
)
def test_the_arrays_of_one_object_are_counted(text, arrays):
    assert Parser(StringIO(text), "file.json").arrays() == arrays
