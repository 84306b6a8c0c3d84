"""How far a long command is: a bar with rate and remaining time, on a terminal only."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import perf_counter
from typing import TYPE_CHECKING

from latido.i18n import Message, _

if TYPE_CHECKING:
    from latido.sync import Progress


@contextmanager
def bar(title: str) -> Iterator[Callable[[Progress], None] | None]:
    """A bar while the block runs; what it yields is told how far an import is (None where nobody looks)."""
    from rich.progress import BarColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    from latido.report.terminal import console

    out = console(stderr=True)
    if not out.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[told]}"), TimeRemainingColumn())
    with Bars(*columns, console=out, transient=True) as bars:
        task = bars.add_task(title, total=None, told="")
        began = perf_counter()

        def tell(now: Progress) -> None:
            told = str(_told(now, perf_counter() - began))
            # A bar without total moves to and fro: how long writing takes nobody knows.
            bars.update(task, completed=now.rows, total=now.total if now.stage == "reading" else None, told=told)

        yield tell


def _told(now: Progress, seconds: float) -> Message:
    if now.stage == "deriving":
        return _("deriving the facts")
    if now.stage == "writing":
        return _("writing {table}", table=now.table)
    return _("{table}: {rows} rows, {rate} a second", table=now.table, rows=now.rows, rate=round(now.rows / seconds))
