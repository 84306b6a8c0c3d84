"""Metrics side by side: what each says of one ticket, one customer, one team in a week."""

from latido.metrics.units.grain import GRAINS, Grain, grain
from latido.metrics.units.moments import moments
from latido.metrics.units.table import Units, units
from latido.metrics.units.variable import Variable, offered, variable

__all__ = ["GRAINS", "Grain", "Units", "Variable", "grain", "moments", "offered", "units", "variable"]
