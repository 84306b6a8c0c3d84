"""The workspace's settings: `latido.toml` and the environment, validated once."""

from latido.config.load import FILE, load, parse
from latido.config.settings import Config, Question, Sla, Target

__all__ = ["FILE", "Config", "Question", "Sla", "Target", "load", "parse"]
