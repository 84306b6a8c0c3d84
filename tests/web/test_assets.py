"""What browsers get: built from locked packages, complete, and fetching nothing from elsewhere."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from pathlib import Path

import pytest

import hatch_build
from hatch_build import CustomBuildHook, Place, build, system_node

ROOT = Path(__file__).parents[2]
PLACE = Place(ROOT)
BUILT = sorted(path for path in PLACE.dist.iterdir() if path.suffix in {".css", ".js", ".svg"})
TEMPLATES = sorted((ROOT / "latido" / "web" / "templates").rglob("*.html"))
NAMESPACES = "http://www.w3.org/"


def locked() -> dict[str, dict[str, object]]:
    """The npm packages by name."""
    packages = json.loads(PLACE.lock.read_text(encoding="utf-8"))["packages"]
    return {name.removeprefix("node_modules/"): about for name, about in packages.items() if name}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A project with everything built."""
    made = Place(tmp_path)
    for folder in (made.assets, made.dist, made.modules, made.tokens.parent):
        folder.mkdir(parents=True)
    for path in (tmp_path / "package.json", made.lock, made.tokens, made.assets / "app.css"):
        path.write_text("{}")
    inputs = made.inputs()
    (made.dist / ".built.json").write_text(json.dumps({part: inputs[part] for part in ("fonts", "web")}))
    return made


def test_what_is_fresh_is_not_built_again(place: Place) -> None:
    assert build(place) == set()


def test_a_changed_style_sheet_is_built_and_fonts_are_not(place: Place) -> None:
    (place.assets / "app.css").write_text("a {}")
    assert place.stale() == {"web", "packages"}


def test_a_new_file_is_built(place: Place) -> None:
    (place.assets / "upload.js").write_text("")
    assert "web" in place.stale()


def test_other_packages_are_installed_and_all_is_built(place: Place) -> None:
    place.lock.write_text('{"packages": {}}')
    assert place.stale() == {"fonts", "packages", "web"}


def test_a_fresh_project_asks_for_no_tools(place: Place) -> None:
    assert hook(place).dependencies() == []


def test_without_node_it_is_asked_for(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.lock.write_text('{"packages": {}}')
    monkeypatch.setenv("PATH", "")
    system_node.cache_clear()
    wanted = hook(place).dependencies()
    system_node.cache_clear()
    assert wanted == [hatch_build.FONTTOOLS, hatch_build.NODE]


def hook(place: Place) -> CustomBuildHook:
    """Hatch's hook in a project."""
    return CustomBuildHook(str(place.root), {}, None, None, str(place.dist), "wheel")  # type: ignore[arg-type]


@pytest.mark.parametrize("path", BUILT, ids=lambda path: path.name)
def test_built_files_fetch_nothing_from_elsewhere(path: Path) -> None:
    addresses = re.findall(r"https?://[^\s\"'`)]+", path.read_text(encoding="utf-8"))
    assert not [address for address in addresses if not address.startswith(NAMESPACES)]


@pytest.mark.parametrize("path", BUILT, ids=lambda path: path.name)
def test_the_manifest_knows_every_file_by_its_content(path: Path) -> None:
    manifest = json.loads((PLACE.dist / "manifest.json").read_text())
    known = path.name == "server.js" or path.name in manifest
    assert known
    assert manifest.get(path.name, "") in hashlib.sha256(path.read_bytes()).hexdigest()


def test_fonts_have_addresses_that_change_with_them() -> None:
    manifest = json.loads((PLACE.dist / "manifest.json").read_text())
    assert f"inter.woff2?v={manifest['inter.woff2']}" in (PLACE.dist / "app.css").read_text()


def test_every_package_that_is_shipped_has_its_licence_told() -> None:
    told = (PLACE.dist / "THIRD-PARTY-LICENSES.txt").read_text(encoding="utf-8")
    shipped = [f"{name} {about['version']}" for name, about in locked().items() if not about.get("dev")]
    assert len(shipped) >= 4
    assert not [package for package in shipped if package not in told]


def test_packages_are_pinned_by_version_and_hash_and_name_no_host() -> None:
    assert not [name for name, about in locked().items() if not about.get("integrity") or about.get("resolved")]
    wanted = json.loads((ROOT / "package.json").read_text())
    versions = [*wanted["dependencies"].values(), *wanted["devDependencies"].values()]
    assert all(re.fullmatch(r"[\d.]+", version) for version in versions)


def test_every_icon_of_the_templates_is_shipped() -> None:
    used = {name for path in TEMPLATES for name in re.findall(r'icon\("([\w-]+)"\)', path.read_text(encoding="utf-8"))}
    assert used <= set(PLACE.icons)
    assert not [name for name in PLACE.icons if not (PLACE.dist / "icons" / f"{name}.svg").exists()]


def test_no_template_needs_a_style_or_a_script_in_the_page() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in TEMPLATES}
    assert not [name for name, text in texts.items() if re.search(r"\sstyle=|\son(click|change|submit|load)=", text)]


def test_a_first_visit_is_small() -> None:
    fetched = [(PLACE.dist / name).read_bytes() for name in ("app.css", "app.js", "echarts.js")]
    letters = (PLACE.dist / "inter.woff2").stat().st_size
    assert sum(len(gzip.compress(content)) for content in fetched) + letters < 350_000
