"""Templates: the reader's language, icons, and figures as the metrics' presentation writes them."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from latido.i18n import Message, day, duration, number
from latido.metrics.names import dimension_name, filter_name, table_name, value_name
from latido.metrics.present import quantity, unit_label
from latido.web.static import DIST, address
from latido.workspace.question import condition

_OUTER = (
    '<svg class="ico" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" '
    'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">{inner}</svg>'
)


@cache
def environment() -> Environment:
    """The environment of all templates: everything is escaped, nothing may be undefined."""
    made = Environment(
        loader=PackageLoader("latido.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.globals.update(_=_said, _n=_counted, icon=icon, static=address, payload=payload, link=link)
    made.filters.update(number=number, day=day, duration=duration, quantity=quantity, unit=unit_label, unquote=unquote)
    made.filters.update(table_name=table_name, dimension_name=dimension_name, value_name=value_name, spoken=_spoken)
    return made


def _spoken(text: str) -> str:
    """A filter as an address has it, for people."""
    return filter_name(condition(text))


def _said(template: str, **values: Any) -> str:
    return str(Message(template, values))


def _counted(one: str, many: str, count: float, **values: Any) -> str:
    return str(Message(one, {"count": count, **values}, plural=many, count=count))


@cache
def icon(name: str) -> Markup:
    """One of the icons that the build picked, to stand beside words."""
    drawn = (Path(DIST) / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    inner = drawn.partition(">")[2].rpartition("</svg>")[0].strip()
    return Markup(_OUTER).format(inner=Markup(inner))  # noqa: S704 - our own build wrote the file


def payload(name: str, data: Any) -> Markup:
    """Data of a chart, for a script that only reads: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    safe = text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return Markup('<script type="application/json" id="d-{name}">{safe}</script>').format(
        name=name,
        safe=Markup(safe),  # noqa: S704 - what could end a script is escaped above
    )


def link(path: str, *given: Any, **more: Any) -> str:
    """An address with parameters: pairs as given, then named ones; what is None or empty is left out.

    >>> link("/metrics/nps", [("where", "channel=chat")], by="team", weeks=None)
    '/metrics/nps?where=channel%3Dchat&by=team'
    """
    pairs = [pair for pairs in given for pair in (pairs.items() if hasattr(pairs, "items") else pairs)]
    told = [(name, value) for name, value in (*pairs, *more.items()) if value not in {None, ""}]
    return f"{path}?{urlencode(told)}" if told else path
