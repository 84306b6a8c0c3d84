"""Settings: what the chain is made of, level by level, and what leads to what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from latido.config.chain import LEVELS, Level
from latido.config.rewrite import drop, put
from latido.errors import FieldError, UsageError
from latido.i18n import Message, _
from latido.insights.chain import LEVEL_LABELS, declaration
from latido.insights.chain.declaration import measure
from latido.metrics.units import offered, variable
from latido.report.chain import name as metric_name
from latido.web.forms import text
from latido.web.page import Page
from latido.web.sheets import Row, Sheet, data, page, save, sent, sheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from latido.web.ask import Ask

HOME = "/settings/chain"
READINGS = ("", ".score", ".hours", ".times")
MEANINGS: Mapping[Level, Message] = {
    "touchpoint": _("What happens in a contact, of single tickets: waits, transfers, replies."),
    "journey": _("How it was for the customer, of single tickets: effort, satisfaction, recommendation after it."),
    "relationship": _("What the customer thinks of the company: recommendation when it is asked without an occasion."),
    "outcome": _("What comes of it: who leaves in the half-year after, what customers are worth."),
}


class Group(NamedTuple):
    """The rows of a level."""

    level: Level
    label: Message
    meaning: Message
    rows: list[Row]


def show(ask: Ask) -> Response:
    """The form."""
    return _page(ask, sheet(_declared(ask)))


def change(ask: Ask) -> Response:
    """Save what is typed, or go back to the usual chain."""
    usual = text(ask.form, "do") == "usual"
    form = sent(ask)
    if not usual and (wrong := _wrong(form)):
        return _page(ask, sent(ask, wrong), 422)
    wanted = {} if usual else _typed(form)

    def rewrite(file: str) -> str:
        if wanted and wanted == data(ask).get("chain"):
            return file
        file = drop(file, ("chain",))
        return put(file, ("chain",), wanted) if wanted else file

    return save(ask, rewrite, back=HOME, again=lambda shown: _page(ask, shown, 422),
                said=lambda _change: _("The chain is changed."))  # fmt: skip


def _declared(ask: Ask) -> dict[str, list[str] | str]:
    """What is declared, as the form has it; where nothing is, the usual chain in the reader's words."""
    chain, declared = declaration(ask.workspace.config.chain), data(ask).get("chain", {})
    names = {part.name: part.name if declared else part.label for part in chain.parts}
    found: dict[str, list[str] | str] = {}
    for level in LEVELS:
        own = [part for part in chain.parts if part.level == level]
        found[f"{level}.name"] = [names[part.name] for part in own]
        found[f"{level}.metrics"] = [", ".join(each.name for each in part.variables) for part in own]
    usual = [f"{names[source]} > {names[target]}" for source, target in chain.paths]
    return found | {"paths": "\n".join(declared.get("paths", []) if declared else usual)}


def _rows(form: Sheet, level: Level, spare: int = 0) -> list[Row]:
    return form.rows(f"{level}.name", f"{level}.metrics", spare=spare)


def _metrics(row: Row, level: Level) -> list[str]:
    return [name.strip() for name in row[f"{level}.metrics"].split(",") if name.strip()]


def _typed(form: Sheet) -> dict[str, object]:
    """The section as the file writes it."""
    levels = {
        level: {row[f"{level}.name"].strip(): _metrics(row, level) for row in _rows(form, level)} for level in LEVELS
    }
    paths = [line.strip() for line in form["paths"].splitlines() if line.strip()]
    return ({"paths": paths} if paths else {}) | {level: rows for level, rows in levels.items() if rows}


def _wrong(form: Sheet) -> list[FieldError]:
    """What is wrong with single rows; what is wrong with them together is found when it is saved."""
    errors = []
    for level in LEVELS:
        names: list[str] = []
        for row in _rows(form, level):
            name, field = row[f"{level}.name"].strip(), f"{level}.{row.number}"
            if not name:
                errors.append(FieldError(field, _("This row needs a name.")))
            elif name in names:
                errors.append(FieldError(field, _("“{name}” stands here twice.", name=name)))
            names.append(name)
            errors += _unmeasured(_metrics(row, level), level, field)
    if not errors and not any(_rows(form, level) for level in LEVELS):
        errors.append(FieldError(f"{LEVELS[0]}.0", _("A chain needs something to begin with.")))
    return errors


def _unmeasured(names: list[str], level: Level, field: str) -> list[FieldError]:
    for name in names:
        try:
            measure(name, level)
        except UsageError as error:
            return [FieldError(field, error.message, error.hint)]
    return [] if names else [FieldError(field, _("This row needs a metric that measures it."))]


def _page(ask: Ask, form: Sheet, status: int = 200) -> Response:
    groups = [Group(level, LEVEL_LABELS[level], MEANINGS[level], _rows(form, level, spare=1)) for level in LEVELS]
    return page(ask, "settings_chain.html", status, form=form, groups=groups, offers=_offers(),
                usual="chain" not in data(ask))  # fmt: skip


def _offers() -> list[tuple[str, str]]:
    """The metrics that can stand in a row, in all of their readings."""
    found = []
    for metric in offered():
        for reading in READINGS:
            try:
                each = variable(f"{metric.name}{reading}")
            except UsageError:
                continue
            found.append((each.name, metric_name(each.name, each)))
    return found


ROUTES = (
    Page(HOME, show, right="read"),
    Page(HOME, change, right="settings", methods=("POST",)),
)
