import pytest

from latido import sync
from latido.errors import InputError
from latido.sources.source import Options
from latido.store import raw
from latido.store.engines.duckdb import DuckDB
from latido.store.lake import Lake
from latido.store.rejects import Rejects, export_rows
from tests.delivered import CanonicalCsv, deliver, delivery
from tests.store.conftest import stored

A = {"ticket_id": "A", "created": "2024-01-01T10:00:00", "status": "open"}
B = {"ticket_id": "B", "created": "2024-02-01T10:00:00", "status": "open"}
LATER = {"ticket_id": "A", "event_id": "1", "occurred": "2024-01-01T11:00:00", "kind": "message", "text": "hola"}
EARLIER = {"ticket_id": "A", "event_id": "2", "occurred": "2024-01-01T09:59:59", "kind": "note", "text": "antes"}


@pytest.fixture
def lake(tmp_path):
    return Lake.create(tmp_path / "lake")


@pytest.fixture(scope="session")
def engine():
    engine = DuckDB(threads=1)
    yield engine
    engine.close()


@pytest.fixture
def run(lake, engine):
    def _run(*deliveries, source=None, **more):
        return sync.run(lake, engine, source or CanonicalCsv(), deliveries, Options(), **more)

    return _run


def tickets(lake):
    return [r["ticket_id"] for r in stored(lake.snapshot(), "tickets", "ticket_id")]


def test_a_report_has_a_line_for_each_table(run, tmp_path):
    report = run(deliver(tmp_path, "tickets.csv", A, B), deliver(tmp_path, "ticket_events.csv", LATER))
    assert [(t.table, t.read, t.new, t.rejected) for t in report.tables] == [
        ("tickets", 2, 2, 0),
        ("ticket_events", 1, 1, 0),
    ]
    assert (report.changed, report.version, report.source) == (True, 1, "canonical")
    assert all(t.rate > 0 for t in report.tables)


def test_rows_say_where_they_come_from(run, lake, tmp_path):
    file = deliver(tmp_path, "tickets.csv", A, B)
    run(file)
    assert stored(lake.snapshot(), "tickets", "row", "delivery", "source") == [
        {"row": 1, "delivery": file.digest, "source": "canonical"},
        {"row": 2, "delivery": file.digest, "source": "canonical"},
    ]


def test_the_same_file_twice_changes_nothing(run, lake, tmp_path):
    files = (
        deliver(tmp_path, "tickets.csv", A, B, {**A, "ticket_id": ""}),
        deliver(tmp_path, "ticket_events.csv", EARLIER),
    )
    run(*files)
    before = lake.snapshot().manifest
    report = run(*files)
    assert lake.snapshot().manifest == before
    assert [(t.new, t.updated, t.unchanged, t.rejected) for t in report.tables] == [(0, 0, 2, 1), (0, 0, 0, 1)]
    assert not report.changed


def test_a_file_that_breaks_in_the_middle_imports_nothing_and_says_so(run, lake, tmp_path):
    rows = [{**A, "ticket_id": str(i)} for i in range(7)]
    with pytest.raises(InputError, match="Nothing was imported, not even the 6 rows before it") as broken:
        run(deliver(tmp_path, "tickets.csv", *rows, {**A, "ticket_id": "broken"}))
    assert str(broken.value.message) == "The file ends in the middle of a row."
    assert (lake.snapshot().version, list(lake.raw.iterdir()), list((lake.root / "staging").iterdir())) == (0, [], [])


def test_an_event_before_its_ticket_is_rejected(run, lake, tmp_path):
    report = run(deliver(tmp_path, "tickets.csv", A), deliver(tmp_path, "ticket_events.csv", EARLIER, LATER))
    assert [t.rejected for t in report.tables] == [0, 1]
    assert [r["event_id"] for r in stored(lake.snapshot(), "ticket_events")] == ["1"]
    (reject,) = Rejects(lake).list()
    assert (reject.file, reject.row, reject.column, reject.raw["text"]) == ("ticket_events.csv", 1, "occurred", "antes")
    assert str(reject.reason) == "The event (2024-01-01 09:59:59) is older than its ticket (2024-01-01 10:00:00)."


def test_an_event_is_held_against_a_ticket_that_came_earlier(run, lake, tmp_path):
    run(deliver(tmp_path, "tickets.csv", A))
    report = run(deliver(tmp_path, "ticket_events.csv", EARLIER, LATER))
    assert report.rejected == 1


def test_an_event_without_a_ticket_is_kept(run, tmp_path):
    assert run(deliver(tmp_path, "ticket_events.csv", EARLIER)).tables[0].new == 1


def test_a_bad_row_is_kept_as_a_reject(run, lake, tmp_path):
    report = run(deliver(tmp_path, "tickets.csv", A, {**B, "created": "mañana"}))
    (reject,) = Rejects(lake).list()
    assert (report.tables[0].new, report.tables[0].rejected) == (1, 1)
    assert (reject.row, reject.column, reject.value, reject.raw["ticket_id"]) == (2, "created", "mañana", "B")


