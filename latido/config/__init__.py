"""The workspace's settings: `latido.toml` and the environment, validated once."""

from latido.config.load import FILE, load, parse
from latido.config.settings import Config, Sla, Target

__all__ = ["FILE", "Config", "Sla", "Target", "load", "parse"]
