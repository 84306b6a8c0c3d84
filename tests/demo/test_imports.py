"""What the demo writes is read by the sources that read anybody's files, and nothing is rejected."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from latido.demo import Manifest
from latido.demo.manifest import Group
from latido.sources.catalog import source
from latido.sources.mapping import load
from latido.sources.open import spool
from latido.sources.source import Options

GROUPS = (
    "roster", "customers", "contracts", "help desk", "orders", "relationship NPS", "satisfaction", "effort",
    "transactional NPS", "invitations", "blind panel", "employee survey", "visits", "mentions",
)  # fmt: skip


def group(written: Manifest, name: str) -> Group:
    return next(g for g in written.groups if g.name == name)


def read(found: Group, folder: Path) -> tuple[Counter[str], list[object]]:
    """Rows by table, and what was rejected."""
    deliveries = [d for path in found.files for d in spool(path, folder)]
    options = Options(time_zone=ZoneInfo("Europe/Madrid"), mapping=load(found.mapping) if found.mapping else None)
    rows: Counter[str] = Counter()
    rejects: list[object] = []
    for chunk in source(found.source or "generic").read(deliveries, options):
        rows[chunk.table] += chunk.rows.num_rows
        rejects += chunk.rejects
    return rows, rejects


@pytest.mark.parametrize("name", GROUPS)
def test_every_group_fills_its_tables_without_rejects(written: Manifest, tmp_path: Path, name: str) -> None:
    found = group(written, name)
    rows, rejects = read(found, tmp_path)
    assert not rejects
    assert set(+rows) == set(found.tables)


def test_the_groups_are_all_there(written: Manifest) -> None:
    assert sorted(g.name for g in written.groups) == sorted(GROUPS)
