"""The answers in Polars: lazy, streaming."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

import polars as pl

from benchmarks.questions import ZONE
from benchmarks.rivals import Answer, Files, files, kaplan_meier, opening_hours

DONE = ("solved", "closed", "deleted")
WEEK = pl.duration(days=7)


def prepare(question: str, folder: Path) -> Callable[[], Answer]:
    """Nothing is read yet; what is timed is the whole answer."""
    return partial(globals()[question], files(folder))


def scan(given: Files, table: str) -> pl.LazyFrame:
    return pl.scan_parquet(given[table], hive_partitioning=False)


def month(column: str) -> pl.Expr:
    return pl.col(column).dt.convert_time_zone(ZONE).dt.truncate("1mo").dt.strftime("%Y-%m").alias("month")


def share(condition: pl.Expr) -> pl.Expr:
    return (100 * condition.fill_null(False).mean()).alias("value")


def rows(frame: pl.LazyFrame) -> Answer:
    return [list(row) for row in frame.collect(engine="streaming").iter_rows()]


def valid(given: Files) -> pl.LazyFrame:
    tickets = scan(given, "tickets").drop("solved")
    return tickets.filter(
        ~pl.col("spam").fill_null(False), pl.col("merged_into").is_null(), pl.col("status") != "deleted"
    )


def replies(given: Files) -> pl.LazyFrame:
    events = scan(given, "ticket_events").filter(
        pl.col("kind") == "message", pl.col("author_role") == "agent", pl.col("public")
    )
    return events.group_by("ticket_id").agg(first_reply=pl.col("occurred").min(), touches=pl.len())


def ends(given: Files) -> pl.LazyFrame:
    events = scan(given, "ticket_events").filter(pl.col("kind") == "status")
    when, value = pl.col("occurred"), pl.col("value")
    found = events.group_by("ticket_id").agg(
        now=value.get(when.arg_max()),
        first_solve=when.filter(value == "solved").min(),
        last_solve=when.filter(value == "solved").max(),
        last_open=when.filter(~value.is_in(DONE)).max(),
    )
    solved = pl.when(pl.col("now").is_in(("solved", "closed"))).then("last_solve")
    reopened = (pl.col("last_open") > pl.col("first_solve")).fill_null(False)
    return found.select("ticket_id", solved=solved, reopened=reopened)


def finish(given: Files) -> datetime:
    return scan(given, "ticket_events").select(pl.col("occurred").max()).collect(engine="streaming").item()


def curves(spans: pl.LazyFrame) -> Answer:
    """Kaplan–Meier by month from `created`, seconds `t` and whether it `ended`."""
    counts = spans.group_by(month("created"), "t").agg(events=pl.col("ended").sum(), total=pl.len())
    found = counts.collect(engine="streaming").sort("month", "t")
    columns = ("t", "events", "total")
    return [[key[0], *kaplan_meier(*(g[c].to_numpy() for c in columns))] for key, g in found.group_by("month")]


def until(given: Files) -> pl.LazyFrame:
    joined = valid(given).join(replies(given), "ticket_id", "left").join(ends(given), "ticket_id", "left")
    return joined.with_columns(
        stop=pl.coalesce("first_reply", "solved", pl.lit(finish(given))), ended=pl.col("first_reply").is_not_null()
    )


def seconds(start: str, end: str) -> pl.Expr:
    return (pl.col(end) - pl.col(start)).dt.total_seconds()


def nps(given: Files) -> Answer:
    answers = scan(given, "answers").filter(pl.col("kind") == "nps", pl.col("score").is_not_null())
    tickets = scan(given, "tickets").select("ticket_id", ticket_channel="channel")
    joined = answers.join(tickets, left_on="subject_id", right_on="ticket_id", how="left")
    score = pl.col("score")
    return rows(
        joined.group_by(month("answered"), pl.coalesce("channel", "ticket_channel").alias("channel")).agg(
            value=100 * ((score >= 9).mean() - (score <= 6).mean())
        )
    )


def csat(given: Files) -> Answer:
    answers = scan(given, "answers").filter(pl.col("kind") == "csat", pl.col("score").is_not_null())
    return rows(answers.group_by(month("answered")).agg(share(pl.col("score") >= 4)))


def response_rate(given: Files) -> Answer:
    came = scan(given, "answers").filter(pl.col("score").is_not_null()).select("ask_id", came=True).unique()
    asks = scan(given, "asks").filter(~pl.col("bounced")).join(came, "ask_id", "left")
    return rows(asks.group_by(month("asked")).agg(share(pl.col("came"))))


def first_reply_time(given: Files) -> Answer:
    return curves(until(given).select("created", "ended", t=seconds("created", "stop")))


def first_reply_time_business(given: Files) -> Answer:
    opening = pl.LazyFrame(dict(zip(("began", "finished", "before"), opening_hours(), strict=True))).sort("began")
    spans = until(given).select("created", "ended", a=pl.col("created").dt.epoch("s"), b=pl.col("stop").dt.epoch("s"))
    for side in "ab":
        spans = spans.sort(side).join_asof(opening, left_on=side, right_on="began", strategy="backward")
        passed = pl.min_horizontal(side, "finished") - pl.col("began") + pl.col("before")
        spans = spans.with_columns(passed.alias(f"open_{side}")).drop("began", "finished", "before")
    return curves(spans.select("created", "ended", t=pl.col("open_b") - pl.col("open_a")))


def resolution_time(given: Files) -> Answer:
    joined = valid(given).join(ends(given), "ticket_id", "left")
    joined = joined.with_columns(
        stop=pl.coalesce("solved", pl.lit(finish(given))), ended=pl.col("solved").is_not_null()
    )
    return curves(joined.select("created", "ended", t=seconds("created", "stop")))


def resolved(given: Files) -> pl.LazyFrame:
    joined = valid(given).join(ends(given), "ticket_id").join(replies(given), "ticket_id", "left")
    return joined.filter(pl.col("solved").is_not_null()).with_columns(pl.col("touches").fill_null(0))


def agent_touches(given: Files) -> Answer:
    return rows(resolved(given).group_by("channel").agg(value=pl.col("touches").mean()))


def one_touch_rate(given: Files) -> Answer:
    return rows(resolved(given).group_by(month("solved")).agg(share(pl.col("touches") == 1)))


def first_contact_resolution(given: Files) -> Answer:
    tickets = valid(given).select("ticket_id", "customer_id", "topic", "created")
    again = pl.col("created").shift(-1).over("customer_id", "topic", order_by=["created", "ticket_id"])
    joined = tickets.with_columns(again=again).join(ends(given), "ticket_id", "left")
    known = joined.filter(pl.coalesce("solved", "created") + WEEK <= pl.lit(finish(given)))
    quiet = pl.col("again").is_null() | (pl.col("again") > pl.col("solved") + WEEK)
    at_once = pl.col("solved").is_not_null() & ~pl.col("reopened") & quiet
    return rows(known.group_by(month("created")).agg(share(at_once)))


def reopen_rate(given: Files) -> Answer:
    joined = valid(given).join(ends(given), "ticket_id", "left")
    return rows(joined.group_by(month("created")).agg(share(pl.col("reopened"))))


def transfer_rate(given: Files) -> Answer:
    moved = scan(given, "ticket_events").filter(pl.col("kind") == "transfer").select("ticket_id", moved=True).unique()
    joined = valid(given).join(moved, "ticket_id", "left")
    return rows(joined.group_by("channel").agg(share(pl.col("moved"))))


def ticket_volume(given: Files) -> Answer:
    return rows(valid(given).group_by(month("created"), "channel").agg(value=pl.len()))


def backlog(given: Files) -> Answer:
    tickets = valid(given).select("ticket_id", began="created", done=False)
    changes = scan(given, "ticket_events").filter(pl.col("kind") == "status")
    changes = changes.select("ticket_id", began="occurred", done=pl.col("value").is_in(DONE))
    changes = pl.concat([tickets, changes.join(tickets, "ticket_id", "semi")])
    ended = pl.col("began").shift(-1).over("ticket_id", order_by=["began", "done"])
    # Whoever is open within a month's end is one more from its beginning on and one fewer from its end on.
    spells = changes.with_columns(ended=ended).filter(~pl.col("done")).select("began", "ended")
    spells = spells.collect(engine="streaming")
    end = finish(given)
    first = spells.select(pl.col("began").min().dt.convert_time_zone(ZONE).dt.truncate("1mo")).item()
    months = pl.datetime_range(first, end.astimezone(first.tzinfo), "1mo", time_zone=ZONE, eager=True)
    moments = months.dt.offset_by("1mo").dt.convert_time_zone("UTC").clip(upper_bound=end)
    began, over = spells["began"].sort(), spells["ended"].drop_nulls().sort()
    return [
        [name, began.search_sorted(moment, "right") - over.search_sorted(moment, "right")]
        for name, moment in zip(months.dt.strftime("%Y-%m"), moments, strict=True)
    ]
