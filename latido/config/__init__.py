"""The workspace's settings: `latido.toml` and the environment, validated once."""

from latido.config.load import FILE, load, parse
from latido.config.settings import Calendar, Config, Hours, Question, Sla, Target, Version

__all__ = ["FILE", "Calendar", "Config", "Hours", "Question", "Sla", "Target", "Version", "load", "parse"]
