"""`latido tidy`."""

from __future__ import annotations

import json

from tests.cli.conftest import Run


def test_it_says_what_it_did(empty: Run) -> None:
    assert empty("tidy").output.splitlines() == [
        "0 small files joined",
        "0 old versions dropped",
        "0 files deleted: 0.0 MB",
    ]


def test_it_says_so_in_spanish(empty: Run) -> None:
    assert "0 versiones antiguas borradas" in empty("--lang", "es", "tidy").output


def test_it_tells_machines_too(empty: Run) -> None:
    assert json.loads(empty("tidy", "--keep-days", "0", "--json").output)["versions"] == 0
