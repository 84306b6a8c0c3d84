"""Alerts go out by e-mail and to webhooks, over real sockets, each once."""

from __future__ import annotations

import hashlib
import hmac
import json
import ssl
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from latido.act.alerts import DeliveryError, deliver, sent
from latido.config.alerts import AlertSettings, MailSettings, Webhook
from latido.state import State
from latido.state.alerts import Parcel, Shift
from latido.state.columns import now
from latido.state.outbox import LEASE, Taken
from tests.act.alerts.servers import Hook, Post, listener, post_office, trusting

DAY = date(2026, 2, 9)
SHIFT = Shift("galicia", "d1", "first_reply_time", date(2026, 1, 5), date(2026, 2, 16), DAY, DAY, DAY, True, "{}")
LETTER = Parcel("mail", "ana@example.com", "Alerta: subió", "Subió de 2 h a 3,1 h.", "<p>Subió de <b>2 h</b>.</p>")
SECRET = SecretStr("shared")


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    found = State.open(None, tmp_path)
    yield found
    found.close()


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as found:
        yield found


@pytest.fixture
def hook() -> Iterator[Hook]:
    with listener() as found:
        yield found


def by_mail(post: Post, **more: object) -> AlertSettings:
    mail = {"host": "127.0.0.1", "port": post.port, "security": "none", "sender": "latido@acme.example", **more}
    return AlertSettings(mail=MailSettings(**mail))  # type: ignore[arg-type]


def to(hook: Hook, secret: SecretStr = SECRET) -> AlertSettings:
    return AlertSettings(webhooks={"chat": Webhook(url=hook.url, secret=secret)})


def letter(way: str = "mail", destination: str = "ana@example.com", text: str = "It rose.") -> Taken:
    return Taken(1, way, destination, "key-1", "Alert", text, "<p>It rose.</p>", 1)


def test_an_alert_goes_out_by_mail_once(state: State, post: Post) -> None:
    state.alerts.tell(SHIFT, [LETTER])
    assert [done.failure for done in deliver(state.outbox, by_mail(post))] == [None]
    assert deliver(state.outbox, by_mail(post), moment=now() + timedelta(days=1)) == []
    assert [found.to for found in post.letters] == ["ana@example.com"]


def test_a_letter_says_it_in_text_and_in_html(post: Post) -> None:
    sent(Taken(1, "mail", "ana@example.com", "key-1", *LETTER[2:], 1), by_mail(post))
    mail = post.letters[0].mail
    assert (mail["From"], mail["To"], mail["Subject"]) == ("latido@acme.example", "ana@example.com", "Alerta: subió")
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert [part.get_content().strip() for part in mail.iter_parts()] == [LETTER.text, LETTER.html]


def test_what_comes_twice_has_the_same_name(post: Post) -> None:
    sent(letter(), by_mail(post))
    sent(letter(), by_mail(post))
    assert [found.mail["Message-ID"] for found in post.letters] == ["<key-1@acme.example>"] * 2


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_over_tls_it_signs_in(security: str) -> None:
    with post_office(security) as post:
        settings = by_mail(post, security=security, user="latido", password="right")
        sent(letter(), settings, trusting())
    assert (post.encrypted, post.users) == ([True], ["latido:right"])


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_is_refused(security: str) -> None:
    with post_office(security) as post, pytest.raises(DeliveryError, match="certificate verify failed"):
        sent(letter(), by_mail(post, security=security), ssl.create_default_context())
    assert post.letters == []


def test_a_server_that_offers_no_tls_gets_no_password(post: Post) -> None:
    settings = by_mail(post, security="starttls", user="latido", password="right")
    with pytest.raises(DeliveryError, match="STARTTLS"):
        sent(letter(), settings, trusting())
    assert post.users == []


def test_a_wrong_password_is_told() -> None:
    with post_office("tls") as post, pytest.raises(DeliveryError, match="535 wrong password"):
        sent(letter(), by_mail(post, security="tls", user="latido", password="wrong"), trusting())


def test_a_password_that_the_server_cannot_be_told_is_told(state: State) -> None:
    state.alerts.tell(SHIFT, [LETTER])
    with post_office("tls") as post:
        (done,) = deliver(
            state.outbox, by_mail(post, security="tls", user="latido", password="contraseña"), trusted=trusting()
        )
    assert "did not take the e-mail" in str(done.failure)


