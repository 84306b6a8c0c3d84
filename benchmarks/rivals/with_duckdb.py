"""The answers in SQL on DuckDB, written by hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa

from benchmarks.rivals import Answer, files, opening_hours

BASICS = """
    SET TimeZone = 'UTC';
    SET enable_progress_bar = false;
    CREATE MACRO month_of(instant) AS strftime(timezone('Europe/Madrid', instant), '%Y-%m');
    CREATE MACRO seconds(a, b) AS date_diff('second', a, b);
    CREATE MACRO middle(reached, passed) AS (reached + coalesce(passed, reached)) / 2;
    CREATE MACRO open_until(instant, began, ended, before) AS
        before + least(epoch(instant)::BIGINT, ended) - began;
    CREATE VIEW valid AS
        SELECT * EXCLUDE (solved) FROM tickets
        WHERE NOT coalesce(spam, false) AND merged_into IS NULL AND status <> 'deleted';
    CREATE VIEW replies AS
        SELECT ticket_id, min(occurred) AS first_reply, count(*) AS touches FROM ticket_events
        WHERE kind = 'message' AND author_role = 'agent' AND public GROUP BY ALL;
    CREATE VIEW ends AS
        SELECT *, CASE WHEN now IN ('solved', 'closed') THEN last_solve END AS solved,
            coalesce(last_open > first_solve, false) AS reopened
        FROM (
            SELECT ticket_id, arg_max(value, occurred) AS now,
                min(occurred) FILTER (value = 'solved') AS first_solve,
                max(occurred) FILTER (value = 'solved') AS last_solve,
                max(occurred) FILTER (value IN ('new', 'open', 'pending', 'hold')) AS last_open
            FROM ticket_events WHERE kind = 'status' GROUP BY ALL
        );
    CREATE VIEW data_end AS SELECT max(occurred) AS finish FROM ticket_events;
"""

KAPLAN_MEIER = """,
    counts AS (SELECT part, t, sum(event) AS d, count(*) AS c FROM spans GROUP BY ALL),
    risks AS (SELECT *, sum(c) OVER (PARTITION BY part ORDER BY t DESC) AS r FROM counts),
    curve AS (
        SELECT part, t, exp(sum(CASE WHEN r > d THEN ln(1 - d / r) ELSE -999 END) OVER upto) AS s
        FROM risks WINDOW upto AS (PARTITION BY part ORDER BY t)
    )
    SELECT part, middle(min(t) FILTER (s <= 0.5 + 1e-11), min(t) FILTER (s < 0.5 - 1e-11)),
        middle(min(t) FILTER (s <= 0.1 + 1e-11), min(t) FILTER (s < 0.1 - 1e-11))
    FROM curve GROUP BY ALL
