"""Webhooks: a signed POST of JSON to another program.

`Latido-Signature: t=1767225600,v1=…`: v1 is the HMAC-SHA256, under the shared secret, of the seconds, a dot and the
body. Whoever receives it computes the same, compares, and refuses what is older than a few minutes. `Idempotency-Key`
is the same each time a message is sent again.
"""

from __future__ import annotations

import hashlib
import hmac
import time
from typing import TYPE_CHECKING

import httpx

from latido.act.alerts.ways import DeliveryError
from latido.i18n import _

if TYPE_CHECKING:
    from latido.config.alerts import Webhook
    from latido.state.outbox import Taken

SIGNATURE, KEY = "Latido-Signature", "Idempotency-Key"
TIMEOUT = 10.0  # seconds


def signature(body: bytes, secret: str, moment: int) -> str:
    """What proves that a body is ours, and from when.

    >>> signature(b"{}", "s", 1767225600)[:17]
    't=1767225600,v1=b'
    """
    signed = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={moment},v1={signed}"


def send(message: Taken, hook: Webhook | None) -> None:
    """Send a message.

    Args:
        message: The message; its text is the body.
        hook: Where; None for a name that the settings have no more.

    Raises:
        DeliveryError: The other side did not take it, or is none any more.
    """
    name = message.destination
    if hook is None:
        raise DeliveryError(_("The settings have no webhook called “{name}” any more.", name=name))
    secret = hook.secret.get_secret_value()
    if not secret:
        variable = f"LATIDO_ALERTS__WEBHOOKS__{name.upper()}__SECRET"
        raise DeliveryError(
            _("The webhook “{name}” has no secret to sign with.", name=name),
            _("Give it in the environment variable {name}.", name=variable),
        )
    body = message.text.encode()
    head = {
        "Content-Type": "application/json", "User-Agent": "latido", KEY: message.key,
        SIGNATURE: signature(body, secret, int(time.time())),
    }  # fmt: skip
    try:
        answer = httpx.post(hook.url, content=body, headers=head, timeout=TIMEOUT, follow_redirects=False)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:  # ValueError: a host that is no name
        reason = str(error) or type(error).__name__
        raise DeliveryError(_("The webhook “{name}” does not answer: {reason}", name=name, reason=reason)) from error
    _insist(answer, name)


def _insist(answer: httpx.Response, name: str) -> None:
    if answer.is_redirect:
        raise DeliveryError(
            _("The webhook “{name}” sends elsewhere, which is not followed.", name=name),
            _("Set its address to where it should go in the end."),
        )
    if not answer.is_success:
        raise DeliveryError(_("The webhook “{name}” answers with {status}.", name=name, status=str(answer.status_code)))
