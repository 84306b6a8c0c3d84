"""`latido engine`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

import latido
from latido.cli.grammar import Argument, Choice, Command, Example
from latido.errors import EngineError
from latido.i18n import _, _n, number

if TYPE_CHECKING:
    from latido.workspace import Workspace

SCALE, SEED = 0.003, 7  # 120 customers: every metric has something to count


def run(session: Any, action: str, url: str | None) -> None:
    """Check that an engine is there, fits, and gives the embedded engine's figures."""
    del action
    chosen = url or session.engine or _configured(session)
    with TemporaryDirectory(prefix=".latido-check-", dir=_beside(session.folder)) as folder:
        click.echo(_("Making a company of {customers} customers …", customers=round(40_000 * SCALE)), err=True)
        embedded = company(Path(folder))
        other = latido.open(folder, engine=chosen)
        try:
            _check(embedded, other)
        finally:
            other.close()
            embedded.close()


def _configured(session: Any) -> str:
    return str(session.workspace.config.engine.url)


def _beside(folder: Path) -> Path | None:
    """Where the workspace's lake is, the engine's workers can read; None for any temporary folder."""
    return folder.resolve() if (folder / "latido.toml").exists() else None


def company(folder: Path) -> Workspace:
    """A small company, always the same, in a new workspace on the embedded engine."""
    from latido.demo import generate
    from latido.workspace.arrivals import Instructions

    made = generate(folder / "exports", SEED, SCALE)
    (folder / "latido.toml").write_text(made.settings.read_text(encoding="utf-8"), encoding="utf-8")
    workspace = latido.open(folder, engine="duckdb")
    for group in made.groups:
        with workspace.intake.receive(group.files, Instructions(source=group.source, mapping=group.mapping)) as found:
            for arrival in found:
                workspace.intake.take(arrival)
    return workspace


def _check(embedded: Workspace, other: Workspace) -> None:
    from latido.workspace.engine_check import check, round_trip

    engine = other.engine
    click.echo(_("{engine} {version}: a round trip takes {time} ms", engine=engine.name, version=engine.version,
                 time=number(round_trip(other) * 1000, 0)))  # fmt: skip
    results = []
    for result in check(embedded, other):
        results.append(result)
        name = f"{result.metric} ({result.preset})" if result.preset else result.metric
        verdict = result.differs or _n("{count} figure identical", "{count} figures identical", result.figures)
        click.echo(f"{name:44} {number(result.seconds, 2):>7} s  {verdict}")
    wrong = sum(bool(r.differs) for r in results)
    if wrong:
        raise EngineError(
            _n("{count} metric differs from the embedded engine's.", "{count} metrics differ from the embedded "
               "engine's.", wrong),
            _("Use the embedded engine for them, and report it."),
        )  # fmt: skip
    took = number(sum(r.seconds for r in results), 0)
    click.echo(_("All {count} metrics and presets are identical; {time} s.", count=len(results), time=took))


COMMAND = Command(
    "engine",
    text=_(
        "Check an engine: that it is there and of a version that fits, how long a question takes, and that every "
        "metric of a small company has exactly the figures that the embedded engine gives."
    ),
    run=run,
    params=(
        Argument(
            "action", type=Choice(_("action"), "check"), value=_("check"), meaning=_("What to do; there is only check")
        ),
        Argument(
            "url",
            required=False,
            value=_("URL"),
            meaning=_("spark://host:port, local[2], sc://host:port, postgresql://user@host/database; else the "
                      "workspace's"),
        ),
    ),
    examples=(
        Example("latido engine check 'local[2]'", _("Spark on this machine")),
        Example("latido -w acme engine check spark://10.0.0.5:7077", _("a cluster, on files beside acme's lake")),
    ),
)  # fmt: skip
