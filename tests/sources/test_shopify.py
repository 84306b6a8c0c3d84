from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

import pytest

from latido.sources.shopify import Shopify
from latido.sources.source import Delivery, Options

HEADER = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Total,Created at,Lineitem quantity,"
    "Lineitem name,Lineitem price,Billing Name,Billing Country,Billing Phone,Cancelled at,Refunded Amount,Source,"
    "Note Attributes"
)


def first(name, email="ana@example.com", **more):
    given = {"status": "paid", "total": "60.50", "at": "2024-01-02 10:11:12 +0100", "quantity": 1, "item": "Termo",
             "price": "20.00", "person": "Ana Ruiz", "phone": "'+34 600 11 22 33", "cancelled": "", "refunded": "0.00",
             "source": "web", "note": "", **more}  # fmt: skip
    return (
        f"{name},{email},{given['status']},{given['at']},fulfilled,EUR,50.00,{given['total']},{given['at']},"
        f"{given['quantity']},{given['item']},{given['price']},{given['person']},ES,{given['phone']},"
        f"{given['cancelled']},{given['refunded']},{given['source']},{given['note']}"
    )


def line(name, quantity, item, price="5.00"):
    return f"{name},,,,,,,,,{quantity},{item},{price},,,,,,,"


@pytest.fixture
def read(tmp_path):
    def reading(*rows, header=HEADER):
        path = tmp_path / "orders.csv"
        path.write_text("\n".join([header, *rows]) + "\n")
        tables, rejects = defaultdict(list), []
        for chunk in Shopify().read([Delivery(path, "orders.csv", "d")], Options()):
            tables[chunk.table] += chunk.rows.to_pylist()
            rejects += chunk.rejects
        return tables, rejects

    return reading


def test_the_lines_of_an_order_are_one_order(read):
    tables, _rejects = read(first("#1001"), line("#1001", 2, "Caldera", "15.25"), line("#1001", 1, "Filtro"))
    (order,) = tables["orders"]
    assert (order["order_id"], order["items"], order["amount"], order["currency"]) == ("#1001", 4, 60.5, "EUR")
    assert (order["product"], order["ordered"]) == ("Caldera", datetime(2024, 1, 2, 9, 11, 12, tzinfo=UTC))
    assert (order["customer_id"], order["channel"], order["row"]) == ("ana@example.com", "web", 1)


def test_an_order_is_put_together_wherever_its_lines_stand(read):
    tables, _rejects = read(first("#1"), first("#2"), line("#1", 3, "Filtro"), line("#2", 1, "Filtro"))
    assert {o["order_id"]: o["items"] for o in tables["orders"]} == {"#1": 4, "#2": 2}


def test_lines_beyond_a_frame_belong_to_their_order(read):
    rows = [first("#1", quantity=0), *(line("#1", 1, "Tornillo") for _line in range(60_000))]
    assert read(*rows)[0]["orders"][0]["items"] == 60_000


@pytest.mark.parametrize(
    ("changes", "cancelled"),
    [
        ({}, False),
        ({"cancelled": "2024-01-03 10:00:00 +0100"}, True),
        ({"status": "refunded", "refunded": "60.50"}, True),
        ({"status": "partially_refunded", "refunded": "10.00"}, False),
        ({"status": "paid", "refunded": "60.50"}, True),
        ({"status": "voided"}, True),
        ({"status": "paid", "total": "0.00"}, False),
    ],
)
def test_cancelled_is_cancelled_voided_or_wholly_refunded(read, changes, cancelled):
    assert read(first("#1", **changes))[0]["orders"][0]["cancelled"] is cancelled


def test_a_customer_is_read_once_with_the_latest_that_is_known(read):
    later = first("#2", "ANA@example.com ", person="Ana R. Gil", at="2024-05-01 10:00:00 +0200")
    tables, _rejects = read(later, first("#1"))
    (customer,) = tables["customers"]
    assert (customer["customer_id"], customer["name"], customer["country"]) == ("ana@example.com", "Ana R. Gil", "ES")
    assert {(i["system"], i["kind"], i["value"]) for i in tables["identities"]} == {
        ("shopify", "email", "ana@example.com"),
        ("shopify", "phone", "+34600112233"),
    }


def test_the_number_that_the_shop_hands_on_says_who_and_another_system_knows_them(read):
    tables, _rejects = read(first("#1", note='"gift: no\ncustomer_id: 4711"'))
    assert tables["orders"][0]["customer_id"] == "4711"
    assert tables["customers"] == []
    assert {(i["kind"], i["customer_id"]) for i in tables["identities"]} == {("email", "4711"), ("phone", "4711")}


def test_without_an_address_the_telephone_says_who(read):
    assert read(first("#1", ""))[0]["orders"][0]["customer_id"] == "+34600112233"


def test_an_order_that_is_nobodys_is_rejected_and_the_others_read(read):
    tables, rejects = read(first("#1", "", phone=""), line("#1", 1, "Filtro"), first("#2"))
    assert [o["order_id"] for o in tables["orders"]] == ["#2"]
    assert [(r.row, r.column, r.raw["Name"]) for r in rejects] == [(1, "Email", "#1")]


def test_an_order_without_a_date_is_rejected(read):
    assert [(r.row, r.column) for r in read(first("#1", at=""))[1]] == [(1, "Created at")]


def test_a_line_without_an_order_is_rejected(read):
    assert [(r.row, r.column) for r in read(first("#1"), line("", 1, "Filtro"))[1]] == [(2, "Name")]


def test_an_unreadable_quantity_is_told(read):
    tables, rejects = read(first("#1"), line("#1", "dos", "Filtro"))
    assert tables["orders"][0]["items"] == 1
    assert [(r.row, r.column, r.value, r.kept) for r in rejects] == [(2, "Lineitem quantity", "dos", True)]


@pytest.mark.parametrize(("source", "channel"), [("pos", "store"), ("iphone", "app"), ("580111", "other"), ("", None)])
def test_the_source_is_the_channel(read, source, channel):
    assert read(first("#1", source=source))[0]["orders"][0]["channel"] == channel


def test_the_newest_stamp_says_when_an_order_last_changed(read):
    order = read(first("#1", cancelled="2024-03-03 10:00:00 +0000"))[0]["orders"][0]
    assert order["updated"] == datetime(2024, 3, 3, 10, tzinfo=UTC)


def test_it_knows_its_own_header(tmp_path):
    own, other = tmp_path / "own.csv", tmp_path / "other.csv"
    own.write_text(HEADER + "\n" + first("#1") + "\n")
    other.write_text("Name,Email,Total\nAna,ana@example.com,3\n")
    assert Shopify().recognise([Delivery(own, "own.csv", "d")]) > 0.9
    assert Shopify().recognise([Delivery(other, "other.csv", "d")]) == 0
