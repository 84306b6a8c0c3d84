"""Settings: what each metric should reach, beside what it is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from latido.i18n import _
from latido.metrics.catalog import METRICS
from latido.report.overview import FAMILIES
from latido.web.page import Page
from latido.web.pages.pulse import has_rows
from latido.web.sheets import page
from latido.web.standings import Standing, standings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.responses import Response

    from latido.config import Target
    from latido.metrics.metric import Metric
    from latido.web.ask import Ask

HOME = "/settings/targets"


@dataclass(frozen=True)
class Shown:
    """A metric with a target."""

    name: str
    label: str
    standings: Sequence[Standing]
    groups: int


def show(ask: Ask) -> Response:
    """The list: metrics with a target, and those that could have one."""
    declared = ask.workspace.targets
    there = [_shown(ask, METRICS[name], target) for name, target in declared.items()]
    rest = [(label, [(m.name, str(m.label)) for m in METRICS.values() if m.family == family and m.name not in declared])
            for family, label in FAMILIES.items()]  # fmt: skip
    return page(ask, "settings_targets.html", targets=there, rest=rest, groups=any(one.groups for one in there))


def _shown(ask: Ask, metric: Metric, target: Target) -> Shown:
    found = standings(ask, metric, target) if has_rows(ask, metric) else []
    none = Standing("", str(_("no data yet")), "", 0, "", None)
    return Shown(metric.name, str(metric.label), found or [none], sum(map(len, target.by.values())))


ROUTES = (Page(HOME, show, right="read"),)
