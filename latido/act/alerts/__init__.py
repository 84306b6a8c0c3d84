"""Alerts go out: by e-mail and to webhooks, each once."""

from latido.act.alerts.deliver import Delivered, deliver, sent
from latido.act.alerts.ways import DeliveryError

__all__ = ["Delivered", "DeliveryError", "deliver", "sent"]
