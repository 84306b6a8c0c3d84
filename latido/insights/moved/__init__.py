"""What moved between two periods: every metric and segment, judged together."""

from latido.insights.moved.moved import Move, Moved, moved

__all__ = ["Move", "Moved", "moved"]
