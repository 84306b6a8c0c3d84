"""Where rows live: Delta tables under one manifest, so that a reader sees a whole import or none."""

from latido.store.engine import Engine, connect
from latido.store.lake import Lake
from latido.store.snapshot import Snapshot
from latido.store.writer import Counts, Writer

__all__ = ["Counts", "Engine", "Lake", "Snapshot", "Writer", "connect"]
