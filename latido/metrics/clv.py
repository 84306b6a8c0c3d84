"""Customer lifetime value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import ibis

from latido.facts.expr import seconds
from latido.i18n import _
from latido.metrics.methods.shares import known
from latido.metrics.metric import Method, Metric
from latido.metrics.scope import Scope
from latido.model.calendar import DAY
from latido.stats.estimate import Estimate
from latido.stats.means import delta_ratio, mean
from latido.stats.products import product

if TYPE_CHECKING:
    import pandas as pd

YEAR = 365.25 * DAY


@dataclass(frozen=True)
class Value(Method):
    """Average order value × orders a year × years, each with its interval, by the delta method."""

    def sums(self, rows: Any, scope: Scope) -> Mapping[str, Any]:
        o, a, y, s = (rows[c].cast("float64") for c in ("value", "amount", "years", "span"))
        return {
            "n": o.count(), "o": o.sum(), "oo": (o * o).sum(), "a": a.sum(), "aa": (a * a).sum(), "oa": (o * a).sum(),
            "y": y.sum(), "yy": (y * y).sum(), "yo": (y * o).sum(), "s": s.sum(), "ss": (s * s).sum(),
        }  # fmt: skip

    def estimates(self, frame: pd.DataFrame, scope: Scope) -> dict[str, Estimate]:
        confidence = scope.query.confidence
        n, o, oo, a, aa, oa, y, yy, yo, s, ss = (known(frame.iloc[0][c]) for c in _SUMS)
        order = delta_ratio(n, o, a, oo, aa, oa, confidence)
        yearly = delta_ratio(n, y, o, yy, oo, yo, confidence)
        years = _stated(scope, n) or mean(n, s, ss, confidence)
        whole = product(order, yearly, years).scaled(scope.settings.margin)
        return {
            "value": replace(whole, n=n),
            "average_order_value": order,
            "orders_per_year": yearly,
            "lifespan_years": years,
        }


_SUMS = ("n", "o", "oo", "a", "aa", "oa", "y", "yy", "yo", "s", "ss")


def _stated(scope: Scope, n: float) -> Estimate | None:
    years = scope.settings.lifespan_years
    return None if years is None else Estimate(years, years, years, n, method="stated")


def rows(customers: Any, scope: Scope) -> Any:
    """Purchases, money, years observed since the first purchase, years from the first to the last."""
    customers = customers.filter(customers.first_ordered <= scope.end)
    observed = seconds(customers.first_ordered, scope.end).cast("float64") / YEAR
    # Whoever bought on the last day was observed for that day.
    return customers.mutate(
        value=customers.orders,
        years=ibis.greatest(observed, DAY / YEAR),
        span=customers.span_seconds.cast("float64") / YEAR,
    )


CLV = Metric(
    name="clv",
    family="experience",
    label=_("Customer lifetime value (CLV)"),
    formula=_(
        "Average order value × orders a year × lifespan in years (× margin, where the workspace states one). The "
        "frequency is a rate per customer-year observed; the lifespan is stated, or the mean from first to last "
        "purchase."
    ),
    unit="currency",
    better="higher",
    range=(0, float("inf")),
    interval=_("delta method"),
    source=_("Gupta & Lehmann (2003), Journal of Interactive Marketing 17:9"),
    traps=(
        _(
            "The frequency is a rate with a unit: an order every 3 months is four a year; 72 × 4 × 7 years = 2,016, "
            "not 1,512."
        ),
        _("Currencies are not added: figures are split by currency."),
        _("Margin and lifespan are inputs that are said aloud, not hidden in the formula."),
    ),
    table="customer_facts",
    rows=rows,
    method=Value(),
    time="first_ordered",
    key="customer_id",
    splits=("currency",),
    long_run=True,
    ends=(("order_facts", "ordered"),),
)
