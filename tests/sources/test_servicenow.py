from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

import pytest

from latido.errors import UnsureError
from latido.sources.servicenow import ServiceNow
from latido.sources.source import Delivery, Options

HEADER = (
    "number,incident_state,opened_at,resolved_at,sys_updated_at,sys_mod_count,sys_updated_by,caller_id,contact_type,"
    "category,category,priority,assignment_group,assigned_to,reassignment_count,reopen_count,made_sla"
)


def row(number, state, changed, count=0, *, group="G1", person="?", **more):
    given = {"opened": "29/2/2016 01:10", "resolved": "?", "contact": "Phone", "priority": "3 - Moderate",
             "reassigned": 0, "reopened": 0, "sla": "true", "by": "U1", **more}  # fmt: skip
    return (
        f"{number},{state},{given['opened']},{given['resolved']},{changed},{count},{given['by']},C1,{given['contact']},"
        f"Network,VPN,{given['priority']},{group},{person},{given['reassigned']},{given['reopened']},{given['sla']}"
    )


@pytest.fixture
def read(tmp_path):
    def reading(*rows, header=HEADER, **options):
        path = tmp_path / "log.csv"
        path.write_text("\n".join([header, *rows]) + "\n")
        tables, rejects = defaultdict(list), []
        for chunk in ServiceNow().read([Delivery(path, "log.csv", "d")], Options(**options)):
            tables[chunk.table] += chunk.rows.to_pylist()
            rejects += chunk.rejects
        return tables["tickets"], tables["ticket_events"], rejects

    return reading


def events(found, *kinds):
    return [
        (e["kind"], e["value"])
        for e in sorted(found, key=lambda e: (e["occurred"], e["event_id"]))
        if e["kind"] in kinds
    ]


HISTORY = (
    row("I1", "New", "29/2/2016 01:10", 0),
    row("I1", "Active", "29/2/2016 02:00", 1, person="P1"),
    row("I1", "Awaiting Vendor", "29/2/2016 03:00", 2, group="G2", person="P1", reassigned=1),
    row("I1", "Resolved", "29/2/2016 04:00", 3, group="G2", person="P2", reassigned=1, resolved="29/2/2016 04:00"),
    row("I1", "Active", "1/3/2016 04:00", 4, group="G2", person="P2", reassigned=1, reopened=1),
    row(
        "I1",
        "Resolved",
        "1/3/2016 05:00",
        5,
        group="G2",
        person="P2",
        resolved="1/3/2016 05:00",
        reassigned=1,
        reopened=1,
    ),
    row(
        "I1",
        "Closed",
        "5/3/2016 05:00",
        6,
        group="G2",
        person="P2",
        resolved="1/3/2016 05:00",
        reassigned=1,
        reopened=1,
        sla="false",
    ),
)


def test_the_latest_row_is_the_ticket(read):
    ticket = read(*HISTORY)[0][0]
    assert (ticket["status"], ticket["team"], ticket["agent_id"], ticket["sla_met"]) == ("closed", "G2", "P2", False)
    assert (ticket["reassignments"], ticket["reopens"], ticket["solved"]) == (1, 1, datetime(2016, 3, 1, 5, tzinfo=UTC))
    assert (ticket["topic"], ticket["subtopic"], ticket["priority"], ticket["channel"]) == (
        "Network",
        "VPN",
        "normal",
        "phone",
    )


def test_changes_of_state_are_events(read):
    assert [value for _kind, value in events(read(*HISTORY)[1], "status")] == [
        "new", "open", "hold", "solved", "open", "solved", "closed",
    ]  # fmt: skip


def test_the_first_group_and_person_are_assignments_and_others_transfers(read):
    assert events(read(*HISTORY)[1], "assignment", "transfer") == [
        ("assignment", "G1"), ("assignment", "P1"), ("transfer", "G2"), ("transfer", "P2"),
    ]  # fmt: skip


def test_a_person_who_is_missing_in_between_has_not_changed(read):
    rows = [row("I1", "New", f"29/2/2016 0{i}:00", i, person=p) for i, p in enumerate(("P1", "?", "P1"), 1)]
    assert events(read(*rows)[1], "transfer") == []


def test_rows_may_come_in_any_order(read):
    forwards, backwards = read(*HISTORY)[1], read(*reversed(HISTORY))[1]
    assert events(forwards, "status", "transfer") == events(backwards, "status", "transfer")


def test_within_one_minute_the_count_tells_the_order(read):
    same = [row("I1", state, "29/2/2016 02:00", n) for n, state in ((3, "Closed"), (1, "Active"), (2, "Resolved"))]
    assert [v for _kind, v in events(read(*same)[1], "status")] == ["open", "solved", "closed"]


