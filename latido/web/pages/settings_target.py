"""Settings: one metric's targets, with the state that they would put its figures in."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from latido.config import Target
from latido.config.load import declared
from latido.config.rewrite import at, drop, put
from latido.errors import FieldError, UsageError
from latido.i18n import _
from latido.metrics.catalog import metric as find
from latido.metrics.names import dimension_name, typed_name, value_code
from latido.metrics.present import quantity, unit_label
from latido.web import written
from latido.web.groups import splits
from latido.web.offers import Match, Offers, of_value, offers
from latido.web.page import Page
from latido.web.sheets import Row, Sheet, data, page, save, sent, sheet, with_faults
from latido.web.standings import by_group, parts, standings
from latido.web.view import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from latido.metrics.metric import Metric
    from latido.web.ask import Ask

HOME = "/settings/targets"
EDIT, PREVIEW = f"{HOME}/edit", f"{HOME}/preview"
GROUPS = ("dimension", "group", "target")
SPARE = 2


def show(ask: Ask) -> Response:
    """The form, as the file fills it in; without a metric, the list of them."""
    if not ask.query.get("metric"):
        return ask.see_other(HOME)
    metric = find(ask.query.get("metric", ""))
    return _page(ask, metric, sheet(_filled(at(data(ask), ("targets", metric.name)), metric)))


def preview(ask: Ask) -> Response:
    """The form as it is typed, with the state that the figures would be in."""
    if not ask.query.get("metric"):
        return ask.see_other(HOME)
    metric = find(ask.query.get("metric", ""))
    form = _added(sent(ask))
    _target, errors = _read(metric, form)
    return _page(ask, metric, with_faults(form, errors))


def change(ask: Ask) -> Response:
    """Save it; a target without anything is none."""
    form = sent(ask)
    metric = find(form["metric"])
    target, errors = _read(metric, form)
    if errors:
        return _page(ask, metric, sent(ask, errors), 422)
    place = ("targets", metric.name)

    def rewrite(file: str) -> str:
        return put(file, place, _written(target, at(declared(file), place))) if target else drop(file, place)

    return save(ask, rewrite, back=HOME, again=lambda shown: _page(ask, metric, shown, 422), fields={place: "value"},
                said=lambda _change: _("The target of {metric} is saved.", metric=metric.label))  # fmt: skip


def _filled(declared: Any, metric: Metric) -> dict[str, Any]:
    """The form of what the file declares: a number, or a table with targets of groups."""
    table = declared if isinstance(declared, dict) else {"value": declared} if declared is not None else {}
    groups = [(d, str(v), t) for d, own in table.items() if isinstance(own, dict) for v, t in own.items()]
    return {
        "metric": metric.name,
        "value": _shown(table.get("value"), metric),
        "part": table.get("part"),
        "dimension": [d for d, _v, _t in groups],
        "group": [typed_name(d, v) for d, v, _t in groups],
        "target": [_shown(target, metric) or "" for _d, _v, target in groups],
    }


def _shown(value: Any, metric: Metric) -> str | None:
    if value is None:
        return None
    return written.told(value) if metric.unit == "s" else str(value)


def _read(metric: Metric, form: Sheet) -> tuple[dict[str, Any], list[FieldError]]:
    """The target as the file would have it, in a table; and what of it cannot be."""
    table: dict[str, Any] = {}
    errors = []
    try:
        table |= {"value": value} if (value := _quantity(form["value"], metric)) is not None else {}
        table |= {"part": form["part"]} if form["part"] else {}
    except UsageError as error:
        errors.append(FieldError("value", error.message, error.hint))
    for row in form.rows(*GROUPS):
        try:
            target = _group(row, metric)
            table.setdefault(row["dimension"], {})[_value(row)] = target
        except UsageError as error:
            errors.append(FieldError(f"group.{row.number}", error.message, error.hint))
    if set(table) == {"part"}:
        return {}, errors
    return table, errors


def _value(row: Row) -> str:
    """The group's value, as the data have it."""
    return value_code(row["dimension"], row["group"].strip())


