"""The workspace's settings: `latido.toml` and the environment, validated once."""

from latido.config.alerts import AlertSettings, WatchSettings
from latido.config.load import FILE, load, parse
from latido.config.settings import Config, Sla, Target

__all__ = ["FILE", "AlertSettings", "Config", "Sla", "Target", "WatchSettings", "load", "parse"]
