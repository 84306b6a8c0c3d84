"""Zendesk Support: its API bodies and its JSON export."""

from latido.sources.zendesk.source import Zendesk

__all__ = ["Zendesk"]