def test_an_address_that_nobody_has_is_told(post: Post) -> None:
    post.refuse.add("ana@example.com")
    with pytest.raises(DeliveryError, match="550 nobody of that name"):
        sent(letter(), by_mail(post))


def test_without_a_server_that_is_told() -> None:
    with pytest.raises(DeliveryError, match="No server for e-mail is set"):
        sent(letter(), AlertSettings())


def test_where_nobody_listens_it_is_tried_again(state: State, post: Post) -> None:
    state.alerts.tell(SHIFT, [LETTER])
    nobody = by_mail(post, port=1)
    assert "did not take the e-mail" in str(deliver(state.outbox, nobody)[0].failure)
    assert [done.failure for done in deliver(state.outbox, by_mail(post), moment=now() + timedelta(minutes=2))] == [
        None
    ]
    assert len(post.letters) == 1


def test_a_webhook_is_signed(hook: Hook) -> None:
    sent(letter("webhook", "chat", '{"alert": 1}'), to(hook))
    (request,) = hook.requests
    moment, _comma, signed = request.head["latido-signature"].partition(",v1=")
    mine = hmac.new(b"shared", f"{moment.removeprefix('t=')}.".encode() + request.body, hashlib.sha256)
    assert signed == mine.hexdigest()
    assert (json.loads(request.body), request.head["content-type"]) == ({"alert": 1}, "application/json")


def test_a_webhook_that_is_sent_again_has_the_same_key(state: State, hook: Hook) -> None:
    hook.answers = [503, 204]
    state.alerts.tell(SHIFT, [Parcel("webhook", "chat", "", "{}")])
    assert "answers with 503" in str(deliver(state.outbox, to(hook))[0].failure)
    deliver(state.outbox, to(hook), moment=now() + timedelta(minutes=2))
    assert len({request.head["idempotency-key"] for request in hook.requests}) == 1
    assert len(hook.requests) == 2


def test_after_a_kill_before_the_mark_it_comes_again_with_the_same_key(state: State, hook: Hook) -> None:
    state.alerts.tell(SHIFT, [Parcel("webhook", "chat", "", "{}")])
    taken = state.outbox.take()
    assert taken is not None
    sent(taken, to(hook))  # and here the process ends
    assert deliver(state.outbox, to(hook)) == []
    deliver(state.outbox, to(hook), moment=now() + 2 * LEASE)
    assert [request.head["idempotency-key"] for request in hook.requests] == [taken.key] * 2


def test_a_redirect_is_not_followed(hook: Hook) -> None:
    hook.answers = [307]
    with pytest.raises(DeliveryError, match="sends elsewhere"):
        sent(letter("webhook", "chat", "{}"), to(hook))
    assert [request.path for request in hook.requests] == ["/in"]


def test_nothing_goes_out_unsigned(hook: Hook) -> None:
    with pytest.raises(DeliveryError, match="LATIDO_ALERTS__WEBHOOKS__CHAT__SECRET"):
        sent(letter("webhook", "chat", "{}"), to(hook, SecretStr("")))
    assert hook.requests == []


@pytest.mark.parametrize("url", ["https://a..b/", "https://exa mple.test/", "http://[::1/"])
def test_an_address_that_is_none_fails_as_others_do(state: State, url: str) -> None:
    hook = Webhook.model_construct(url=url, secret=SECRET)
    state.alerts.tell(SHIFT, [Parcel("webhook", "chat", "", "{}")])
    (done,) = deliver(state.outbox, AlertSettings.model_construct(mail=MailSettings(), webhooks={"chat": hook}))
    assert done.failure is not None
    assert state.alerts.all()[0].sent[0].attempts == 1


def test_a_webhook_that_is_no_more_is_told() -> None:
    with pytest.raises(DeliveryError, match="no webhook called “chat”"):
        sent(letter("webhook", "chat", "{}"), AlertSettings())


def test_one_that_fails_keeps_no_other_back(state: State, post: Post, hook: Hook) -> None:
    hook.answers = [500]
    state.alerts.tell(SHIFT, [Parcel("webhook", "chat", "", "{}"), LETTER])
    ways = AlertSettings(mail=by_mail(post).mail, webhooks=to(hook).webhooks)
    assert [done.failure is None for done in deliver(state.outbox, ways)] == [False, True]
