"""The addresses of the API, each resource in its file; this is the one list of them."""

from latido.api.operation import Operation
from latido.api.resources import (
    chain,
    correlations,
    customers,
    drivers,
    imports,
    me,
    measure,
    metrics,
    moved,
    nonresponse,
    plan,
    rejects,
    tables,
    tickets,
    trace,
    watches,
)

OPERATIONS: tuple[Operation, ...] = (
    *metrics.OPERATIONS,
    *measure.OPERATIONS,
    *nonresponse.OPERATIONS,
    *plan.OPERATIONS,
    *moved.OPERATIONS,
    *drivers.OPERATIONS,
    *correlations.OPERATIONS,
    *chain.OPERATIONS,
    *watches.OPERATIONS,
    *trace.OPERATIONS,
    *tickets.OPERATIONS,
    *customers.OPERATIONS,
    *imports.OPERATIONS,
    *rejects.OPERATIONS,
    *tables.OPERATIONS,
    *me.OPERATIONS,
)
