"""What was planted is told by what moved, where it was planted, once it is asked about the right days."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import latido
from latido.demo import generate
from latido.i18n import use
from latido.insights.moved import Moved
from latido.report.moves import sentence
from latido.workspace import Workspace

NEEDED = ("roster", "customers", "help desk")


@pytest.fixture(scope="module")
def lumbre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A tenth of the company: who works there, its customers and its help desk."""
    made = generate(Path(tmp_path_factory.mktemp("lumbre")), seed=7, scale=0.1)
    workspace = latido.open(made.root)
    for group in (group for group in made.groups if group.name in NEEDED):
        workspace.import_files(group.files, source=group.source, mapping=group.mapping)
    yield workspace
    workspace.close()


def told(found: Moved) -> dict[tuple[str, str], float]:
    """Metric and segment of each change that is told, and which way it went."""
    return {
        (move.metric.name, " ".join(filter(None, move.where.values()))): move.difference.value for move in found.moves
    }


@pytest.fixture(scope="module")
def outage(lumbre: Workspace) -> Moved:
    return lumbre.moved(["ticket_volume"], by="region", start="2026-02-09", end="2026-02-18")


@pytest.fixture(scope="module")
def bot(lumbre: Workspace) -> Moved:
    return lumbre.moved(["transfer_rate", "reopen_rate"], by="channel", start="2025-08-01", end="2025-11-01")


@pytest.fixture(scope="module")
def training(lumbre: Workspace) -> Moved:
    metrics = ["agent_touches", "one_touch_rate", "reopen_rate", "first_contact_resolution"]
    return lumbre.moved(metrics, by="team", start="2025-03-03", end="2025-09-01")


def test_the_outage_is_told_in_its_region(outage: Moved) -> None:
    assert told(outage)["ticket_volume", "Galicia"] > 0


def test_it_is_told_in_no_other_region(outage: Moved) -> None:
    assert {where for _metric, where in told(outage)} <= {"Galicia", ""}


@pytest.mark.parametrize("channel", ["web", "chat", "messaging"])
def test_the_bot_transfers_more_on_each_of_its_channels(bot: Moved, channel: str) -> None:
    assert told(bot)["transfer_rate", channel] > 0


def test_where_there_is_no_bot_nothing_is_told(bot: Moved) -> None:
    assert {where for _metric, where in told(bot)} <= {"web", "chat", "messaging", ""}


def test_the_bot_reopens_nothing(bot: Moved) -> None:
    assert {metric for metric, _where in told(bot)} == {"transfer_rate"}


def test_the_channels_of_the_bot_made_the_change(bot: Moved) -> None:
    (divided,) = bot.breakdowns
    assert {part.value for part in divided.leading} == {"web", "chat", "messaging"}


@pytest.mark.parametrize(
    ("metric", "way"),
    [("agent_touches", -1), ("one_touch_rate", 1), ("reopen_rate", -1), ("first_contact_resolution", 1)],
)
def test_the_training_is_told_of_the_team_that_had_it(training: Moved, metric: str, way: int) -> None:
    assert told(training)[metric, "Soporte técnico"] * way > 0


def test_it_is_told_of_no_other_team(training: Moved) -> None:
    assert {where for _metric, where in told(training)} <= {"Soporte técnico", ""}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ticket volume, region Galicia, rose by 36 (19 to 54), from 17 to 53."),
        ("es", "Volumen de tickets, región Galicia, subió 36 (19 a 54): de 17 a 53."),
    ],
)
def test_it_is_told_in_a_sentence(outage: Moved, language: str, text: str) -> None:
    with use(language):
        assert sentence(outage.leading[0]) == text
