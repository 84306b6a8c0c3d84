"""E-mail: text and HTML in one message, by the company's server."""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate
from typing import TYPE_CHECKING

from latido.act.alerts.ways import DeliveryError
from latido.i18n import _

if TYPE_CHECKING:
    from latido.config.alerts import MailSettings
    from latido.state.outbox import Taken

TIMEOUT = 20.0  # seconds for each answer of the server


def send(message: Taken, settings: MailSettings, trusted: ssl.SSLContext | None = None) -> None:
    """Hand a message to the server.

    Args:
        message: The message; its key becomes the Message-ID, so that one that comes twice is known as the same.
        settings: The server.
        trusted: Whose certificates are believed; None for those that the system believes.

    Raises:
        DeliveryError: There is no server, or it did not take the message.
    """
    if not settings.host:
        raise DeliveryError(
            _("No server for e-mail is set."), _("Set alerts.mail in latido.toml: host, sender and what else it asks.")
        )
    try:
        with _connected(settings, trusted or ssl.create_default_context()) as server:
            if settings.user:
                server.login(settings.user, settings.password.get_secret_value())
            server.send_message(_written(message, settings))
    except (OSError, ValueError, smtplib.SMTPException) as error:  # ValueError: letters that its commands cannot carry
        raise DeliveryError(
            _("{host} did not take the e-mail: {reason}", host=settings.host, reason=_reason(error))
        ) from error


def _connected(settings: MailSettings, trusted: ssl.SSLContext) -> smtplib.SMTP:
    if settings.security == "tls":
        return smtplib.SMTP_SSL(settings.host, settings.port, timeout=TIMEOUT, context=trusted)
    server = smtplib.SMTP(settings.host, settings.port, timeout=TIMEOUT)
    if settings.security == "starttls":
        try:
            server.starttls(context=trusted)
        except BaseException:
            server.close()
            raise
    return server


def _written(message: Taken, settings: MailSettings) -> EmailMessage:
    mail = EmailMessage()
    sender = settings.sender or ""
    mail["From"], mail["To"], mail["Subject"] = sender, message.destination, " ".join(message.subject.split())
    mail["Date"], mail["Message-ID"] = formatdate(), f"<{message.key}@{sender.partition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    if message.html:
        mail.add_alternative(message.html, subtype="html")
    return mail


def _reason(error: Exception) -> str:
    """What the server said, in a line."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return f"{code} {said.decode(errors='replace')}"
    if isinstance(error, smtplib.SMTPResponseException):
        told = error.smtp_error
        return f"{error.smtp_code} {told.decode(errors='replace') if isinstance(told, bytes) else told}"
    return str(error) or type(error).__name__
