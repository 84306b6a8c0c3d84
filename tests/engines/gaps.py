"""What an engine cannot do: metric → the reason and the error it gives. A mark that no longer holds fails the tests."""

from __future__ import annotations

from typing import NamedTuple


class Gap(NamedTuple):
    """Why there is no answer, and a part of what is said instead."""

    reason: str
    error: str


GAPS: dict[str, dict[str, Gap]] = {"duckdb": {}, "spark": {}, "postgres": {}, "clickhouse": {}}
