"""Deliveries as they came: compressed, named by the hash of their bytes, with where they came from.

`raw/<sha256>.zst` holds the bytes; `raw/<sha256>.json` says how often, when, under which name and
through which source and mapping they were imported, so that a better mapping can be replayed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa

from latido.errors import StoreError
from latido.i18n import _
from latido.sources.source import Delivery
from latido.store.manifest import flush_file, flush_folder

_BLOCK = 1 << 20


@dataclass(frozen=True)
class Origin:
    """One import of a delivery.

    Attributes:
        digest: SHA-256 of its bytes.
        name: The name by which the person who delivered it knows it.
        size: Bytes.
        when: When it was imported (ISO 8601, UTC).
        source: Through which source.
        mapping: With which mapping, where the source takes one.
    """

    digest: str
    name: str
    size: int
    when: str
    source: str
    mapping: Mapping[str, object] | None = None


def origin(delivery: Delivery, source: str, mapping: Mapping[str, object] | None) -> Origin:
    """Where a delivery comes from, now."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Origin(delivery.digest, delivery.name, delivery.path.stat().st_size, now, source, mapping)


def compress(delivery: Delivery, folder: Path) -> Path:
    """The delivery's bytes, compressed, in a file of this folder."""
    path = folder / f"{delivery.digest}.zst"
    with delivery.path.open("rb") as plain, pa.CompressedOutputStream(str(path), "zstd") as packed:
        shutil.copyfileobj(plain, packed, _BLOCK)
    return path


def keep(folder: Path, packed: Path, came: Origin) -> None:
    """Put a compressed delivery among the raw ones; the same bytes are kept once, their origins all."""
    target = folder / packed.name
    if not target.exists():
        flush_file(packed)
        packed.rename(target)
    origins = [*read_origins(folder, came.digest), came]
    beside = folder / f".{came.digest}.json"
    beside.write_text(json.dumps([asdict(o) for o in origins], ensure_ascii=False, indent=1, default=str), "utf-8")
    beside.replace(folder / f"{came.digest}.json")
    flush_folder(folder)


def read_origins(folder: Path, digest: str) -> list[Origin]:
    """Every import of a delivery, oldest first; none where it was never imported."""
    path = folder / f"{digest}.json"
    if not path.exists():
        return []
    return [Origin(**record) for record in json.loads(path.read_text(encoding="utf-8"))]


def unpack(folder: Path, digest: str, into: Path) -> Delivery:
    """A delivery again, byte for byte, under the name it last had.

    Raises:
        StoreError: It was never kept.
    """
    origins = read_origins(folder, digest)
    if not origins:
        raise StoreError(_("No delivery with the hash {digest} is kept.", digest=digest))
    path = into / digest
    with pa.CompressedInputStream(str(folder / f"{digest}.zst"), "zstd") as packed, path.open("wb") as plain:
        shutil.copyfileobj(packed, plain, _BLOCK)
    return Delivery(path, origins[-1].name, digest)