def test_a_stray_row_with_a_later_count_does_not_outlive_its_stamp(read):
    rows = [row("I1", "New", "29/2/2016 01:00", 9), row("I1", "Active", "29/2/2016 02:00", 1)]
    assert read(*rows)[0][0]["status"] == "open"


def test_what_is_said_of_a_time_before_the_opening_holds_from_the_opening(read):
    rows = [row("I1", "New", "29/2/2016 00:05", 1), row("I1", "Active", "29/2/2016 02:00", 2)]
    assert min(e["occurred"] for e in read(*rows)[1]) == datetime(2016, 2, 29, 1, 10, tzinfo=UTC)


def test_a_state_that_does_not_exist_is_told_and_what_held_before_holds_on(read):
    rows = [
        row("I1", "New", "29/2/2016 02:00", 1),
        row("I1", "-100", "29/2/2016 03:00", 2),
        row("I1", "New", "29/2/2016 04:00", 3),
    ]
    tickets, found, rejects = read(*rows)
    assert [(r.row, r.column, r.value, r.kept) for r in rejects] == [(2, "incident_state", "-100", True)]
    assert (tickets[0]["status"], events(found, "status")) == ("new", [("status", "new")])


def test_a_single_row_is_a_ticket_without_history(read):
    tickets, found, _rejects = read(row("I1", "Closed", "5/3/2016 05:00", 6, resolved="1/3/2016 05:00"))
    assert (tickets[0]["solved"], found) == (datetime(2016, 3, 1, 5, tzinfo=UTC), [])


def test_without_resolved_at_a_state_called_resolved_is_no_solve(read):
    _tickets, changes, _rejects = read(
        row("INC1", "New", "29/2/2016 01:23"),
        row("INC1", "Resolved", "29/2/2016 02:00", 1),
        row("INC1", "Closed", "5/3/2016 12:00", 2),
        row("INC2", "Resolved", "29/2/2016 05:00", 1, resolved="29/2/2016 05:00"),
    )
    assert [value for _kind, value in events(changes, "status")] == ["new", "closed"]


def test_question_marks_are_missing(read):
    ticket = read(row("I1", "New", "29/2/2016 02:00", group="?"))[0][0]
    assert (ticket["team"], ticket["agent_id"], ticket["solved"]) == (None, None, None)


def test_the_order_of_day_and_month_is_decided_over_the_whole_file(read):
    assert read(row("I1", "New", "5/3/2016 02:00", opened="5/3/2016 01:00"), row("I2", "New", "13/3/2016 02:00"))[0][0][
        "created"
    ] == datetime(2016, 3, 5, 1, tzinfo=UTC)


def test_dates_that_leave_the_order_open_are_asked_for(read):
    with pytest.raises(UnsureError, match="opened_at"):
        read(row("I1", "New", "5/3/2016 02:00", opened="5/3/2016 01:00"))


def test_a_person_can_say_the_order(read):
    got = read(row("I1", "New", "5/3/2016 02:00", opened="5/3/2016 01:00"), dates="mdy")
    assert got[0][0]["created"] == datetime(2016, 5, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(("broken", "column"), [("", "number"), ("x", "opened_at")])
def test_a_row_without_number_or_opening_is_rejected(read, broken, column):
    bad = row("" if column == "number" else "I2", "New", "29/2/2016 02:00", opened=broken or "29/2/2016 01:10")
    tickets, _events, rejects = read(row("I1", "New", "29/2/2016 02:00"), bad)
    assert [t["ticket_id"] for t in tickets] == ["I1"]
    assert [(r.row, r.column, r.kept) for r in rejects] == [(2, column, False)]


def test_the_labels_of_the_list_view_are_known_too(read):
    header = "Number,State,Opened,Updated,Priority,Channel,Assignment group,Short description"
    tickets, _events, _rejects = read(
        "INC1,In Progress,2024-01-02 10:00:00,2024-01-02 11:00:00,1 - Critical,Walk-in,Red,No hay red", header=header
    )
    ticket = tickets[0]
    assert (ticket["status"], ticket["priority"], ticket["channel"], ticket["subject"]) == (
        "open",
        "urgent",
        "store",
        "No hay red",
    )


def test_it_knows_its_own_files_and_no_others(tmp_path):
    own, other = tmp_path / "own.csv", tmp_path / "other.csv"
    own.write_text(HEADER + "\n" + HISTORY[0] + "\n")
    other.write_text("number,state,opened_at\n1,New,2024-01-01\n")
    source = ServiceNow()
    assert source.recognise([Delivery(own, "own.csv", "d")]) > 0.9
    assert source.recognise([Delivery(other, "other.csv", "d")]) == 0
