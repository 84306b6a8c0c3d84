"""Shopify's orders: one row per line item, everything about the order on its first row only.

An order is put together over the whole file, whatever stands between its rows. Its amount is the
`Total` that was charged; it counts as cancelled where it was cancelled, voided, or wholly
refunded. The main product is the line that cost most. Customers are known by the number that the
shop hands on (`customer_id` among the note attributes), else by their e-mail address, else by
their telephone number; an order without any of them is nobody's and is rejected. Those with a
number are customers of another system, which knows them better: they get identities only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from latido.i18n import _
from latido.model.commerce import ORDERS
from latido.model.customers import CUSTOMERS, IDENTITIES
from latido.model.table import Type
from latido.sources.columns import Cells, Known, names
from latido.sources.identity import normal_email, normal_phone
from latido.sources.reading import read_sheet
from latido.sources.scratch import chunks, insert, scratch
from latido.sources.source import Chunk, Delivery, Options, Reject

ALIASES = {
    "order_id": ("name",),
    "given_id": ("note attributes",),
    "email": (),
    "phone": (),
    "billing_phone": ("billing phone",),
    "shipping_phone": ("shipping phone",),
    "person": ("billing name",),
    "recipient": ("shipping name",),
    "country": ("billing country",),
    "destination": ("shipping country",),
    "ordered": ("created at",),
    "paid": ("paid at",),
    "fulfilled": ("fulfilled at",),
    "cancelled": ("cancelled at",),
    "amount": ("total",),
    "refunded": ("refunded amount",),
    "currency": (),
    "quantity": ("lineitem quantity",),
    "price": ("lineitem price",),
    "product": ("lineitem name",),
    "channel": ("source",),
    "x_financial_status": ("financial status",),
    "x_fulfillment_status": ("fulfillment status",),
    "x_discount_code": ("discount code",),
}
DATES = ("ordered", "paid", "fulfilled", "cancelled")
GIVEN_ID = r"(?im)^\s*customer[ _]?id\s*:\s*(?P<id>\S+)"
PHONES = ("phone", "billing_phone", "shipping_phone")
NUMBERS = ("amount", "refunded", "quantity", "price")
CHANNELS = {
    "web": "web", "pos": "store", "iphone": "app", "android": "app", "shopify_draft_order": "other",
    "facebook": "social", "instagram": "social", "tiktok": "social", "pinterest": "social", "google": "web",
}  # fmt: skip

LINES = """
create table lines (
    file bigint, row bigint, order_id varchar, given_id varchar, email varchar, phone varchar, person varchar,
    country varchar, ordered timestamptz, paid timestamptz, fulfilled timestamptz, cancelled timestamptz,
    amount double, refunded double, currency varchar, quantity double, price double, product varchar,
    channel varchar, x_financial_status varchar, x_fulfillment_status varchar, x_discount_code varchar
)
"""
PUT_TOGETHER = """
create table orders as
select
    min(file) as file,
    arg_min(row, (file, row)) as row,
    order_id,
    arg_min(email, row) as email,
    arg_min(phone, row) as phone,
    coalesce(arg_min(given_id, row), arg_min(email, row), arg_min(phone, row)) as customer_id,
    count(given_id) > 0 as elsewhere,
    arg_min(person, row) as person,
    arg_min(country, row) as country,
    min(ordered) as ordered,
    arg_min(amount, row) as amount,
    arg_min(currency, row) as currency,
    sum(quantity) as items,
    arg_min(product, (-coalesce(price * quantity, 0), row)) as product,
    arg_min(channel, row) as channel,
    coalesce(
        bool_or(cancelled is not null) or bool_or(lower(x_financial_status) in ('refunded', 'voided'))
        or (max(refunded) > 0 and max(refunded) >= max(amount)),
        false
    ) as cancelled,
    arg_min(x_financial_status, row) as x_financial_status,
    arg_min(x_fulfillment_status, row) as x_fulfillment_status,
    arg_min(x_discount_code, row) as x_discount_code,
    greatest(max(ordered), max(paid), max(fulfilled), max(cancelled)) as updated
from lines
group by order_id
"""
WHOLE = """
select
    row, order_id, customer_id, ordered, amount, currency, items, channel, product, cancelled, x_financial_status,
    x_fulfillment_status, x_discount_code, updated
from orders
where file = $file and customer_id is not null and ordered is not null
order by row
"""
BUYERS = """
select
    max(row) as row, customer_id, arg_max(person, (ordered, row)) as name, arg_max(email, (ordered, row)) as email,
    arg_max(phone, (ordered, row)) as phone, arg_max(country, (ordered, row)) as country, max(ordered) as updated
