"""Settings of watches and of the ways on which alerts go out; no secret among them."""

from __future__ import annotations

from datetime import date

import pytest

from latido.config import parse
from latido.errors import ConfigError

WHOLE = """
[watches.galicia]
metric = "first_reply_time"
where = ["region=Galicia"]
direction = "worse"
since = 2026-01-05
mail = ["ana@acme.example"]
webhooks = ["chat"]

[alerts]
address = "https://latido.acme.example/"

[alerts.mail]
host = "smtp.acme.example"
sender = "latido@acme.example"

[alerts.webhooks.chat]
url = "https://chat.acme.example/in"
"""


def test_a_watch_is_read() -> None:
    watch = parse(WHOLE).watches["galicia"]
    assert (watch.direction, watch.false_alarms, watch.since) == ("worse", 20, date(2026, 1, 5))


def test_an_address_has_no_slash_at_its_end() -> None:
    assert parse(WHOLE).alerts.address == "https://latido.acme.example"


def test_secrets_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATIDO_ALERTS__MAIL__PASSWORD", "pass")
    monkeypatch.setenv("LATIDO_ALERTS__WEBHOOKS__CHAT__SECRET", "shared")
    alerts = parse(WHOLE).alerts
    assert alerts.mail.password.get_secret_value() == "pass"
    assert alerts.webhooks["chat"].secret.get_secret_value() == "shared"
    assert alerts.webhooks["chat"].url == "https://chat.acme.example/in"


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        (
            'host = "smtp',
            'password = "p"\nhost = "smtp',
            "line 14: alerts.mail.password does not belong into this file",
        ),
        ('url = "https', 'secret = "s"\nurl = "https', "alerts.webhooks.chat.secret does not belong into this file"),
        ("ana@acme.example", "ana", "is not an e-mail address"),
        ("https://chat", "http://chat", "is not an address that can be sent to"),
        ('webhooks = ["chat"]', 'webhooks = ["chit"]', "no webhook called “chit”"),
        ('sender = "latido@acme.example"', "", "needs a sender"),
        ('sender = "', 'user = "u"\nsecurity = "none"\nsender = "', "others can read"),
        ("since = 2026-01-05", "false_alarms = 1", "false_alarms"),
        ("since = 2026-01-05", 'calendar = "night"', "no calendar called “night”"),
    ],
)
def test_what_cannot_be_is_refused(before: str, after: str, rule: str) -> None:
    with pytest.raises(ConfigError, match=rule):
        parse(WHOLE.replace(before, after, 1))


def test_a_file_that_is_otherwise_wrong_is_told_so_and_not_searched_for_secrets() -> None:
    with pytest.raises(ConfigError):
        parse("alerts = 3")
