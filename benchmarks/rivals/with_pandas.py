"""The answers in pandas: rows are filtered and columns chosen while reading, groups are vectorised."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.questions import ZONE
from benchmarks.rivals import Answer, Files, files, kaplan_meier, opening_hours

DONE = ("solved", "closed", "deleted")
WEEK = pd.Timedelta(days=7)


def prepare(question: str, folder: Path) -> Callable[[], Answer]:
    """Nothing is read yet; what is timed is the whole answer."""
    return partial(globals()[question], files(folder))


def read(given: Files, table: str, *columns: str, **equal: object) -> pd.DataFrame:
    filters = [(name, "==", value) for name, value in equal.items()] or None
    return pd.read_parquet(given[table], columns=list(columns), filters=filters, partitioning=None)


def month(instants: pd.Series) -> pd.Series:
    return instants.dt.tz_convert(ZONE).dt.tz_localize(None).dt.to_period("M").rename("month")


def rows(found: pd.Series) -> Answer:
    return [[*(map(str, key) if isinstance(key, tuple) else [str(key)]), value] for key, value in found.items()]


def valid(given: Files, *columns: str) -> pd.DataFrame:
    tickets = read(given, "tickets", "ticket_id", "spam", "merged_into", "status", *columns)
    kept = (
        ~tickets["spam"].fillna(False).astype(bool) & tickets["merged_into"].isna() & (tickets["status"] != "deleted")
    )
    return tickets.loc[kept, ["ticket_id", *columns]]


def replies(given: Files) -> pd.DataFrame:
    events = read(given, "ticket_events", "ticket_id", "occurred", kind="message", author_role="agent", public=True)
    return events.groupby("ticket_id")["occurred"].agg(first_reply="min", touches="size")


def ends(given: Files) -> pd.DataFrame:
    events = read(given, "ticket_events", "ticket_id", "occurred", "value", kind="status").sort_values("occurred")
    last = events.drop_duplicates("ticket_id", keep="last").set_index("ticket_id")["value"]
    solves = events[events["value"] == "solved"].groupby("ticket_id")["occurred"].agg(["min", "max"])
    opened = events[~events["value"].isin(DONE)].groupby("ticket_id")["occurred"].max()
    found = pd.DataFrame({"now": last}).join(solves).join(opened)
    solved = found["max"].where(found["now"].isin(("solved", "closed")))
    return pd.DataFrame({"solved": solved, "reopened": found["occurred"] > found["min"]})


def finish(given: Files) -> pd.Timestamp:
    return read(given, "ticket_events", "occurred")["occurred"].max()


def curves(created: pd.Series, t: np.ndarray, ended: pd.Series) -> Answer:
    frame = pd.DataFrame({"month": month(created), "t": t, "ended": ended})
    counts = frame.groupby(["month", "t"])["ended"].agg(["sum", "size"]).reset_index()
    columns = ("t", "sum", "size")
    return [[str(key), *kaplan_meier(*(g[c].to_numpy() for c in columns))] for key, g in counts.groupby("month")]


def seconds(start: pd.Series, end: pd.Series) -> np.ndarray:
    return ((end - start) // pd.Timedelta(seconds=1)).to_numpy()


def until(given: Files) -> pd.DataFrame:
    tickets = valid(given, "created").join(replies(given), "ticket_id").join(ends(given), "ticket_id")
    stop = tickets["first_reply"].fillna(tickets["solved"]).fillna(finish(given))
    return tickets.assign(stop=stop, ended=tickets["first_reply"].notna())


def nps(given: Files) -> Answer:
    answers = read(given, "answers", "score", "answered", "channel", "subject_id", kind="nps").dropna(subset=["score"])
    channels = read(given, "tickets", "ticket_id", "channel").set_index("ticket_id")["channel"]
    channel = answers["channel"].fillna(answers["subject_id"].map(channels))
    points = 100 * ((answers["score"] >= 9).astype(int) - (answers["score"] <= 6).astype(int))
    return rows(points.groupby([month(answers["answered"]), channel]).mean())


def csat(given: Files) -> Answer:
    answers = read(given, "answers", "score", "answered", kind="csat").dropna(subset=["score"])
    return rows(100 * (answers["score"] >= 4).groupby(month(answers["answered"])).mean())


def response_rate(given: Files) -> Answer:
    asks = read(given, "asks", "ask_id", "asked", bounced=False)
    came = asks["ask_id"].isin(read(given, "answers", "ask_id", "score").dropna(subset=["score"])["ask_id"])
    return rows(100 * came.groupby(month(asks["asked"])).mean())


def first_reply_time(given: Files) -> Answer:
    tickets = until(given)
    return curves(tickets["created"], seconds(tickets["created"], tickets["stop"]), tickets["ended"])


def first_reply_time_business(given: Files) -> Answer:
    tickets = until(given)
    began, ended, before = opening_hours()

    def open_until(instants: pd.Series) -> np.ndarray:
        t = instants.dt.as_unit("s").astype("int64").to_numpy()
        last = np.searchsorted(began, t, side="right") - 1
        return before[last] + np.minimum(t, ended[last]) - began[last]

    return curves(tickets["created"], open_until(tickets["stop"]) - open_until(tickets["created"]), tickets["ended"])


def resolution_time(given: Files) -> Answer:
    tickets = valid(given, "created").join(ends(given), "ticket_id")
    stop = tickets["solved"].fillna(finish(given))
    return curves(tickets["created"], seconds(tickets["created"], stop), tickets["solved"].notna())


def resolved(given: Files) -> pd.DataFrame:
    tickets = valid(given, "channel").join(ends(given), "ticket_id").join(replies(given), "ticket_id")
    return tickets[tickets["solved"].notna()].fillna({"touches": 0})


def agent_touches(given: Files) -> Answer:
    return rows(resolved(given).groupby("channel")["touches"].mean())


def one_touch_rate(given: Files) -> Answer:
    tickets = resolved(given)
    return rows(100 * (tickets["touches"] == 1).groupby(month(tickets["solved"])).mean())


def first_contact_resolution(given: Files) -> Answer:
    tickets = valid(given, "customer_id", "topic", "created").sort_values(["created", "ticket_id"])
    tickets["again"] = tickets.groupby(["customer_id", "topic"])["created"].shift(-1)
    tickets = tickets.join(ends(given), "ticket_id")
    tickets = tickets[tickets["solved"].fillna(tickets["created"]) + WEEK <= finish(given)]
    quiet = tickets["again"].isna() | (tickets["again"] > tickets["solved"] + WEEK)
    at_once = tickets["solved"].notna() & (tickets["reopened"] != True) & quiet  # noqa: E712 - missing is not True
    return rows(100 * at_once.groupby(month(tickets["created"])).mean())


def reopen_rate(given: Files) -> Answer:
    tickets = valid(given, "created").join(ends(given), "ticket_id")
    reopened = tickets["reopened"] == True  # noqa: E712 - missing is not True
    return rows(100 * reopened.groupby(month(tickets["created"])).mean())


def transfer_rate(given: Files) -> Answer:
    tickets = valid(given, "channel")
    moved = tickets["ticket_id"].isin(read(given, "ticket_events", "ticket_id", kind="transfer")["ticket_id"])
    return rows(100 * moved.groupby(tickets["channel"]).mean())


def ticket_volume(given: Files) -> Answer:
    tickets = valid(given, "created", "channel")
    return rows(tickets.groupby([month(tickets["created"]), "channel"]).size())


def backlog(given: Files) -> Answer:
    tickets = valid(given, "created").rename(columns={"created": "began"}).assign(done=False)
    changes = read(given, "ticket_events", "ticket_id", "occurred", "value", kind="status")
    changes = changes[changes["ticket_id"].isin(tickets["ticket_id"])]
    changes = changes.assign(done=changes["value"].isin(DONE)).rename(columns={"occurred": "began"})
    both = pd.concat([tickets, changes[["ticket_id", "began", "done"]]]).sort_values(["ticket_id", "began", "done"])
    ended = both.groupby("ticket_id")["began"].shift(-1)
    began, over = (s[~both["done"]].dropna().sort_values() for s in (both["began"], ended))
    months = pd.period_range(month(began.iloc[:1]).iloc[0], month(pd.Series([end := finish(given)])).iloc[0], freq="M")
    moments = [min((m + 1).to_timestamp().tz_localize(ZONE).tz_convert("UTC"), end) for m in months]
    return [
        [str(m), int(began.searchsorted(t, "right") - over.searchsorted(t, "right"))]
        for m, t in zip(months, moments, strict=True)
    ]
