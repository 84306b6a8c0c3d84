"""Fixed-width text as a sheet, streaming."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from latido.sources.layout import Opening
from latido.sources.open import open_text
from latido.sources.sheet import Frame, Sheet
from latido.sources.source import Delivery

FRAME_ROWS = 50_000


def read_fixed(file: Delivery, opening: Opening) -> Sheet:
    """Open text whose columns stand at fixed positions; blank lines are no rows."""

    def opened(columns: tuple[str, ...] | None) -> Iterator[Frame]:
        places = dict(zip(opening.names, opening.layout.widths, strict=True))
        wanted = {name: places[name] for name in columns or opening.names}
        with open_text(file, opening.layout.encoding) as text:
            text.read(opening.start)
            lines = (line for line in text if line.strip())
            done = 0
            while some := list(islice(lines, FRAME_ROWS)):
                yield Frame(_cut(some, wanted), np.arange(done + 1, done + len(some) + 1))
                done += len(some)

    return Sheet(file, opening.names, opening.layout, opened, opening.preamble)


def _cut(lines: list[str], places: dict[str, tuple[int, int]]) -> pa.Table:
    # What stands beyond the last column still belongs to it.
    last = max(end for _start, end in places.values())
    whole = pa.array(lines, pa.string())
    return pa.table(
        {
            name: pc.utf8_trim_whitespace(pc.utf8_slice_codeunits(whole, start, None if end == last else end))
            for name, (start, end) in places.items()
        }
    )
