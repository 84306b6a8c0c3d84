"""What an outcome goes with: drivers in their order, what if, and where they differ."""

from latido.insights.drivers.choose import candidates, fitting_grain
from latido.insights.drivers.drivers import LEAST, Asked, drivers, of_units
from latido.insights.drivers.found import (
    Change,
    Difference,
    Effect,
    Explained,
    Level,
    Missing,
    Ranked,
    Segments,
    WhatIf,
)

__all__ = [
    "LEAST", "Asked", "Change", "Difference", "Effect", "Explained", "Level", "Missing", "Ranked", "Segments", "WhatIf",
    "candidates", "drivers", "fitting_grain", "of_units",
]  # fmt: skip
