"""Accepted mappings lie where the command line looks for them."""

from __future__ import annotations

from pathlib import Path

from latido.sources.mapping import Mapping, load
from latido.workspace.mappings import keep, place


def test_a_mapping_is_named_after_its_file(tmp_path: Path) -> None:
    assert place(tmp_path, "export.zip/2025/march.csv.gz") == tmp_path / "mappings" / "march.toml"


def test_it_can_be_read_again(tmp_path: Path) -> None:
    mapping = Mapping(dates="dmy")
    keep(mapping, place(tmp_path, "march.csv"))
    assert load(tmp_path / "mappings" / "march.toml") == mapping
