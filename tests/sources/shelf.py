"""Files on a shelf: what a test delivers to the readers."""

import hashlib
from pathlib import Path

from latido.sources.source import Delivery


def delivered(folder: Path, content: str | bytes, name: str = "file.csv") -> Delivery:
    """Write a file as somebody would deliver it."""
    data = content.encode() if isinstance(content, str) else content
    path = folder / name
    path.write_bytes(data)
    return Delivery(path, name, hashlib.sha256(data).hexdigest())
