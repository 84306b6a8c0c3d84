"""Settings of watches, and of the ways on which alerts go out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field, SecretStr, model_validator

from latido.config.section import Section
from latido.config.values import EMail, Link, SettingError
from latido.i18n import _


class WatchSettings(Section):
    """A watch: `[watches.name]`.

    Attributes:
        metric: What it watches.
        where: Filters: the segment.
        direction: Which changes count.
        false_alarms: One false alarm in so many years at most; the fewer years, the sooner a change is told.
        since: From when on it watches; None for half a year after the data begin.
        calendar: Business calendar of durations; None for the workspace's.
        mail: Addresses that an alert goes to.
        webhooks: Names of the webhooks that it goes to.
    """

    metric: str
    where: tuple[str, ...] = ()
    direction: Literal["worse", "better", "rise", "fall", "either"] = "either"
    false_alarms: float = Field(default=20, ge=2, le=1000)
    since: date | None = None
    calendar: str | None = None
    mail: tuple[EMail, ...] = ()
    webhooks: tuple[str, ...] = ()


class MailSettings(Section):
    """The server that takes e-mail.

    Attributes:
        host: Its name; empty for none: then no e-mail is sent.
        port: Its port.
        security: How the connection is kept from others: TLS from the beginning, after a greeting, or not at all.
        user: By which it knows us; empty where it asks nobody.
        password: What goes with it; from the environment.
        sender: Address that alerts come from.
    """

    host: str = ""
    port: int = Field(default=587, ge=1, le=65535)
    security: Literal["tls", "starttls", "none"] = "starttls"
    user: str = ""
    password: SecretStr = SecretStr("")
    sender: EMail | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> MailSettings:
        if self.host and not self.sender:
            raise SettingError(_("E-mail needs a sender."), _("Write the address that alerts come from."))
        if self.user and self.security == "none" and self.host not in {"localhost", "127.0.0.1", "::1"}:
            raise SettingError(
                _("A password is not sent over a connection that others can read."), _("Choose tls or starttls.")
            )
        return self


class Webhook(Section):
    """An address of another program.

    Attributes:
        url: Where alerts are sent.
        secret: What they are signed with; from the environment.
    """

    url: Link
    secret: SecretStr = SecretStr("")


class AlertSettings(Section):
    """On which ways alerts go out.

    Attributes:
        address: Where people open latido, for the links in alerts; empty for none.
        mail: The server that takes e-mail.
        webhooks: Other programs, by name.
    """

    address: Link | None = None
    mail: MailSettings = MailSettings()
    webhooks: dict[str, Webhook] = Field(default_factory=dict)


def secrets_in(declared: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """The places of a file at which passwords and secrets of alerts stand, where they have no business."""
    alerts = _table(declared, "alerts")
    places = [("mail", "password"), *(("webhooks", name, "secret") for name in _table(alerts, "webhooks"))]
    for *way, key in places:
        table = alerts
        for step in way:
            table = _table(table, step)
        if key in table:
            yield ("alerts", *way, key)


def _table(data: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = data.get(name)
    return found if isinstance(found, Mapping) else {}
