"""What may stand after an equals sign: spans of time, zones, currencies, amounts of memory."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from ipaddress import ip_network
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import BeforeValidator

from latido.i18n import LANGUAGES, Message, _

_SECONDS = {"s": 1, "min": 60, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_EMAIL = re.compile(r"[^@\s<>\"(),:;\[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")
_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(min|s|m|h|d|w)(?![a-z])\s*")


class SettingError(ValueError):
    """A wrong value: the rule it breaks and the way out, for whoever knows file and line to complete."""

    def __init__(self, rule: Message, hint: Message | None = None) -> None:
        super().__init__(str(rule))
        self.rule = rule
        self.hint = hint


def nearest(name: str, known: Iterable[str]) -> Message | None:
    """The question “Did you mean …?”, where something known comes near."""
    near = get_close_matches(name, list(known), n=3, cutoff=0.6)
    return _("Did you mean {names}?", names=", ".join(near)) if near else None


def seconds(value: Any) -> float:
    """A span as seconds: `"4h"`, `"1h 30min"`, `"2d"` (48 hours of the clock in question), or a plain number."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    text = str(value).strip()
    if not text or _SPAN.sub("", text):
        raise SettingError(
            _("“{value}” is neither a number nor a span of time.", value=value),
            _("Write it as 45min, 4h, 1h 30min or 2d."),
        )
    return sum(float(amount) * _SECONDS[unit] for amount, unit in _SPAN.findall(text))


def zone(value: Any) -> str:
    """An IANA time zone's name, checked."""
    if value not in available_timezones():
        rule = _("“{value}” is not a time zone.", value=value)
        raise SettingError(rule, nearest(str(value), available_timezones()) or _("Write it as Europe/Madrid."))
    return str(value)


def currency(value: Any) -> str:
    """An ISO 4217 code."""
    if not re.fullmatch("[A-Za-z]{3}", str(value)):
        raise SettingError(_("“{value}” is not a currency.", value=value), _("Write its three letters: EUR, MXN, USD."))
    return str(value).upper()


def country(value: Any) -> str:
    """An ISO 3166 code."""
    if not re.fullmatch("[A-Za-z]{2}", str(value)):
        raise SettingError(_("“{value}” is not a country.", value=value), _("Write its two letters: ES, MX, US."))
    return str(value).upper()


def language(value: Any) -> str:
    """One of the languages that latido speaks."""
    if value not in LANGUAGES:
        raise SettingError(_("“{value}” is not a language of latido.", value=value), _("Write en or es."))
    return str(value)


def memory(value: Any) -> str:
    """An amount of memory as the engine understands it."""
    if not re.fullmatch(r"\d+(\.\d+)?\s*[MG]i?B", str(value)):
        raise SettingError(_("“{value}” is not an amount of memory.", value=value), _("Write it as 800MB or 4GB."))
    return str(value)


def network(value: Any) -> str:
    """An address or a network of addresses."""
    try:
        return str(ip_network(str(value), strict=False))
    except ValueError:
        rule = _("“{value}” is not an address or a network.", value=value)
        raise SettingError(rule, _("Write it as 10.0.0.7 or 10.0.0.0/8.")) from None


def issuer(value: Any) -> str:
    """Where a provider is: by TLS, or on this machine."""
    text = str(value)
    parts = urlsplit(text)
    if text and parts.scheme != "https" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        rule = _("“{value}” is not the address of a provider.", value=value)
        raise SettingError(rule, _("Write it as https://login.example.com."))
    return text


def link(value: Any) -> str:
    """Where a page or a program is: by TLS, or on this machine; without a slash at its end."""
    text = str(value).strip().rstrip("/")
    parts = urlsplit(text)
    near = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if not parts.hostname or parts.username or not (parts.scheme == "https" or near):
        rule = _("“{value}” is not an address that can be sent to.", value=value)
        raise SettingError(rule, _("Write it as https://latido.example.com."))
    return text


def email(value: Any) -> str:
    """An address of e-mail."""
    text = str(value).strip()
    if not _EMAIL.fullmatch(text):
        raise SettingError(_("“{value}” is not an e-mail address.", value=value))
    return text


Seconds = Annotated[float, BeforeValidator(seconds)]
Zone = Annotated[str, BeforeValidator(zone)]
Currency = Annotated[str, BeforeValidator(currency)]
Country = Annotated[str, BeforeValidator(country)]
Language = Annotated[str, BeforeValidator(language)]
Memory = Annotated[str, BeforeValidator(memory)]
Network = Annotated[str, BeforeValidator(network)]
Issuer = Annotated[str, BeforeValidator(issuer)]
Link = Annotated[str, BeforeValidator(link)]
EMail = Annotated[str, BeforeValidator(email)]
