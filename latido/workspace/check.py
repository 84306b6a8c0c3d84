"""Settings as a whole: what only those can judge who know metrics, calendars and filters."""

from __future__ import annotations

from pathlib import Path

from latido.config import FILE, Config
from latido.errors import ConfigError, UnknownNameError, UsageError
from latido.i18n import _
from latido.insights.chain import declaration
from latido.metrics.catalog import METRICS
from latido.workspace.workspace import Workspace


def check(config: Config) -> None:
    """Refuse settings that a workspace could not work with.

    Raises:
        ConfigError: A calendar, a target, a segment, a watch, a metric of the home page or of the chain that
            cannot be.
    """
    workspace = Workspace(Path(), config)
    for read in (
        lambda: workspace.calendars,
        lambda: workspace.targets,
        lambda: workspace.segments,
        lambda: workspace.watches,
    ):
        read()
    for name in config.pulse.metrics or ():
        if name not in METRICS:
            unknown = UnknownNameError.among(_("metric"), name, METRICS)
            raise ConfigError(_("{file}, pulse: {rule}", file=FILE, rule=unknown.message), unknown.hint)
    try:
        declaration(config.chain)
    except UsageError as error:
        raise ConfigError(_("{file}, chain: {rule}", file=FILE, rule=error.message), error.hint) from None