def _added(form: Sheet) -> Sheet:
    """The form with one more row for a group that somebody picked: `add` says `team=Ventas`."""
    dimension, _sign, value = form["add"].partition("=")
    if not dimension:
        return form
    told = [dict(row.values) for row in form.rows(*GROUPS)]
    picked = {"dimension": dimension, "group": typed_name(dimension, value), "target": ""}
    rows = told if any({**row, "target": ""} == picked for row in told) else [*told, picked]
    return replace(form, values={**form.values, **{name: tuple(row[name] for row in rows) for name in GROUPS}})


def _group(row: Row, metric: Metric) -> float | str:
    if not row["dimension"] or not row["group"].strip():
        raise UsageError(_("Say for which group: a dimension and its value."))
    value = _quantity(row["target"], metric)
    if value is None:
        raise UsageError(_("Say what this group should reach."))
    return value


def _quantity(text: str, metric: Metric) -> float | str | None:
    """What was typed, in the metric's unit; spans of time as they were written."""
    if metric.unit != "s":
        value = written.number(text)
        _within(value, metric)
        return value
    span = written.span(text)
    if isinstance(span, int):
        raise UsageError(_("“{value}” has no unit.", value=text.strip()), _("Write it as 45min, 4h, 1h 30min or 2d."))
    return span


def _within(value: float | None, metric: Metric) -> None:
    """Refuse what the metric can never be.

    Raises:
        UsageError: The bounds.
    """
    low, high = metric.range
    if value is None or low <= value <= high:
        return
    if math.isinf(high):
        raise UsageError(_("It cannot be below {low}.", low=quantity(low, metric.unit)))
    raise UsageError(
        _("It can be from {low} to {high}.", low=quantity(low, metric.unit), high=quantity(high, metric.unit))
    )


def _written(table: dict[str, Any], old: Any) -> Any:
    """A number alone where that says it all, unless the file has a table for it already."""
    return table["value"] if set(table) == {"value"} and not isinstance(old, dict) else table


def _target(table: dict[str, Any]) -> Target | None:
    try:
        return Target.model_validate(table) if table else None
    except ValidationError:
        return None


def _page(ask: Ask, metric: Metric, form: Sheet, status: int = 200) -> Response:
    table, errors = _read(metric, form)
    target = None if errors else _target(table)
    used = list(dict.fromkeys(filter(None, form.values.get("dimension", ()))))
    groups = {name: by_group(ask, metric, target, name) for name in used}
    rows = form.rows(*GROUPS, spare=SPARE)
    return page(
        ask, "settings_target.html", status, form=form, metric=metric, rows=rows,
        now=standings(ask, metric, target), parts=parts(ask, metric), unit=unit_label(metric.unit),
        dimensions=[("", "—"), *splits(ask, metric)], groups=groups,
        labels={name: dimension_name(name) for name in used}, helps=_offers(ask, metric, used),
        matches=[_match(ask, metric, row) for row in rows],
    )  # fmt: skip


def _offers(ask: Ask, metric: Metric, used: Sequence[str]) -> list[Offers]:
    """The groups that there are; of what employees answered nobody counts them."""
    there = [name for name in dict.fromkeys((*DIMENSIONS, *used)) if name in ask.answers.dimensions(metric)]
    return [] if metric.protected else offers(ask, there, (metric.table,))


def _match(ask: Ask, metric: Metric, row: Row) -> Match | None:
    """What the group of a row matches; None where that is not said."""
    name = row["dimension"]
    if not name or not row["group"].strip() or metric.protected:
        return None
    return of_value(ask, metric.table, metric.aliases.get(name, name), _value(row))


ROUTES = (
    Page(EDIT, show, right="read"),
    Page(PREVIEW, preview, right="read"),
    Page(f"{HOME}/save", change, right="settings", methods=("POST",)),
)
