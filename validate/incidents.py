"""Help desks: an update log of a real one, and promises in business days."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pandas as pd
from statsmodels.duration.survfunc import SurvfuncRight

from validate.check import Check
from validate.company import Company

HOUR = 3600
BUSINESS_DAYS = """
calendar = "weekdays"

[calendars.weekdays]
time_zone = "UTC"
blocks = {mon-fri = ["00:00-24:00"]}
"""
STATES = {"Logged": "new", "Assigned": "open", "Customer Response": "pending", "UAT": "pending", "Closed": "solved"}


def uci(data: Path, folder: Path) -> Iterator[Check]:
    """Every update of 24,918 incidents; 1,556 of them never say when they were resolved."""
    file = data / "uci_incident" / "incident_event_log.zip"
    company = Company(folder / "uci")
    read = company.load([file], "--source", "servicenow")
    yield Check("updates read", read["ticket_events"]["read"], 141_712)
    yield Check("incidents", read["tickets"]["new"], 24_918)
    yield Check("incidents counted", company.value("ticket_volume"), 24_918)
    reported = ("sla_attainment", "--preset", "reported")
    yield Check("made SLA, %", company.value(*reported), 63.42, 0.005)
    yield Check("mean reassignments", company.value("transfer_rate", part="mean"), 0.9396, 5e-5)
    yield Check("reopened, %", company.value("reopen_rate"), 1.10, 0.005)
    finished = ("resolution_time", "--preset", "finished")
    yield Check("resolved", company.value(*finished, part="median", field="n"), 24_918 - 1_556)
    yield Check("median over the resolved, h", company.value(*finished, part="median") / HOUR, 22.1, 0.05)
    curve, waiting = survival(file)
    yield Check("unresolved, censored", company.value("resolution_time", part="median", field="n") - 23_362, waiting)
    for part, share in (("median", 0.5), ("p90", 0.9)):
        ours = company.value("resolution_time", part=part) / HOUR
        yield Check(f"Kaplan-Meier {part}, h", ours, curve.quantile(share), 1e-6, published=False)


def survival(file: Path) -> tuple[SurvfuncRight, int]:
    """The curve of the hours to the solve, straight from the log, and how many have none."""
    log = pd.read_csv(file, dtype=str)
    log["sys_mod_count"] = log["sys_mod_count"].astype(int)
    for name in ("opened_at", "resolved_at", "sys_updated_at"):
        log[name] = pd.to_datetime(log[name].replace("?", None), format="%d/%m/%Y %H:%M")
    last = log.sort_values("sys_mod_count").groupby("number").tail(1)
    # An incident closed without a solve was seen unresolved up to the update that closed it.
    closings = log[log["ident_state"] == "Closed"].groupby("number")["sys_updated_at"].min()
    seen = last["resolved_at"].fillna(last["number"].map(closings)) - last["opened_at"]
    hours, solved = seen.dt.total_seconds() / HOUR, last["resolved_at"].notna()
    return SurvfuncRight(hours, solved.astype(int)), int((~solved).sum())


def business_time(data: Path, folder: Path) -> Iterator[Check]:
    """Status histories in three monthly files; promises of 7, 11 and 18 business days by department."""
    inputs, expected = data / "prepbench" / "059" / "inputs", data / "prepbench" / "059" / "expected"
    company = Company(folder / "059", BUSINESS_DAYS)
    company.mapped([inputs / f"input_0{n}.csv" for n in (2, 3, 4)], "prepbench_059")
    theirs = pd.read_csv(expected / "output_01.csv", index_col="Current Status")["Ticket Count"]
    ours = company.by("status", "ticket_volume")
    for status, count in theirs.groupby(STATES).sum().items():
        yield Check(f"tickets {status}", ours.get(str(status), 0), count)
    words = last_words(company)
    for name, count in theirs.items():
        yield Check(f"tickets “{name}”", words.get(name, 0), count)
    totals = dict(pd.read_csv(expected / "output_02.csv").itertuples(index=False))
    closed = ("sla_attainment", "--preset", "resolution", "--where", "status=solved")
    met, decided = (company.value(*closed, field=f) for f in ("numerator", "denominator"))
    yield Check("closed within their SLA", met, totals["On Track to Meet SLA"])
    yield Check("closed after their SLA", decided - met, totals["Missed SLA"])
    by_team = company.by("team", *closed)
    for _rank, name, share in pd.read_csv(expected / "output_03.csv").itertuples(index=False):
        yield Check(f"met by {name}, %", by_team[name], share, 0.005)


def last_words(company: Company) -> dict[str, int]:
    """Tickets by the log's own word for their last status."""
    events = pd.read_csv(StringIO(company.run("export", "ticket_events")))
    last = events.sort_values("event_id").groupby("ticket_id").tail(1)
    return dict(last["x_status"].value_counts())
