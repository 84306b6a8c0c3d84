"""`latido watch`."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from latido.cli.grammar import Argument, Command, Example, Option
from latido.cli.output import FORMATS, either, write_csv, write_json
from latido.i18n import _, _n

if TYPE_CHECKING:
    from latido.cli.session import Session
    from latido.state import State


def run(session: Session, names: tuple[str, ...], *, send: bool, test: str | None, as_json: bool, as_csv: bool) -> None:
    """Look at the watches; send what they tell; or try a way."""
    from latido.state import State

    either(as_json=as_json, as_csv=as_csv)
    workspace = session.workspace
    if test is not None:
        _try(session, test)
        return
    with closing(State.open(workspace.config.state.url, workspace.root)) as state:
        _look(session, state, names, send=send, as_json=as_json, as_csv=as_csv)


def _look(session: Session, state: State, names: tuple[str, ...], *, send: bool, as_json: bool, as_csv: bool) -> None:
    from latido.report.alerts import looked, record
    from latido.report.terminal import show
    from latido.report.watches import facts, grid

    workspace = session.workspace
    seen = list(looked(workspace, state, names))
    if send:
        for each in seen:
            record(state, workspace.config, each)
    if as_json:
        write_json([facts(each) for each in seen])
    elif as_csv:
        write_csv([facts(each) for each in seen])
    elif not seen:
        click.echo(_("Nothing is watched yet. Declare what to watch under [watches] in latido.toml, or in the pages."))
    else:
        show(grid(seen))
    if send:
        _send(session, state)


def _send(session: Session, state: State) -> None:
    """Send what is due, and say on standard error what became of it."""
    from latido.act.alerts import deliver

    done = deliver(state.outbox, session.workspace.config.alerts)
    for each in done:
        if each.failure:
            click.echo(f"{each.destination}: {each.failure}", err=True)
    arrived = sum(each.failure is None for each in done)
    click.echo(_n("One message was sent.", "{count} messages were sent.", arrived), err=True)


def _try(session: Session, destination: str) -> None:
    """Send a message that only tries a way."""
    from latido.act.alerts import sent
    from latido.errors import UnknownNameError
    from latido.report.alerts import trial
    from latido.state.keys import draw
    from latido.state.outbox import Taken

    config = session.workspace.config
    way = "mail" if "@" in destination else "webhook"
    if way == "webhook" and destination not in config.alerts.webhooks:
        raise UnknownNameError.among(_("webhook"), destination, config.alerts.webhooks)
    parcel = trial(config, way, destination)
    sent(Taken(0, way, destination, draw(), parcel.subject, parcel.text, parcel.html, 1), config.alerts)
    click.echo(_("A test was sent to {destination}.", destination=destination))


COMMAND = Command(
    "watch",
    text=_(
        "Look at what is watched: whether a metric has left its course, since when, and how far. With --send each "
        "alert goes once to the addresses and webhooks that its watch names; what did not arrive before is tried "
        "again. Let it run after each import, or every hour; a server that runs does the same by itself."
    ),
    run=run,
    params=(
        Argument("names", required=False, nargs=-1, value=_("WATCH"),
                 meaning=_("Only these watches; all of them where none is named")),
        Option("--send", is_flag=True, meaning=_("Send what is new, and what did not arrive before")),
        Option("--test", value=_("WHERE"),
               meaning=_("Send a test to an address of e-mail or a webhook, and nothing else")),
        *FORMATS,
    ),
    examples=(
        Example("latido watch", _("how it stands with everything that is watched")),
        Example("latido watch --send", _("tell whoever wants to know")),
        Example("latido watch --test ana@acme.example", _("whether e-mail arrives")),
    ),
)  # fmt: skip
