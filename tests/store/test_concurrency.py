"""Two processes that import at once."""

import subprocess
import sys
from pathlib import Path

from latido.store.lake import Lake
from tests.delivered import deliver
from tests.store.conftest import stored

IMPORT = """
import sys
from pathlib import Path
from latido import sync
from latido.sources.source import Options
from latido.store.lake import Lake
from tests.delivered import CanonicalCsv, delivery

for name in sys.argv[2:]:
    sync.run(Lake(sys.argv[1]), None, CanonicalCsv(), [delivery(Path(name))], Options())
"""


def importing(lake, *files):
    command = [sys.executable, "-c", IMPORT, str(lake.root), *(str(f.path) for f in files)]
    return subprocess.Popen(command, cwd=Path(__file__).parents[2], stderr=subprocess.PIPE)


def tickets(names, status):
    return [{"ticket_id": n, "created": "2024-01-01T10:00:00", "status": status} for n in names]


def test_imports_at_once_lose_nothing_and_double_nothing(tmp_path):
    lake = Lake.create(tmp_path / "lake")
    left = [deliver(tmp_path, f"tickets-left-{i}.csv", *tickets(["A", f"L{i}"], "open")) for i in range(4)]
    right = [deliver(tmp_path, f"tickets-right-{i}.csv", *tickets(["A", f"R{i}"], "open")) for i in range(4)]
    processes = [importing(lake, *left), importing(lake, *right)]
    assert [p.communicate()[1] for p in processes] == [b"", b""]
    found = [r["ticket_id"] for r in stored(lake.snapshot(), "tickets", "ticket_id")]
    assert found == ["A", "L0", "L1", "L2", "L3", "R0", "R1", "R2", "R3"]
    assert lake.snapshot().version == 8
