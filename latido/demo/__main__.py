"""`python -m latido.demo --into DIR`: write the demo company's files."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from latido.demo.generate import generate
from latido.errors import LatidoError
from latido.i18n import _, from_environment, number, set_language


def main(arguments: list[str] | None = None) -> int:
    """Write the files and say what they hold; returns the exit code."""
    set_language(from_environment())
    given = _parser().parse_args(arguments)
    try:
        manifest = generate(given.into, given.seed, given.scale, truths=not given.nothing)
    except LatidoError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    for group in manifest.groups:
        names = ", ".join(p.relative_to(manifest.root).as_posix() for p in group.files)
        sys.stdout.write(f"{names} · {group.source or group.mapping}\n")
    sys.stdout.write("".join(f"{number(n)} {name}\n" for name, n in manifest.sizes.items()))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m latido.demo", description=str(_("Write the demo company's files."))
    )
    parser.add_argument("--into", type=Path, required=True, help=str(_("folder for the files")))
    parser.add_argument("--seed", type=int, default=7, help=str(_("seed of all random numbers")))
    parser.add_argument("--scale", type=float, default=1.0, help=str(_("share of the full size")))
    parser.add_argument(
        "--nothing", action="store_true", help=str(_("plant no effect: the same company with nothing to find"))
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
