"""Alerts as messages: what an e-mail and a webhook say of one, and in whose language."""

from __future__ import annotations

import json
from html import escape
from math import isfinite
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from latido.errors import UnknownNameError
from latido.i18n import _, language, use
from latido.report.watches import figure, normal, sentence, shows, since, subject, wrongness
from latido.state.alerts import Parcel
from latido.workspace.watches import continued, shift

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from latido.config import Config, WatchSettings
    from latido.insights.watch import Alarm, Watched
    from latido.state import State
    from latido.stats.estimate import Estimate
    from latido.workspace import Workspace


def looked(workspace: Workspace, state: State, names: Sequence[str] = ()) -> Iterator[Watched]:
    """The watches as they stand now, each as those who saw its alerts let it go on.

    Args:
        workspace: The workspace.
        state: Where alerts are kept.
        names: Which; all of them where none is named.

    Raises:
        UnknownNameError: There is none of a name.
    """
    for name in names:
        if name not in workspace.watches:
            raise UnknownNameError.among(_("watch"), name, workspace.watches)
    for name in names or workspace.watches:
        yield workspace.watched(continued(workspace.watches[name], state.alerts))


def record(state: State, config: Config, seen: Watched) -> int | None:
    """Record what a watch tells, with its messages; None where it tells nothing, or nothing new.

    Args:
        state: Where alerts are kept.
        config: To whom and on which ways they go.
        seen: The watch.
    """
    told = shift(seen)
    if told is None or seen.alarm is None:
        return None
    settings = config.watches.get(seen.watch.name)
    return state.alerts.tell(told, _parcels(state, config, seen, settings) if settings else ())


def trial(config: Config, way: str, destination: str) -> Parcel:
    """A message that only tries a way.

    Args:
        config: The settings.
        way: `mail` or `webhook`.
        destination: An address, or a webhook's name.
    """
    with use(config.language or language()):
        text = str(_("This is a test: alerts of latido arrive here."))
    if way == "mail":
        return Parcel("mail", destination, _subject(config, text), f"{text}\n", _html(text, [], ""))
    return Parcel("webhook", destination, "", _json({"event": "test", "text": text, "company": config.name}))


def _parcels(state: State, config: Config, seen: Watched, settings: WatchSettings) -> list[Parcel]:
    languages = {person.email.casefold(): person.language for person in state.people.all() if person.active}
    mails = [_mail(config, seen, address, languages.get(address.casefold())) for address in settings.mail]
    return [*mails, *(_hook(config, seen, name) for name in settings.webhooks)]


def _mail(config: Config, seen: Watched, address: str, spoken: str | None) -> Parcel:
    with use(spoken or config.language or language()):
        assert seen.alarm is not None  # noqa: S101 - only alerts come here
        head = sentence(seen.watch, seen.alarm, seen.keys)
        rest = [since(seen.alarm), normal(seen), wrongness(seen.watch)]
        where = link(config, seen.watch.name)
        text = "\n\n".join(filter(None, [head, *rest, where])) + "\n"
        return Parcel("mail", address, _subject(config, _brief(seen)), text, _html(head, rest, where))


def _brief(seen: Watched) -> str:
    assert seen.alarm is not None  # noqa: S101
    metric, name = seen.watch.metric, subject(seen.watch, seen.keys)
    told = {"subject": name, "before": figure(seen.alarm.before, metric), "after": figure(seen.alarm.after, metric)}
    if not shows(seen.alarm, metric):
        risen = _("{subject} left its course upwards", subject=name)
        return str(risen if seen.alarm.rising else _("{subject} left its course downwards", subject=name))
    risen = _("{subject} rose from {before} to {after}", **told)
    return str(risen if seen.alarm.rising else _("{subject} fell from {before} to {after}", **told))


def _subject(config: Config, text: str) -> str:
    return f"[{config.name or 'latido'}] {text}"


def _html(head: str, rest: list[str], where: str) -> str:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in rest if text)
    look = escape(str(_("Look at it in latido")))
    button = f'<p><a href="{escape(where)}">{look}</a></p>' if where else ""
    return (
        f'<!doctype html><html lang="{language()}"><body><p><b>{escape(head)}</b></p>{paragraphs}{button}</body></html>'
    )


def link(config: Config, watch: str) -> str:
    """Where people see a watch; empty where nobody has said where latido is."""
    return f"{config.alerts.address}/watches?name={quote(watch)}" if config.alerts.address else ""


def _hook(config: Config, seen: Watched, name: str) -> Parcel:
    with use(config.language or language()):
        return Parcel("webhook", name, "", _json(payload(config, seen)))


def payload(config: Config, seen: Watched) -> dict[str, Any]:
    """What a webhook is sent."""
    alarm, watch = seen.alarm, seen.watch
    assert alarm is not None  # noqa: S101
    text = f"{sentence(watch, alarm, seen.keys)} {since(alarm)}"
    return {
        "event": "alert", "company": config.name, "watch": watch.name, "metric": watch.metric.name,
        "unit": watch.metric.unit, "where": list(config.watches[watch.name].where), "text": text,
        "link": link(config, watch.name) or None, **_facts(alarm),
    }  # fmt: skip


def _facts(alarm: Alarm) -> dict[str, Any]:
    days = {name: getattr(alarm, name).isoformat() for name in ("told", "changed", "earliest", "latest")}
    return {**days, "direction": "rise" if alarm.rising else "fall", "evidence": alarm.evidence,
            "before": _numbers(alarm.before), "after": _numbers(alarm.after)}  # fmt: skip


def _numbers(estimate: Estimate) -> dict[str, float | None]:
    found = {name: float(getattr(estimate, name)) for name in ("value", "low", "high", "n")}
    return {name: value if isfinite(value) else None for name, value in found.items()}


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, allow_nan=False)
