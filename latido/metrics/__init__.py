"""The metrics: each declared once, in a file of its name, measured by one engine.

They can be used on anybody's Ibis tables, without a workspace:

    from latido.metrics import measure
    measure("nps", {"answers": table}, by="channel")
"""

from latido.metrics.measure import measure, trace

__all__ = ["measure", "trace"]
