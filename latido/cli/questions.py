"""The options of every command that asks for figures."""

from __future__ import annotations

from typing import Any, NamedTuple

from latido.cli.grammar import Argument, Choice, Number, Option
from latido.i18n import _

METRIC = Argument("name", value=_("METRIC"), meaning=_("The metric: “latido metrics” lists them"))
AS_OF = Option("--as-of", value=_("WHEN"),
               meaning=_("The data as they were: a version's number, a day (at its end) or an instant"))  # fmt: skip

QUESTION = (
    Option("--by", multiple=True, value=_("DIMENSION"), meaning=_("Split by it; several with commas or repeated")),
    Option("--period", value=_("PERIOD"), meaning=_("day, week, month, quarter, year, or 28d for rolling days")),
    Option("--from", "start", value=_("DAY"), meaning=_("First day: 2025-03-04, 2025-03 or 2025")),
    Option("--to", "end", value=_("DAY"), meaning=_("Day after the last one")),
    Option("--where", multiple=True, value=_("FILTER"),
           meaning=_("Only these: channel=email,chat or score>=9 or channel!=bot; repeated, all must hold")),
    Option("--compare", type=Choice(_("comparison"), "previous", "last_year"),
           meaning=_("Show the change against the previous period or the same one last year")),
    Option("--calendar", value=_("NAME"), meaning=_("Business calendar of durations; else the workspace's")),
    Option("--preset", value=_("NAME"), meaning=_("A named reading of the definition")),
    AS_OF,
    Option("--min-n", type=Number(1), value=_("N"), meaning=_("Withhold values that rest on fewer")),
)  # fmt: skip


class Group(NamedTuple):
    """What `--by` asks for: dimensions, and the values to which some are fixed."""

    by: list[str]
    keys: dict[str, str | None]


def group(by: tuple[str, ...]) -> Group:
    """`channel=chat` splits by channel and looks at chat alone; `channel=` at rows that have none."""
    parts = [part for text in by for part in text.split(",")]
    pairs = [part.partition("=") for part in parts]
    return Group([name for name, _sign, _value in pairs], {name: value or None for name, sign, value in pairs if sign})


def asked(values: dict[str, Any]) -> dict[str, Any]:
    """The options that were given, as `Workspace.measure` takes them."""
    return {name: value for name, value in values.items() if value not in (None, ())}
