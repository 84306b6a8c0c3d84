"""Delivering: what is due goes out, and is marked, message by message."""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, NamedTuple

from latido.act.alerts import mail, webhook
from latido.act.alerts.ways import DeliveryError
from latido.errors import LatidoError
from latido.i18n import _

if TYPE_CHECKING:
    from datetime import datetime

    from latido.config import AlertSettings
    from latido.state.outbox import Outbox, Taken


class Delivered(NamedTuple):
    """What became of a message.

    Attributes:
        way: By which it went.
        destination: Where.
        failure: Why it did not arrive; None where it did.
    """

    way: str
    destination: str
    failure: LatidoError | None


def deliver(
    outbox: Outbox, settings: AlertSettings, *, moment: datetime | None = None, trusted: ssl.SSLContext | None = None
) -> list[Delivered]:
    """Send everything that is due.

    Args:
        outbox: The messages.
        settings: The ways.
        moment: As if it were then; None for now.
        trusted: Whose certificates are believed; None for those that the system believes.
    """
    done = []
    while (taken := outbox.take(moment)) is not None:
        failure = _failure(taken, settings, trusted)
        if failure is None:
            outbox.delivered(taken)
        else:
            outbox.failed(taken, str(failure), moment)
        done.append(Delivered(taken.way, taken.destination, failure))
    return done


def sent(message: Taken, settings: AlertSettings, trusted: ssl.SSLContext | None = None) -> None:
    """Send one message, whether it is due or not.

    Raises:
        DeliveryError: It did not arrive.
    """
    if message.way == "mail":
        mail.send(message, settings.mail, trusted)
    else:
        webhook.send(message, settings.webhooks.get(message.destination))


def _failure(message: Taken, settings: AlertSettings, trusted: ssl.SSLContext | None) -> LatidoError | None:
    try:
        sent(message, settings, trusted)
    except LatidoError as error:
        return error
    except Exception as error:
        return DeliveryError(_("It could not be sent: {reason}", reason=str(error) or type(error).__name__))
    return None
