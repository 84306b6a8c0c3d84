"""Watches: whether a metric has left its course, told once, and seldom wrongly."""

from latido.insights.watch.declared import LEVELS, Restart, Watch, watchable
from latido.insights.watch.watched import Alarm, Changed, State, Watched, watched

__all__ = ["LEVELS", "Alarm", "Changed", "Restart", "State", "Watch", "Watched", "watchable", "watched"]