def test_a_bad_value_is_emptied_and_its_row_kept(run, lake, tmp_path):
    report = run(deliver(tmp_path, "tickets.csv", {**A, "priority": "purple"}))
    (table,) = report.tables
    assert (table.new, table.rejected, table.emptied) == (1, 0, 1)
    assert Rejects(lake).list()[0].kept


def test_deliveries_are_kept_as_they_came(run, lake, tmp_path):
    file = deliver(tmp_path, "tickets.csv", A)
    run(file)
    assert raw.unpack(lake.raw, file.digest, tmp_path).path.read_bytes() == file.path.read_bytes()


def test_what_follows_is_derived_in_the_same_write(run, lake, tmp_path):
    def derive(writer, engine):
        rows = engine.table(writer.now, "tickets").select("ticket_id").to_pyarrow()
        writer.replace("facts", rows, ("ticket_id",))

    run(deliver(tmp_path, "tickets.csv", A, B), after=derive)
    assert (lake.snapshot().version, lake.snapshot().rows("facts")) == (1, 2)


def test_a_failure_in_what_follows_takes_the_import_back(run, lake, tmp_path):
    def fails(_writer, _engine):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(deliver(tmp_path, "tickets.csv", A), after=fails)
    assert lake.snapshot().version == 0


def test_nothing_follows_from_nothing(run, tmp_path):
    told = []
    file = deliver(tmp_path, "tickets.csv", A)
    run(file)
    run(file, after=lambda *_: told.append(1))
    assert told == []


def test_progress_is_told_with_an_estimate_of_the_total(run, tmp_path):
    told = []
    run(deliver(tmp_path, "tickets.csv", *({**A, "ticket_id": f"{i:04d}"} for i in range(200))), progress=told.append)
    assert told[0] == sync.Progress("reading", "tickets", 2, 201)
    assert told[-1] == sync.Progress("writing", "tickets", 200, 201)


def test_a_short_file_has_no_estimate(run, tmp_path):
    told = []
    run(deliver(tmp_path, "tickets.csv", A), progress=told.append)
    assert told[0].total is None


def marked(lake):
    """The one open reject, as the first row of a mended file stands for it."""
    return {1: [r.reject_id for r in Rejects(lake).list()]}


def test_a_mended_row_closes_its_reject(run, lake, tmp_path):
    run(deliver(tmp_path, "tickets.csv", A, {**B, "created": "mañana"}))
    (mended,) = export_rows(Rejects(lake).list(), tmp_path)
    mended = mended.rename(tmp_path / "tickets-mended.csv")
    mended.write_text(mended.read_text("utf-8-sig").replace("mañana", "2024-02-01"))
    report = run(delivery(mended), replaying=marked(lake))
    assert (report.tables[0].new, tickets(lake)) == (1, ["A", "B"])
    assert [r.state for r in Rejects(lake).list(state=None)] == ["replayed"]


def test_a_row_mended_wrongly_is_a_new_reject(run, lake, tmp_path):
    run(deliver(tmp_path, "tickets.csv", {**B, "created": "mañana"}))
    (mended,) = export_rows(Rejects(lake).list(), tmp_path)
    mended = mended.rename(tmp_path / "tickets-mended.csv")
    mended.write_text(mended.read_text("utf-8-sig").replace("mañana", "ayer"))
    run(delivery(mended), replaying=marked(lake))
    assert {(r.state, r.value) for r in Rejects(lake).list(state=None)} == {("replayed", "mañana"), ("open", "ayer")}


def test_the_same_delivery_read_better_closes_its_rejects(run, lake, tmp_path):
    class Better(CanonicalCsv):
        def add(self, rows, number, record):
            super().add(rows, number, {**record, "created": record["created"].replace("mañana", "2024-02-01")})

    file = deliver(tmp_path, "tickets.csv", {**B, "created": "mañana"})
    run(file)
    run(file, source=Better())
    assert [r.state for r in Rejects(lake).list(state=None)] == ["replayed"]


def test_a_file_of_the_same_name_with_the_row_mended_closes_its_reject(run, lake, tmp_path):
    run(deliver(tmp_path, "tickets.csv", A, {**B, "created": "mañana"}))
    run(deliver(tmp_path, "tickets.csv", A, B))
    assert Rejects(lake).list() == []


def test_a_file_of_the_same_name_with_other_rows_leaves_rejects_open(run, lake, tmp_path):
    run(deliver(tmp_path, "tickets.csv", A, {**B, "created": "mañana"}))
    run(deliver(tmp_path, "tickets.csv", A, {**B, "ticket_id": "C"}))
    assert [r.raw["ticket_id"] for r in Rejects(lake).list()] == ["B"]
