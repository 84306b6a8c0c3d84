import csv

import pytest

from latido.errors import UnknownNameError
from latido.i18n import use
from latido.store.rejects import ID_COLUMN, REJECTS, export_reasons, export_rows
from tests.store.conftest import REASON, reject


def test_without_rejects_the_list_is_empty(rejects):
    assert (rejects.list(), rejects.count()) == ([], 0)


def test_a_reject_keeps_what_is_needed_to_mend_it(rejects, put_rejects):
    put_rejects(reject())
    (kept,) = rejects.list()
    assert (kept.file, kept.row, kept.table, kept.column, kept.value) == ("a.csv", 1, "answers", "score", "-1")
    assert (kept.raw, kept.delivery, kept.state, kept.kept) == ({"id": "r1", "score": "-1"}, "d1", "open", False)


def test_the_reason_reads_in_both_languages(rejects, put_rejects):
    put_rejects(reject())
    (kept,) = rejects.list()
    assert str(kept.reason) == "The event (1) is older than its ticket (2)."
    with use("es"):
        assert str(kept.reason) == "El evento (1) es anterior a su ticket (2)."


def test_an_unknown_reject_cannot_be_marked(rejects, put_rejects):
    put_rejects(reject())
    with pytest.raises(UnknownNameError, match="“nope”"):
        rejects.mark(["nope"], "dismissed")


@pytest.mark.parametrize(
    ("asked", "rows"),
    [({"file": "b.csv"}, [3]), ({"table": "asks"}, [2]), ({"limit": 2}, [1, 2]), ({}, [1, 2, 3])],
    ids=str,
)
def test_the_list_is_filtered(rejects, put_rejects, asked, rows):
    put_rejects(reject(1), reject(2, table="asks"), reject(3, file="b.csv"))
    assert [r.row for r in rejects.list(**asked)] == rows


def test_reasons_are_exported_in_the_language_of_the_reader(rejects, put_rejects, tmp_path):
    put_rejects(reject())
    with use("es"):
        assert export_reasons(rejects.list(), tmp_path / "reasons.csv") == 1
        (row,) = csv.DictReader((tmp_path / "reasons.csv").read_text("utf-8-sig").splitlines())
        assert row["reason"] == str(REASON)


def test_rows_are_exported_as_they_came_once_each(rejects, put_rejects, tmp_path):
    put_rejects(reject(2), reject(1), reject(1, column="id"))
    (path,) = export_rows(rejects.list(), tmp_path)
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))
    assert [r["id"] for r in rows] == ["r1", "r2"]
    assert [len(r[ID_COLUMN].split()) for r in rows] == [2, 1]


def test_what_could_not_be_split_into_cells_is_not_exported(rejects, put_rejects, tmp_path):
    put_rejects(reject(raw={"": "a;b;c"}))
    assert export_rows(rejects.list(), tmp_path) == []


def test_a_row_with_several_things_wrong_is_one_row(rejects, put_rejects):
    put_rejects(reject(1), reject(1, column="id"), reject(1, table="asks"), reject(2), tables=("answers", "asks"))
    assert (len(rejects.list()), rejects.count(), rejects.counts()) == (4, 2, {"answers": 2, "asks": 1})


def test_rows_with_other_columns_are_exported_apart(rejects, put_rejects, tmp_path):
    put_rejects(reject(1), reject(2, raw={"other": "x"}), reject(3, raw={}))
    assert len(export_rows(rejects.list(), tmp_path)) == 2


def test_rejects_have_the_columns_of_their_declaration(lake, put_rejects):
    put_rejects(reject())
    assert lake.snapshot().schema("rejects").names == REJECTS.schema().names
