"""How many values it takes."""

from latido.insights.plan.plan import Assumed, Need, Plan, Wanted, imagined, plan

__all__ = ["Assumed", "Need", "Plan", "Wanted", "imagined", "plan"]
