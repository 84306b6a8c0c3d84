"""One watch: which metric, of whom, which way, how seldom it may be wrong, and who is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from latido.config import WatchSettings
from latido.config.rewrite import drop, put
from latido.config.values import SettingError, email
from latido.errors import FieldError, LatidoError, UnknownNameError
from latido.i18n import _, number
from latido.insights.watch import LEVELS, watchable
from latido.insights.watch.declared import USUAL
from latido.metrics.catalog import METRICS
from latido.metrics.periods import floor
from latido.report.charts import watch_chart
from latido.report.overview import FAMILIES
from latido.report.watches import WAYS, normal, since, state, wrongness
from latido.web import filter_form as filters
from latido.web import offers
from latido.web.cards import PATIENCE
from latido.web.forms import text
from latido.web.page import Page
from latido.web.pages.pulse import has_rows
from latido.web.pages.watches import EDIT, HOME
from latido.web.render import link
from latido.web.sheets import Sheet, data, page, save, sent, sheet, with_faults
from latido.web.view import last_day
from latido.web.written import Choice
from latido.workspace.question import condition
from latido.workspace.watches import begun, declared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from latido.insights.watch import Watch, Watched
    from latido.metrics.metric import Metric
    from latido.report.charts import Chart
    from latido.web.ask import Ask

PREVIEW = f"{HOME}/preview"
SPARE = 1
FIELDS = ("metric", "direction", "since", "mail", "webhooks")
BACK = 13  # weeks before the data's end from which on a new watch looks
_APART = re.compile(r"[,;\s]+")


def edit(ask: Ask) -> Response:
    """The form of one, or of a new one; metric and filters in the address are those of the page somebody comes from."""
    name = ask.query.get("name", "")
    found = data(ask).get("watches", {}).get(name)
    if name and found is None:
        raise UnknownNameError.among(_("watch"), name, data(ask).get("watches", {}))
    return _page(ask, sheet(_filled(found, name) if found else _new(ask)))


def preview(ask: Ask) -> Response:
    """The form as it is typed, with what such a watch would say."""
    form = filters.added(sent(ask), *filters.FIELDS)
    _found, errors = _read(form)
    return _page(ask, with_faults(form, errors))


def change(ask: Ask) -> Response:
    """Save one."""
    form = sent(ask)
    found, errors = _read(form)
    name, was = form["name"].strip(), form["was"]
    if wrong := [*_name_errors(ask, name, was), *errors, *_unfit(ask, name, found if not errors else None)]:
        return _page(ask, sent(ask, wrong), 422)

    def rewrite(file: str) -> str:
        file = drop(file, ("watches", was)) if was and was != name else file
        return put(file, ("watches", name), found)

    return save(ask, rewrite, back=HOME, again=lambda shown: _page(ask, shown, 422),
                said=lambda _change: _("Watch “{name}” is saved.", name=name),
                fields={("watches", name, key): key for key in FIELDS})  # fmt: skip


def remove(ask: Ask) -> Response:
    """Delete one; what it told stays."""
    name = text(ask.form, "name")
    return save(ask, lambda file: drop(file, ("watches", name)), back=HOME, again=lambda _form: ask.see_other(HOME),
                said=lambda _change: _("Watch “{name}” is deleted.", name=name))  # fmt: skip


def _new(ask: Ask) -> dict[str, Any]:
    """A new one: the metric and filters of the page that somebody comes from, and the last quarter to look at."""
    metric = METRICS.get(ask.query.get("metric", ""))
    last = last_day(ask.latest, metric) if metric else None
    start = floor(last + timedelta(days=1), "week") - timedelta(weeks=BACK) if last else None
    better = metric is not None and metric.better is not None
    return {"was": "", "name": str(metric.label) if metric else "", "metric": metric.name if metric else "",
            "direction": "worse" if better else "either", "false_alarms": USUAL,
            "since": start.isoformat() if start else "", **filters.columns(ask.query.getlist("where"))}  # fmt: skip


def _filled(found: dict[str, Any], name: str) -> dict[str, Any]:
    since = found.get("since")
    return {
        "was": name, "name": name, "metric": found.get("metric", ""), "direction": found.get("direction", "either"),
        "false_alarms": f"{found.get('false_alarms', USUAL):g}", "calendar": found.get("calendar"),
        "since": since.isoformat() if isinstance(since, date) else "", "mail": ", ".join(found.get("mail", ())),
        "webhooks": list(found.get("webhooks", ())), **filters.columns(found.get("where", ())),
    }  # fmt: skip


def _read(form: Sheet) -> tuple[dict[str, Any], list[FieldError]]:
    """The watch as the file would have it, and what of it cannot be."""
    texts, errors = filters.read(form)
    if form["metric"] not in METRICS:
        errors.append(FieldError("metric", _("Choose a metric.")))
    told: dict[str, Any] = {"metric": form["metric"], "where": texts, "direction": form["direction"] or "either",
                            "false_alarms": int(_years(form)), "calendar": form["calendar"]}  # fmt: skip
    try:
        told |= {"since": date.fromisoformat(form["since"])} if form["since"].strip() else {}
    except ValueError:
        errors.append(FieldError("since", _("“{value}” is not a date such as 2026-03-04.", value=form["since"])))
    mails, wrong = _mails(form["mail"])
    told |= {"mail": mails, "webhooks": list(form.values.get("webhooks", ()))}
    usual = {"where": [], "false_alarms": USUAL, "calendar": "", "mail": [], "webhooks": []}
    return {key: value for key, value in told.items() if usual.get(key) != value}, [*errors, *wrong]


def _years(form: Sheet) -> str:
    return form["false_alarms"] if form["false_alarms"].isdecimal() and len(form["false_alarms"]) < 5 else str(USUAL)


def _mails(typed: str) -> tuple[list[str], list[FieldError]]:
    found, errors = [], []
    for one in filter(None, _APART.split(typed)):
        try:
            found.append(email(one))
        except SettingError as error:
            errors.append(FieldError("mail", error.rule, error.hint))
    return list(dict.fromkeys(found)), errors


def _name_errors(ask: Ask, name: str, was: str) -> list[FieldError]:
    if not name:
        return [FieldError("name", _("A watch needs a name."))]
    if name != was and name in data(ask).get("watches", {}):
        return [FieldError("name", _("There is a watch called “{name}” already.", name=name))]
    return []


def _unfit(ask: Ask, name: str, found: dict[str, Any] | None) -> list[FieldError]:
    """What only the metric and the data can tell."""
    if found is None or not name:
        return []
    metric = METRICS[found["metric"]]
    errors = [FieldError(f"filter.{i}", _("Nothing in your data can be filtered by this."))
              for i, one in enumerate(found.get("where", ()))
              if condition(one).dimension not in ask.latest.dimensions(metric)]  # fmt: skip
    if not watchable(metric):
        errors.append(FieldError("metric", _("{metric} cannot be watched.", metric=metric.label)))
    elif found.get("direction") in {"worse", "better"} and metric.better is None:
        errors.append(FieldError("direction", _("{metric} has no better and worse.", metric=metric.label)))
    return errors


def _page(ask: Ask, form: Sheet, status: int = 200) -> Response:
    found, errors = _read(form)
    rows = form.rows(*filters.FIELDS, preset="operator", spare=SPARE)
    texts, wrong = filters.read(form)
    watch = None if errors or form.error else _watch(ask, found)
    work = begun(ask.latest, watch, None if ask.query.get("whole") else PATIENCE) if watch else None
    seen, failed = _result(work) if work and work.done() else (None, None)
    return page(
        ask, "watch_form.html", status, form=form, rows=rows, metrics=_metrics(ask), ways=_ways(),
        levels=_levels(form),
        operators=filters.operators(), dimensions=filters.choices(ask, form.values.get("dimension", ())),
        helps=filters.helps(ask, form), matches=[] if wrong else [offers.match(ask, one) for one in texts],
        hooks=list(ask.workspace.config.alerts.webhooks), mails=bool(ask.workspace.config.alerts.mail.host),
        calendars=["", *ask.workspace.calendars], says=_preview(seen) if seen else None, failed=failed,
        working=work is not None and not work.done(), again=_again(form),
    )  # fmt: skip


def _result(work: Any) -> tuple[Watched | None, LatidoError | None]:
    try:
        return work.result(), None
    except LatidoError as error:
        return None, error


@dataclass(frozen=True)
class Says:
    """What a watch would say, as it is typed."""

    state: str
    since: str
    normal: str
    wrongness: str
    chart: Chart | None


def _preview(seen: Watched) -> Says:
    began = since(seen.alarm) if seen.alarm else ""
    chart = watch_chart(seen) if seen.weeks else None
    return Says(state(seen), began, normal(seen), wrongness(seen.watch), chart)


def _again(form: Sheet) -> str:
    """The preview's address, with all that is typed."""
    kept = ("name", "was", "metric", "direction", "false_alarms", "since", "calendar", *filters.FIELDS)
    return link(PREVIEW, [(key, value) for key in kept for value in form.values.get(key, ())])