"""

SQL = {
    "nps": """
        SELECT month_of(answered), coalesce(a.channel, t.channel) AS channel,
            100 * (count(*) FILTER (score >= 9) - count(*) FILTER (score <= 6)) / count(*)
        FROM answers a LEFT JOIN tickets t ON t.ticket_id = CASE WHEN a.subject = 'ticket' THEN a.subject_id END
        WHERE a.kind = 'nps' AND score IS NOT NULL GROUP BY ALL
    """,
    "csat": """
        SELECT month_of(answered), 100 * count(*) FILTER (score >= 4) / count(*)
        FROM answers WHERE kind = 'csat' AND score IS NOT NULL GROUP BY ALL
    """,
    "response_rate": """
        SELECT month_of(asked), 100 * count(came) / count(*)
        FROM asks LEFT JOIN (SELECT DISTINCT ask_id AS came FROM answers WHERE score IS NOT NULL) ON ask_id = came
        WHERE NOT bounced GROUP BY ALL
    """,
    "first_reply_time": f"""
        WITH spans AS (
            SELECT month_of(created) AS part, seconds(created, coalesce(first_reply, solved, finish)) AS t,
                (first_reply IS NOT NULL)::INT AS event
            FROM valid LEFT JOIN replies USING (ticket_id) LEFT JOIN ends USING (ticket_id), data_end
        ) {KAPLAN_MEIER}
    """,
    "first_reply_time_business": f"""
        WITH stops AS (
            SELECT created, coalesce(first_reply, solved, finish) AS stop, (first_reply IS NOT NULL)::INT AS event,
            FROM valid LEFT JOIN replies USING (ticket_id) LEFT JOIN ends USING (ticket_id), data_end
        ), spans AS (
            SELECT month_of(created) AS part, event,
                open_until(stop, b.began, b.ended, b.before) - open_until(created, a.began, a.ended, a.before) AS t
            FROM stops
            ASOF JOIN opening a ON epoch(created)::BIGINT >= a.began
            ASOF JOIN opening b ON epoch(stop)::BIGINT >= b.began
        ) {KAPLAN_MEIER}
    """,
    "resolution_time": f"""
        WITH spans AS (
            SELECT month_of(created) AS part, seconds(created, coalesce(solved, finish)) AS t,
                (solved IS NOT NULL)::INT AS event
            FROM valid LEFT JOIN ends USING (ticket_id), data_end
        ) {KAPLAN_MEIER}
    """,
    "agent_touches": """
        SELECT channel, avg(coalesce(touches, 0))
        FROM valid JOIN ends USING (ticket_id) LEFT JOIN replies USING (ticket_id)
        WHERE solved IS NOT NULL GROUP BY ALL
    """,
    "one_touch_rate": """
        SELECT month_of(solved), 100 * count(*) FILTER (touches = 1) / count(*)
        FROM valid JOIN ends USING (ticket_id) LEFT JOIN replies USING (ticket_id)
        WHERE solved IS NOT NULL GROUP BY ALL
    """,
    "first_contact_resolution": """
        WITH follows AS (
            SELECT *, lead(created) OVER (PARTITION BY customer_id, topic ORDER BY created, ticket_id) AS again
            FROM valid
        )
        SELECT month_of(created),
            100 * count(*) FILTER (
                NOT reopened AND coalesce(again > solved + INTERVAL 7 DAYS, solved IS NOT NULL)
            ) / count(*)
        FROM follows LEFT JOIN ends USING (ticket_id), data_end
        WHERE coalesce(solved, created) + INTERVAL 7 DAYS <= finish GROUP BY ALL
    """,
    "reopen_rate": """
        SELECT month_of(created), 100 * count(*) FILTER (reopened) / count(*)
        FROM valid LEFT JOIN ends USING (ticket_id) GROUP BY ALL
    """,
    "transfer_rate": """
        SELECT channel, 100 * count(moved) / count(*)
        FROM valid LEFT JOIN (SELECT DISTINCT ticket_id AS moved FROM ticket_events WHERE kind = 'transfer')
            ON ticket_id = moved
        GROUP BY ALL
    """,
    "ticket_volume": "SELECT month_of(created), channel, count(*) FROM valid GROUP BY ALL",
    "backlog": """
        WITH changes AS (
            SELECT ticket_id, created AS began, false AS done FROM valid UNION ALL
            SELECT ticket_id, occurred, value IN ('solved', 'closed', 'deleted')
            FROM ticket_events SEMI JOIN valid USING (ticket_id) WHERE kind = 'status'
        ), lasting AS (
            SELECT *, lead(began) OVER (PARTITION BY ticket_id ORDER BY began, done) AS ended FROM changes
        ), moments AS (
            SELECT strftime(first, '%Y-%m') AS part,
                least(timezone('Europe/Madrid', first + INTERVAL 1 MONTH), finish) AS moment
            FROM (SELECT unnest(generate_series(
                (SELECT date_trunc('month', timezone('Europe/Madrid', min(created))) FROM valid),
                (SELECT timezone('Europe/Madrid', finish) FROM data_end), INTERVAL 1 MONTH)) AS first), data_end
        )
        SELECT part, count(*) FROM moments JOIN lasting ON began <= moment AND (ended IS NULL OR ended > moment)
        WHERE NOT done GROUP BY ALL
    """,
}


def prepare(question: str, folder: Path) -> Callable[[], Answer]:
    """The views are there; what is timed is the query."""
    con = duckdb.connect()
    for name, paths in files(folder).items():
        con.read_parquet(paths, hive_partitioning=False).create_view(name)
    con.execute(BASICS)
    con.from_arrow(pa.table(dict(zip(("began", "ended", "before"), opening_hours(), strict=True)))).create("opening")
    return partial(_answer, con, question)


def _answer(con: duckdb.DuckDBPyConnection, question: str) -> Answer:
    return [list(row) for row in con.execute(SQL[question]).fetchall()]
