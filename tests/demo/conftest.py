"""One small company with everything planted, one with nothing, and one on disk, made once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from latido.demo import Manifest, generate
from latido.demo.company import Company, simulate
from latido.demo.effects import NONE, PLANTED
from latido.demo.truths import Figures, truths


@pytest.fixture(scope="session")
def company() -> Company:
    return simulate(seed=7, scale=0.15, effects=PLANTED)


@pytest.fixture(scope="session")
def quiet() -> Company:
    """The same company with nothing to find."""
    return simulate(seed=7, scale=0.15, effects=NONE)


@pytest.fixture(scope="session")
def figures(company: Company) -> Figures:
    return truths(company)


@pytest.fixture(scope="session")
def quiet_figures(quiet: Company) -> Figures:
    return truths(quiet)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Manifest:
    return generate(Path(tmp_path_factory.mktemp("lumbre")), seed=3, scale=0.02)