from orders
where file = $file and customer_id is not null and ordered is not null and not elsewhere
group by customer_id
order by row
"""
KNOWN_BY = """
with known as (
    select row, 'email' as kind, email as value, customer_id from orders where file = $file and ordered is not null
    union all
    select row, 'phone', phone, customer_id from orders where file = $file and ordered is not null
)
select max(row) as row, 'shopify' as system, kind, value, arg_max(customer_id, row) as customer_id
from known
where value is not null and customer_id is not null
group by kind, value
order by row
"""
NOBODYS = """
select row, order_id, ordered is not null as dated, amount from orders
where file = $file and (customer_id is null or ordered is null)
order by row
"""


class Shopify:
    """Shopify's export of orders (CSV)."""

    name = "shopify"
    label = _("Shopify orders (CSV)")
    tables: tuple[str, ...] = ("orders", "customers", "identities")

    def recognise(self, deliveries: Sequence[Delivery]) -> float:
        """The average over the files of whether their headers are those of an orders' export."""
        return sum(map(_likeness, deliveries)) / max(1, len(deliveries))

    def read(self, deliveries: Sequence[Delivery], options: Options) -> Iterator[Chunk]:
        """Each order once, put together over all the files, and its customer."""
        with scratch(LINES) as lines:
            counts = []
            for i, file in enumerate(deliveries):
                rejects, read = _append(lines, i, Known.of(read_sheet(file), ALIASES, DATES, options))
                counts.append(read)
                yield from _told(file, rejects)
            lines.execute(PUT_TOGETHER)
            for i, file in enumerate(deliveries):
                yield from _told(file, _nobodys(lines, i, file))
                for table, query in ((ORDERS, WHOLE), (CUSTOMERS, BUYERS), (IDENTITIES, KNOWN_BY)):
                    yield from chunks(lines.execute(query, {"file": i}), table, file, counts[i])


def _likeness(file: Delivery) -> float:
    found = set(names(file))
    if not found >= {"name", "lineitem name", "lineitem quantity"}:
        return 0.0
    return 0.98 if found & {"financial status", "paid at", "fulfillment status"} else 0.6


def _append(lines: duckdb.DuckDBPyConnection, file: int, known: Known) -> tuple[tuple[Reject, ...], int]:
    """Put a file's rows among the lines; what could not be read, and how many rows there were."""
    rejects: list[Reject] = []
    read = 0
    for frame in known.frames():
        cells = Cells(known, frame, ORDERS)
        rows = _rows(cells, file)
        insert(lines, "insert into lines by name from frame", rows.filter(pa.array(~cells.lost)))
        rejects += cells.rejects
        read += frame.rows.num_rows + len(frame.broken)
    return tuple(rejects), read


def _rows(cells: Cells, file: int) -> pa.Table:
    given = {
        "file": pa.repeat(file, cells.frame.rows.num_rows),
        "row": cells.numbers,
        "order_id": cells.required("order_id", cells.text("order_id")),
        "given_id": pc.struct_field(pc.extract_regex(cells.text("given_id"), GIVEN_ID), "id"),
        "email": _each(cells.text("email"), normal_email),
        "phone": _each(pc.coalesce(*map(cells.text, PHONES)), normal_phone),
        "person": pc.coalesce(cells.text("person"), cells.text("recipient")),
        "country": pc.coalesce(cells.text("country"), cells.text("destination")),
        "channel": _each(cells.text("channel"), lambda source: CHANNELS.get(source.lower(), "other")),
    }
    given |= {name: cells.read(name, Type.INSTANT) for name in DATES}
    given |= {name: cells.read(name, Type.NUMBER) for name in NUMBERS}
    texts = ("currency", "product", "x_financial_status", "x_fulfillment_status", "x_discount_code")
    return pa.table(given | {name: cells.text(name) for name in texts})


def _each(texts: pa.Array, change: Callable[[str], str | None]) -> pa.Array:
    """A change made once to each distinct text."""
    coded = texts.dictionary_encode()
    return pa.array(map(change, coded.dictionary.to_pylist()), pa.string()).take(coded.indices)


def _nobodys(lines: duckdb.DuckDBPyConnection, index: int, file: Delivery) -> tuple[Reject, ...]:
    """Orders that are nobody's, or have no date."""
    found = lines.execute(NOBODYS, {"file": index}).fetchall()
    return tuple(_incomplete(file, order) for order in found)


def _incomplete(file: Delivery, order: tuple[int, str, bool, float | None]) -> Reject:
    row, order_id, dated, amount = order
    raw = {"Name": order_id, "Total": None if amount is None else str(amount)}
    if not dated:
        return Reject(file.name, row, "orders", "Created at", None, _("The order has no date."), raw)
    reason = _("The order has no customer number, e-mail address or telephone number: it is nobody's.")
    return Reject(file.name, row, "orders", "Email", None, reason, raw)


def _told(file: Delivery, rejects: tuple[Reject, ...]) -> Iterator[Chunk]:
    if rejects:
        yield Chunk("orders", ORDERS.schema().empty_table(), rejects, 0, file.digest)
