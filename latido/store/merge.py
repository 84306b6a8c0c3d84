"""Which staged rows are new, which replace a stored one, which change nothing.

All of it is set algebra inside DuckDB over Parquet, so that it spills instead of growing; what
is kept meanwhile are places of rows, not rows. The lake is asked for its keys only; contents are
compared, by a hash of 64 bits, only in the files that hold a key that came.

A later row of a key wins, unless both it and the one it meets carry `updated` and its own is
the earlier. Staged rows of one key meet each other first, in the order they came, with the same
result as if each had been imported by itself.
"""

# ruff: noqa: S608 - names of columns and views are quoted; no value is ever part of a query

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from latido.store.step import Step, conformed, listed


@dataclass(frozen=True)
class Plan:
    """What to do to a table.

    Attributes:
        come: Query of the rows to put in; None to put in none.
        gone: Table of the keys to take out, with the index of their `_file`; None to take out none.
        updated: How many stored rows another version replaces.
    """

    come: str | None = None
    gone: str | None = None
    updated: int = 0


def upsert(step: Step, staged: Sequence[Path], stored: Sequence[str]) -> Plan:
    """Plan to add the staged rows and replace those that they are newer versions of."""
    _incoming(step, staged)
    come = f"SELECT {step.columns('i.')} FROM {step['incoming']} i"
    if not stored or not _match(step, stored):
        return Plan(come)
    come += f" ANTI JOIN {step['idle']} USING (_position)"
    updated = step.count("gone")
    return Plan(come, step["gone"] if updated else None, updated)


def replace(step: Step, rows: str, keys: duckdb.DuckDBPyRelation, stored: Sequence[str]) -> Plan:
    """Plan to take out the rows of some keys and put others in; keys whose rows are the same are left alone.

    Args:
        step: The change; its key's columns are those of `keys`.
        rows: Query of the rows to put in.
        keys: Keys to take out, beside those of the rows themselves.
        stored: The table's files.
    """
    if not stored:
        return Plan(rows)
    keys.create_view(f"{step.name} asked")
    step.keep("keys", f"SELECT {step.key()} FROM {step['asked']} UNION SELECT {step.key()} FROM ({rows})")
    step.files("stored", stored)
    those = f"SEMI JOIN {step['keys']} k ON {step.met('l', 'k')}"
    step.keep("found", f"SELECT DISTINCT {step.key('l.')}, l._file FROM {step['stored']} l {those}")
    holding = step.column(f"SELECT DISTINCT _file FROM {step['found']} ORDER BY _file")
    if not holding:
        return Plan(rows)
    step.files("candidates", [stored[i] for i in holding])
    step.keep("before", _contents(step, f"FROM {step['candidates']} l {those}"))
    step.keep("after", _contents(step, f"FROM ({rows}) l"))
    step.keep(
        "same",
        f"SELECT {step.key('a.')} FROM {step['after']} a JOIN {step['before']} b "
        f"ON {step.met('a', 'b')} AND a._rows = b._rows AND a._content = b._content",
    )
    step.view("gone", f"FROM {step['found']} g ANTI JOIN {step['same']} s ON {step.met('g', 's')}")
    come = f"SELECT {step.columns('r.')} FROM ({rows}) r ANTI JOIN {step['same']} s ON {step.met('r', 's')}"
    return Plan(come, step["gone"] if step.count("gone") else None)


def _contents(step: Step, rows: str) -> str:
    """Query of the rows of each key, counted and hashed together."""
    content = f"sum(hash({step.columns('l.')})::HUGEINT)"
    return f"SELECT {step.key('l.')}, count(*) AS _rows, {content} AS _content {rows} GROUP BY ALL"


def given(step: Step, rows: duckdb.DuckDBPyRelation) -> str:
    """A query of rows handed in from outside, in the table's columns."""
    rows.create_view(f"{step.name} given")
    present = dict(zip(rows.columns, map(str, rows.types), strict=True))
    return f"SELECT {conformed(present, step.layout.schema)} FROM {step['given']}"


def _incoming(step: Step, staged: Sequence[Path]) -> None:
    """Make `incoming`: the staged rows, of each key only the winner, and whether it came `_after_undated`."""
    step.files("staged", staged)
    step.keep(
        "twice",
        f"SELECT h FROM (SELECT hash({step.key()}) AS h FROM {step['staged']}) GROUP BY h HAVING count(*) > 1",
    )
    if not step.count("twice"):
        step.view("incoming", f"SELECT *, false AS _after_undated FROM {step['staged']}")
        return
    _resolve(step)
    step.view(
        "incoming",
        f"SELECT s.*, coalesce(r._after_undated, false) AS _after_undated "
        f"FROM {step['staged']} s LEFT JOIN {step['resolved']} r USING (_position) WHERE coalesce(r.won, true)",
    )


def _resolve(step: Step) -> None:
    """Make `resolved`: which rows of the keys that were staged more than once won.

    Rows of a key before its last undated one have lost; of the rest the newest wins, of equally
    new ones the last. `_after_undated`: it won over an undated row, hence over a stored one too.
    """
    key = step.key()
    step.keep(
        "resolved",
        f"""
        WITH dated AS (
            SELECT {key}, updated, _position,
                max(CASE WHEN updated IS NULL THEN _position END) OVER (PARTITION BY {key}) AS undated
            FROM {step["staged"]} WHERE hash({key}) IN (FROM {step["twice"]})
        )
        SELECT _position, undated IS NOT NULL AS _after_undated, row_number() OVER (
            PARTITION BY {key}
            ORDER BY coalesce(_position >= undated, true) DESC, updated DESC NULLS LAST, _position DESC
        ) = 1 AS won
        FROM dated
        """,
    )


def _match(step: Step, stored: Sequence[str]) -> bool:
    """Find staged rows whose key the lake has; whether there are any.

    Makes `gone` (keys of stored rows that are replaced) and `idle` (places of staged rows that change nothing).
    """
    step.files("stored", stored)
    step.keep(
        "matched",
        f"SELECT i._position, l._file FROM {step['stored']} l JOIN {step['incoming']} i ON {step.met('l', 'i')}",
    )
    holding = step.column(f"SELECT DISTINCT _file FROM {step['matched']} ORDER BY _file")
    if not holding:
        return False
    step.files("candidates", [stored[i] for i in holding])
    content = listed(step.layout.content)
    step.keep(
        "changed",
        f"""
        SELECT i._position, {step.key("i.")}, l._file
        FROM (SELECT {step.key()}, updated, _file, hash({content}) AS content FROM {step["candidates"]}) l
        JOIN (
            SELECT {step.key()}, updated, _position, _after_undated, hash({content}) AS content FROM {step["incoming"]}
            SEMI JOIN {step["matched"]} USING (_position)
        ) i ON {step.met("l", "i")}
        WHERE i.content <> l.content
            AND (i._after_undated OR i.updated IS NULL OR l.updated IS NULL OR i.updated >= l.updated)
        """,
    )
    original = f"list_extract({step.values('holding', holding, 'BIGINT')}, _file + 1)"
    step.view("gone", f"SELECT {step.key()}, {original} AS _file FROM {step['changed']}")
    step.view("idle", f"SELECT _position FROM {step['matched']} ANTI JOIN {step['changed']} USING (_position)")
    return True
