"""JSON and Parquet."""

from __future__ import annotations

import io

import pyarrow as pa
import pyarrow.parquet as pq

from tests.sources.corpus.odd import TICKETS, Odd, text

TOPIC = TICKETS + 'topic = "form.topic"\n'


def _parquet(**columns: object) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


ROWS = _parquet(id=[1, 2], created=["2024-03-04", "2024-03-05"])

RECORDS = (
    Odd(
        "broken_line.jsonl",
        ("a broken line in the middle", "una línea rota en medio"),
        text('{"id": 1, "created": "2024-03-04"}\n{"id": 2, "created": \n{"id": 3, "created": "2024-03-04"}\n'),
        rows=2,
        set_aside=("row 2: This is not valid JSON.",),
    ),
    Odd(
        "cut.json",
        ("an array cut short", "una lista cortada"),
        text('[{"id": 1, "created": "2024-03-04"}, {"id": 2, "crea'),
        rows=1,
        set_aside=("row 2: The file breaks off or is not valid JSON from here on.",),
    ),
    Odd(
        "numbers.jsonl",
        ("values that are no records", "valores que no son registros"),
        text('{"id": 1, "created": "2024-03-04"}\n[7, 8]\n'),
        rows=1,
        set_aside=("row 2: This is valid JSON but not an object with named values.",),
    ),
    Odd(
        "deep.json",
        ("100,000 brackets", "100 000 corchetes"),
        text("[" * 100_000),
        refused="deep.json is nested too deeply to be data.",
    ),
    Odd(
        "two_lists.json",
        ("two lists of records", "dos listas de registros"),
        text('{"tickets": [{"id": 1, "created": "2024-03-04"}], "users": [{"id": 7}, {"id": 8}]}'),
        refused="two_lists.json holds several lists of records: tickets (1), users (2). "
        'Say which in a mapping file: records = "tickets"',
    ),
    Odd(
        "list_said.json",
        ("the same, with the list's name", "lo mismo, con el nombre de la lista"),
        text('{"tickets": [{"id": 1, "created": "2024-03-04"}], "users": [{"id": 7}, {"id": 8}]}'),
        'records = "tickets"\n' + TICKETS,
        rows=1,
    ),
    Odd(
        "later_keys.json",
        ("a key that only the last record has", "una clave que solo tiene el último registro"),
        text('[{"id": 1, "created": "2024-03-04"}, {"id": 2, "created": "2024-03-04", "form": {"topic": "Invoice"}}]'),
        TOPIC,
        rows=2,
        shows={"topic": None},
    ),
    Odd(
        "cut.parquet",
        ("Parquet cut short", "Parquet cortado"),
        text(ROWS[:-30]),
        refused="cut.parquet is a Parquet file that is cut short or damaged. Export it again.",
    ),
    Odd(
        "nested.parquet",
        ("lists and dictionaries in Parquet", "listas y diccionarios en Parquet"),
        text(_parquet(id=[1], created=["2024-03-04"], form=pa.array([{"topic": "Invoice"}]))),
        TICKETS + 'topic = "form"\n',
        rows=1,
        shows={"topic": '{"topic": "Invoice"}'},
    ),
    Odd(
        "typed.parquet",
        ("typed columns: numbers, truth, dates", "columnas con tipo: números, lógicos, fechas"),
        text(_parquet(id=[1.0], created=pa.array([19786], pa.date32()), spam=[True])),
        TICKETS + 'spam = "spam"\n',
        rows=1,
        shows={"ticket_id": "1", "spam": True},
    ),
)