def _watch(ask: Ask, found: dict[str, Any]) -> Watch | None:
    """The watch as it is typed; None where it cannot be."""
    told = {key: value for key, value in found.items() if key not in {"mail", "webhooks"}}
    config = ask.workspace.config
    try:
        typed = WatchSettings.model_validate(told)
        return declared(config.model_copy(update={"watches": {"typed": typed}}))["typed"]
    except (LatidoError, ValidationError):
        return None


def _metrics(ask: Ask) -> list[tuple[str, list[Choice]]]:
    """The metrics that can be watched and that there are data of, by family."""
    there = [metric for metric in METRICS.values() if watchable(metric) and has_rows(ask, metric)]
    told = [(str(label), [_choice(m) for m in there if m.family == family]) for family, label in FAMILIES.items()]
    return [(label, choices) for label, choices in told if choices]


def _choice(metric: Metric) -> Choice:
    return metric.name, str(metric.label)


def _ways() -> Sequence[Choice]:
    return [(way, str(words)) for way, words in WAYS.items()]


def _levels(form: Sheet) -> Sequence[Choice]:
    """How seldom it may be wrong: by what a look for nothing costs."""
    words = {2: _("little: one false alarm in 2 years at most"), 5: _("something: one in 5 years at most"),
             20: _("much: one in 20 years at most"), 100: _("very much: one in 100 years at most")}  # fmt: skip
    own = _years(form)
    more = [] if int(own) in LEVELS else [(own, str(_("one in {years} years at most", years=number(int(own)))))]
    return [*((str(years), str(words[years])) for years in LEVELS), *more]


ROUTES = (
    Page(EDIT, edit, right="settings"),
    Page(PREVIEW, preview, right="settings"),
    Page(f"{HOME}/save", change, right="settings", methods=("POST",)),
    Page(f"{HOME}/delete", remove, right="settings", methods=("POST",)),
)
