"""`python -m latido.demo` stands on its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from latido.demo.__main__ import main


def test_it_writes_and_tells_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--into", str(tmp_path), "--scale", "0.002", "--seed", "1"]) == 0
    assert "zendesk" in capsys.readouterr().out
    assert (tmp_path / "truths.json").exists()


def test_nothing_means_nothing(tmp_path: Path) -> None:
    main(["--into", str(tmp_path), "--scale", "0.002", "--nothing"])
    assert '"churn_per_point": 0.0' in (tmp_path / "truths.json").read_text()


def test_a_wrong_scale_is_an_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--into", str(tmp_path), "--scale", "99"]) == 2
    assert "99" in capsys.readouterr().err
