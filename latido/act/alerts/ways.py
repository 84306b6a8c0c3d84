"""What all ways have in common: a message that could not be delivered says why."""

from __future__ import annotations

from latido.errors import LatidoError


class DeliveryError(LatidoError):
    """A message that did not arrive; it is tried again."""

    retry = True
