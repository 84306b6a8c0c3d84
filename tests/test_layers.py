"""Imports run one way, in the order of the data flow; what stands side by side stays apart."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "latido"
ORDER = (
    "errors",
    "config",
    "i18n",
    "stats",
    "model",
    "state",
    "sources",
    "store",
    "sync",
    "facts",
    "metrics",
    "insights",
    "listen",
    "act",
    "workspace",
    "report",
    "http",
    "cli",
    "api",
    "web",
    "app",
)
SURFACES = {"cli", "api", "web"}
MAY_ALSO = {
    "errors": {"i18n"},  # what went wrong is said in the reader's language
    "config": {"i18n"},  # so is what is wrong in latido.toml
    "demo": {"errors", "i18n"},  # it only writes foreign files: no back door into the lake
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def layer(module: str) -> str:
    """`latido.stats.mean` stands in layer `stats`; `latido` itself is what a workspace offers."""
    return {"": "workspace", "__main__": "cli"}.get(part := f"{module}..".split(".")[1], part)


def stage(module: str) -> str:
    """`latido.insights.drivers.shapley` belongs to the stage `drivers`; what is no insight to none."""
    parts = module.split(".")
    return parts[2] if parts[1:2] == ["insights"] and len(parts) > 2 else ""


def name_of(path: Path) -> str:
    """`latido/stats/mean.py` is `latido.stats.mean`."""
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> set[str]:
    """The modules of latido that this file imports, wherever in it (type-checking blocks aside)."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    hidden = {inner for node in ast.walk(tree) if _for_types(node) for inner in ast.walk(node)}
    nodes = [node for node in ast.walk(tree) if node not in hidden]
    plain = {a.name for n in nodes if isinstance(n, ast.Import) for a in n.names}
    named = {f"{n.module}.{a.name}" for n in nodes if isinstance(n, ast.ImportFrom) and n.module for a in n.names}
    return {_module(name) for name in plain | named if name.split(".")[0] == "latido"}


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _module(name: str) -> str:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return name if path.is_dir() or path.with_suffix(".py").is_file() else name.rpartition(".")[0]


def allowed(importer: str) -> set[str]:
    """The layers that a layer may import from: itself and everything to its left."""
    if importer == "demo":
        return {"demo"} | MAY_ALSO["demo"]
    beside = SURFACES - {importer} if importer in SURFACES else set()
    below = set(ORDER[: ORDER.index(importer) + 1]) - beside
    # The demo stands beside the command line, which offers it.
    return below | MAY_ALSO.get(importer, set()) | ({"demo"} if importer == "cli" else set())


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_only_run_back_along_the_data(path: Path) -> None:
    importer = layer(name_of(path))
    forbidden = {module for module in imports(path) if layer(module) not in allowed(importer)}
    assert not forbidden, f"{name_of(path)} stands before {sorted(forbidden)}"


def test_stages_of_insights_know_nothing_of_each_other() -> None:
    pairs = {(stage(name_of(p)), stage(module)) for p in MODULES for module in imports(p)}
    assert not {(here, there) for here, there in pairs if here and there and here != there}


@pytest.mark.parametrize("path", sorted((PACKAGE / "stats").rglob("*.py")), ids=name_of)
def test_statistics_are_pure(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    tops = {a.name.split(".")[0] for n in nodes if isinstance(n, ast.Import) for a in n.names}
    tops |= {(n.module or "").split(".")[0] for n in nodes if isinstance(n, ast.ImportFrom)}
    assert not tops & {"ibis", "duckdb", "deltalake", "pyarrow", "pandas", "os", "pathlib", "sqlite3"}


def test_every_layer_has_a_place_in_the_order() -> None:
    there = {layer(name_of(path)) for path in MODULES}
    assert there <= {*ORDER, "demo"}
