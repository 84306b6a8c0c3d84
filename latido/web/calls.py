"""The same question for programs: as Python, as `curl`, as a command."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING

from latido.web.render import link

if TYPE_CHECKING:
    from latido.metrics.query import Condition, Query
    from latido.web.ask import Ask


@dataclass(frozen=True)
class Calls:
    """A question, three times."""

    python: str
    curl: str
    shell: str


def calls(ask: Ask, query: Query, period: str | None = None) -> Calls:
    """How programs ask the same."""
    base = str(ask.request.base_url).rstrip("/")
    root = str(ask.workspace.root.resolve())
    said = {
        "period": period,
        "start": query.start.isoformat() if query.start else None,
        "end": query.end.isoformat() if query.end else None,
        "compare": None if period else query.compare,
        "calendar": query.calendar if query.calendar != ask.workspace.config.calendar else None,
        "preset": query.preset,
        "as_of": ask.view.as_of,
    }
    given = {name: value for name, value in said.items() if value}
    where = [_written(condition) for condition in query.where]
    return Calls(_python(root, query.metric, given, where), _curl(base, query.metric, given, where),
                 _shell(root, query.metric, given, where))  # fmt: skip


def _written(condition: Condition) -> str:
    values = ("" if value is None else str(value) for value in condition.values)
    return f"{condition.dimension}{condition.operator}{','.join(values)}"


def _python(root: str, metric: str, given: dict[str, str], where: list[str]) -> str:
    told = [f"{name}={value!r}" for name, value in given.items()]
    filters = [f"where={where!r}"] if where else []
    inner = ", ".join([repr(metric), *told, *filters])
    return f"import latido\n\nlatido.open({root!r}).measure({inner})"


def _curl(base: str, metric: str, given: dict[str, str], where: list[str]) -> str:
    address = base + link(f"/api/v1/metrics/{metric}/measure", given, [("where", text) for text in where])
    return f'curl -H "Authorization: Bearer $LATIDO_TOKEN" {shlex.quote(address)}'


def _shell(root: str, metric: str, given: dict[str, str], where: list[str]) -> str:
    told = [word for name, value in given.items() for word in (f"--{name.replace('_', '-')}", shlex.quote(value))]
    filters = [word for text in where for word in ("--where", shlex.quote(text))]
    return " ".join(["latido", "-w", shlex.quote(root), "measure", metric, *told, *filters])
