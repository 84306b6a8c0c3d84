"""What moved between two periods: every metric and segment, judged together."""

from latido.insights.moved.contributing import Breakdown, Part
from latido.insights.moved.move import Move, Moved, Untested
from latido.insights.moved.moved import moved

__all__ = ["Breakdown", "Move", "Moved", "Part", "Untested", "moved"]
