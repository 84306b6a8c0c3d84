"""The questions that say what figures mean: what moved, what goes with what, who did not answer, what to plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from latido.workspace import chains, driven, moves, pairs, planned, unanswered, watches

if TYPE_CHECKING:
    from latido.insights.chain import Chained
    from latido.insights.correlation import Correlations
    from latido.insights.drivers import Explained
    from latido.insights.moved import Moved
    from latido.insights.nonresponse import Nonresponse
    from latido.insights.plan import Plan
    from latido.insights.watch import Watch, Watched
    from latido.stats.chain import Outer
    from latido.workspace.question import AsOf
    from latido.workspace.workspace import Workspace


class Insights:
    """What a workspace can be asked besides its figures."""

    def moved(self, metrics: Sequence[str] = (), **asked: Any) -> Moved:
        """What changed between two periods so clearly that chance cannot explain it.

        Args:
            metrics: Their names; all of them where none is named.
            **asked: `by`, `start`, `end`, `compare`, `where`, `calendar`, `as_of`, as for `measure`; without
                days the last thirteen whole weeks, and by the usual dimensions, one or two at once.
        """
        return moves.moved(_workspace(self), metrics, **asked)

    def nonresponse(self, metric: str, **asked: Any) -> Nonresponse:
        """A score of those who answered, and weighted so that they look like all who were asked.

        Args:
            metric: `nps`, `csat` or `ces`.
            **asked: `start`, `end`, `where`, `compare`, `calendar`, `as_of`, as for `measure`, of the day of asking;
                `by`, dimensions to tell people apart by besides what they lived; `cap`, the most that a weight may
                be of the mean one; `whom`, `"asked"` or all `"customers"`.
        """
        return unanswered.nonresponse(_workspace(self), metric, **asked)

    def plan(self, metric: str, **asked: Any) -> Plan:
        """How many values a metric needs by group and period to see a difference, and what the present ones show.

        Args:
            metric: A share, score, mean or duration.
            **asked: `difference` between two periods; or `margin`, how far a figure's interval may reach; or `share`
                of a test's first group, with a `difference`; or `goal`, a number or `"target"`. `by`, `period`;
                `power` (0.8), `level` (0.05); `population`, how many there are in all, or `"customers"`; `assumed`, an
                `Assumed` in the place of what the data say; `start`, `end` of the days whose level and pace are
                taken for the present ones (the last 52 whole weeks), `where`, `calendar`, `as_of`, as for `measure`.
        """
        return planned.plan(_workspace(self), metric, **asked)

    def drivers(self, outcome: str, of: str | Sequence[str] = (), **asked: Any) -> Explained:
        """What an outcome goes with, the largest share first: association, not cause.

        Args:
            outcome: A metric as it counts in one row: `nps.score`, `csat.score`, `ces`, `churn_rate`, `clv` …
            of: Drivers, likewise, at most 20: `"ces,first_reply_time"`; the usual ones where none is named.
            **asked: `grain` (`ticket`, `customer`, `team_week`); `missing` (`complete`, `mean`); `what_if`, driver →
                change; `by`, a dimension by which drivers may differ; `follow`, days in which who leaves is looked for;
                `start`, `end`, `where`, `calendar`, `as_of`, as for `measure`; without days all data.
        """
        return driven.drivers(_workspace(self), outcome, of, **asked)

    def chain(self, outer: Outer = "unit", **asked: Any) -> Chained:
        """What leads from a contact to who stays, as declared; `asked` as for `latido.workspace.chains.chain`."""
        return chains.chain(_workspace(self), outer, **asked)

    def correlate(self, metrics: Sequence[str] = (), **asked: Any) -> Correlations:
        """Which metrics go together (association, not cause); `asked` as for `latido.workspace.pairs.correlate`."""
        return pairs.correlate(_workspace(self), metrics, **asked)

    @cached_property
    def watches(self) -> Mapping[str, Watch]:
        """What is watched, by name.

        Raises:
            ConfigError: A watch that cannot be.
        """
        return watches.declared(_workspace(self).config)

    def watched(self, watch: str | Watch, as_of: AsOf = None) -> Watched:
        """Whether a metric has left its course: a watch and what it saw, week by week.

        Args:
            watch: Its name, or one that the settings do not declare.
            as_of: As for `measure`.
        """
        return watches.watched(_workspace(self), watch, as_of)


def _workspace(asked: Insights) -> Workspace:
    """Whoever has these questions is a workspace."""
    return cast("Workspace", asked)
