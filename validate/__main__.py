"""`make validate`: ours beside the expected, for every figure; exit code 1 if one differs."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from validate import commerce, employees, experience, incidents, opinions, tickets
from validate.check import Check

DATA = Path(os.environ.get("LATIDO_SHARED", "../shared")) / "data"
STUDIES: dict[str, Callable[[Path, Path], Iterator[Check]]] = {
    "UCI incident log (ServiceNow)": incidents.uci,
    "Support tickets (prepbench 059)": incidents.business_time,
    "Help desk bodies (Zendesk, recorded)": tickets.recorded,
    "Conference survey (prepbench 040)": opinions.conference,
    "Lounges and seats (Skytrax)": opinions.skytrax,
    "Passengers (airline; another extract than the one of R² .404 and 34.7 %)": experience.airline,
    "Telecom customers (IBM)": commerce.telecom,
    "CD shop (CDNOW sample)": commerce.cdnow,
    "Employees (IBM)": employees.attrition,
    "Turnover by centre (prepbench 237)": employees.turnover,
}


def main() -> int:
    """Run all studies, or those whose names contain a word of the command line."""
    if not DATA.is_dir():
        print(f"There is no {DATA}: nothing to validate against. LATIDO_SHARED names the folder.")
        return 0
    wanted = sys.argv[1:] or [""]
    results = [check for name in STUDIES if any(w in name.lower() for w in wanted) for check in run(name)]
    wrong = sum(not check.ok for check in results)
    print(f"\n{len(results)} figures, {len(results) - wrong} as expected, {wrong} not")
    return 1 if wrong else 0


def run(name: str) -> Iterator[Check]:
    """Run a study in workspaces of its own, and print each figure as it comes."""
    print(f"\n{name}\n{'':46}{'ours':>14}{'expected':>14}")
    with tempfile.TemporaryDirectory() as folder:
        for check in STUDIES[name](DATA, Path(folder)):
            print(line(check), flush=True)
            yield check


def line(check: Check) -> str:
    """A figure for the terminal; what nobody published is computed by pandas here."""
    origin = "" if check.published else " (computed)"
    verdict = "ok" if check.ok else "DIFFERS"
    return f"  {check.what:44}{check.ours:>14,.4f}{check.expected:>14,.4f}  {verdict}{origin}"


if __name__ == "__main__":
    sys.exit(main())
