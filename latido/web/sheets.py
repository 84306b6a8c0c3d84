"""Forms that change the settings: what was typed, what is wrong with it, how it is saved and undone."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from latido.config.edit import Draft, Rewrite, Written, draft, earlier, read, write
from latido.config.lines import Place
from latido.config.load import Fault, WrongSettingsError
from latido.errors import ConfigError, FieldError, LatidoError, StaleError
from latido.http.trail import record
from latido.i18n import Message, _
from latido.web.ask import inside
from latido.web.forms import Typed, text
from latido.web.render import link
from latido.workspace.check import check

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.web.ask import Ask

ABOUT = 3  # lines around a difference
LONGEST = 200  # of what the audit trail says


@dataclass(frozen=True)
class Row:
    """One of the rows of a form that has several: its number, and what stands in its fields."""

    number: int
    values: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")


@dataclass(frozen=True)
class Sheet(Typed):
    """What was typed, and all that is wrong with it.

    Attributes:
        faults: What is wrong, by field; that of a row's field is called `day.2`.
    """

    faults: Mapping[str, FieldError] = field(default_factory=dict)

    def wrong(self, name: str) -> FieldError | None:
        """What is wrong with a field."""
        return self.faults.get(name)

    def rows(self, *names: str, preset: str = "", spare: int = 0) -> list[Row]:
        """Rows that have something in them, and some empty ones.

        Args:
            *names: The fields of a row.
            preset: One that is never empty, because it is a choice.
            spare: How many empty rows.
        """
        columns = [self.values.get(name, ()) for name in names]
        lines = [dict(zip(names, cells, strict=True)) for cells in zip_longest(*columns, fillvalue="")]
        told = [line for line in lines if any(value for name, value in line.items() if name != preset)]
        return [Row(i, line) for i, line in enumerate([*told, *({} for _line in range(spare))])]


Again = Callable[[Sheet], "Response"]


def sheet(values: Mapping[str, Any]) -> Sheet:
    """A form as the settings fill it in: texts, lists of texts; None is left out."""
    told = {name: value for name, value in values.items() if value is not None}
    return Sheet({name: tuple(v) if isinstance(v, list | tuple) else (str(v),) for name, v in told.items()})


def sent(ask: Ask, errors: Sequence[FieldError] = (), problem: LatidoError | None = None) -> Sheet:
    """A form as somebody sent it."""
    form = ask.form if ask.request.method == "POST" else ask.query
    values = {name: tuple(str(value) for value in form.getlist(name)) for name in form}
    return with_faults(Sheet(values), errors, problem)


def with_faults(form: Sheet, errors: Sequence[FieldError], problem: LatidoError | None = None) -> Sheet:
    """A form with what is wrong with it."""
    return replace(form, error=problem or next(iter(errors), None), faults={error.field: error for error in errors})


def page(ask: Ask, template: str, status: int = 200, **context: Any) -> Response:
    """A page of the settings, with what each of them needs."""
    now = read(ask.workspace.root)
    return ask.page(
        template, status, seen=now.stamp, may_change=ask.asker.may("settings"), undo=_undo(ask, now), **context
    )


def data(ask: Ask) -> Mapping[str, Any]:
    """The settings as the file declares them, without what the environment says."""
    return read(ask.workspace.root).data


def save(
    ask: Ask,
    rewrite: Rewrite,
    *,
    back: str,
    again: Again,
    said: Callable[[Draft], Message],
    fields: Mapping[Place, str] | None = None,
    repeatable: bool = True,
) -> Response:
    """Write a change, or show the form again, or both versions where somebody was faster.

    Args:
        ask: The request; its form says in `seen` which state of the file it was made from.
        rewrite: The change.
        back: Where to go afterwards.
        again: Shows the form with what is wrong.
        said: What is told afterwards.
        fields: The field of the form in which each setting stands.
        repeatable: Whether the same form could be applied to another state of the file.
    """
    try:
        change = draft(ask.workspace.root, rewrite, seen=text(ask.form, "seen"), check=check)
        if not change.changed:
            return ask.see_other(back, _("Nothing was changed."))
        _kept(ask, change, "settings.changed")
    except StaleError:
        return _stale(ask, rewrite, back, repeatable=repeatable)
    except WrongSettingsError as error:
        return again(_faulty(ask, error, fields or {}))
    except ConfigError as error:
        return again(sent(ask, problem=error))
    return ask.see_other(link(back, undo=f"{change.before.stamp}.{change.stamp}"), said(change))


def undo(ask: Ask) -> Response:
    """Write what stood in the file before a change."""
    back, before = inside(text(ask.form, "back")), earlier(ask.workspace.root, text(ask.form, "to"))
    if before is None:
        return ask.see_other(back, _("This change can no longer be undone: what stood there is not kept."))
    try:
        change = draft(ask.workspace.root, lambda _text: before.text, seen=text(ask.form, "seen"), check=check)
        _kept(ask, change, "settings.undone")
    except StaleError:
        return _stale(ask, lambda _text: before.text, back, repeatable=False)
    return ask.see_other(link(back, undo=f"{change.before.stamp}.{change.stamp}"), _("The change is undone."))


def _kept(ask: Ask, change: Draft, action: str) -> None:
    """Write a change together with its entry in the audit trail, or neither."""
    target = ", ".join(".".join(map(str, place)) for place in change.changed)
    with ask.state.transaction():
        record(ask.state, ask.asker, ask.request, action, target[:LONGEST])
        write(change)


def _faulty(ask: Ask, error: WrongSettingsError, fields: Mapping[Place, str]) -> Sheet:
    """The form with each fault beside its field; what has no field is told above."""
    named = [(_field(fault, fields), fault) for fault in error.faults]
    errors = [FieldError(name, fault.rule, fault.hint) for name, fault in named if name]
    return sent(ask, errors, None if errors else error)


def _field(fault: Fault, fields: Mapping[Place, str]) -> str:
    near = (fields.get(fault.place[:n], "") for n in range(len(fault.place), 0, -1))
    return next(filter(None, near), "")


def _undo(ask: Ask, now: Written) -> str:
    """The stamp of what can be written again: the address names it, and nothing was changed since."""
    before, _dot, after = ask.query.get("undo", "").partition(".")
    return before if after == now.stamp and earlier(ask.workspace.root, before) else ""


def _stale(ask: Ask, rewrite: Rewrite, back: str, *, repeatable: bool) -> Response:
    """Both versions: what somebody else changed, and what would be changed now."""
    root = ask.workspace.root
    now, seen = read(root), earlier(root, text(ask.form, "seen"))
    mine = _tried(rewrite, now.text)
    pairs = [(name, value) for name, value in ask.form.multi_items() if name != "seen" and isinstance(value, str)]
    return page(
        ask, "settings_stale.html", 409, back=back, theirs=_difference(seen.text, now.text) if seen else None,
        mine=_difference(now.text, mine) if mine is not None else None, pairs=pairs, repeatable=repeatable,
    )  # fmt: skip


def _tried(rewrite: Rewrite, now: str) -> str | None:
    try:
        return rewrite(now)
    except LatidoError:
        return None


def _difference(before: str, after: str) -> list[tuple[str, str]]:
    """Lines that differ, with some around them: what they are (`+`, `-`, ` `, `@`) and say."""
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=ABOUT, lineterm="")
    return [(line[0], "…" if line[0] == "@" else line[1:]) for line in lines if not line.startswith(("---", "+++"))]
