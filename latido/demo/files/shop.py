"""The shop's orders as Shopify exports them: a line each item, the order's own fields on its first line only."""

from __future__ import annotations

from collections.abc import Iterator

from latido.demo.commerce import PRODUCTS, SHOP_SOURCES, amounts
from latido.demo.company import Company
from latido.demo.files.folder import Folder
from latido.demo.files.responses import FIRST_ORDER
from latido.demo.files.stamps import offset
from latido.demo.world import COMPANY, COUNTRIES, END, ES

HEAD = (
    "Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing",
    "Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method",
    "Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Lineitem compare at price", "Lineitem sku",
    "Lineitem requires shipping", "Lineitem taxable", "Lineitem fulfillment status", "Billing Name", "Billing Country",
    "Shipping Country", "Notes", "Note Attributes", "Cancelled at", "Payment Method", "Payment Reference",
    "Refunded Amount", "Vendor", "Id", "Tags", "Risk Level", "Source", "Lineitem discount", "Phone", "Receipt Number",
)  # fmt: skip
# What stands on every line of an order; all else that is not of the item stands on the first one only.
REPEATED = ("Name", "Email", "Created at", "Vendor")
TAX = 0.21
FIRST_ID = 5_000_000_000


def write_orders(folder: Folder, company: Company) -> None:
    """All orders, in the order in which they were placed."""
    rows = ([line.get(name, "") for name in HEAD] for line in _lines(company))
    folder.table("tienda/orders_export.csv", [HEAD], rows)


def _lines(company: Company) -> Iterator[dict[str, object]]:
    orders = company.orders
    price, extra = (a.tolist() for a in amounts(orders, company.people))
    items = zip(
        orders.product.tolist(), orders.quantity.tolist(), orders.extra.tolist(), orders.extra_quantity.tolist(),
        strict=True,
    )  # fmt: skip
    for n, ((product, quantity, other, others), order) in enumerate(zip(items, _heads(company), strict=True)):
        total = round(price[n] * quantity + extra[n] * others, 2)
        yield order | _money(total, order) | _item(product, quantity, price[n])
        if other >= 0:
            yield {name: order[name] for name in REPEATED} | _item(other, others, extra[n])


def _heads(company: Company) -> Iterator[dict[str, object]]:
    """What is known of each order beside its items and its amounts."""
    orders, people = company.orders, company.people
    who = orders.customer
    columns = (
        people.email[who].tolist(), people.name[who].tolist(), people.country[who].tolist(),
        people.number[who].tolist(), offset(orders.placed, ES), offset(orders.fulfilled, ES),
        (orders.fulfilled < END).tolist(),
        orders.cancelled.tolist(), orders.refunded.tolist(), orders.source.tolist(),
    )  # fmt: skip
    for n, row in enumerate(zip(*columns, strict=True)):
        email, name, country, number, placed, done, finished, cancelled, refunded, source = row
        sent = finished and not cancelled
        place = COUNTRIES[country]
        yield {
            "Name": f"#{FIRST_ORDER + n}", "Email": email, "Vendor": COMPANY, "Id": FIRST_ID + n * 13,
            "Financial Status": "voided" if cancelled else "refunded" if refunded else "paid",
            "Paid at": "" if cancelled else placed, "Fulfillment Status": "fulfilled" if sent else "unfulfilled",
            "Fulfilled at": done if sent else "", "Accepts Marketing": "no", "Currency": place.currency,
            "Created at": placed, "Billing Name": name, "Billing Country": place.code, "Shipping Country": place.code,
            "Cancelled at": placed if cancelled else "", "Note Attributes": f"customer_id: {number}",
            "Risk Level": "Low", "Source": SHOP_SOURCES[source],
        }  # fmt: skip


def _money(total: float, order: dict[str, object]) -> dict[str, object]:
    back = total if order["Financial Status"] == "refunded" else 0
    return {
        "Subtotal": f"{total:.2f}", "Shipping": "0.00", "Taxes": f"{total * TAX / (1 + TAX):.2f}",
        "Total": f"{total:.2f}", "Discount Amount": "0.00", "Refunded Amount": f"{back:.2f}",
    }  # fmt: skip


def _item(product: int, quantity: int, price: float) -> dict[str, object]:
    return {
        "Lineitem quantity": quantity, "Lineitem name": PRODUCTS[product].name, "Lineitem price": f"{price:.2f}",
        "Lineitem sku": PRODUCTS[product].sku, "Lineitem requires shipping": "true", "Lineitem taxable": "true",
        "Lineitem fulfillment status": "fulfilled", "Lineitem discount": "0.00",
    }  # fmt: skip
