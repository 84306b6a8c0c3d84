"""Files: the same bytes for the same seed, nothing of the real world in them, both languages."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from pathlib import Path

import pytest

from latido.demo import Manifest, generate
from latido.errors import UsageError

RESERVED = re.compile(r"(?:example\.(?:com|org|net)|[\w.-]+\.example|example)$")


def content(path: Path) -> str:
    raw = path.read_bytes()
    encoding = "cp1252" if path.name in {"clientes.csv", "plantilla.csv"} else "utf-8"
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode(encoding)


def everything(manifest: Manifest) -> str:
    return "\n".join(map(content, manifest.files))


def digest(manifest: Manifest) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (*manifest.files, manifest.settings, manifest.truths)}


def test_the_same_seed_writes_the_same_bytes(written: Manifest, tmp_path: Path) -> None:
    assert digest(generate(tmp_path, seed=3, scale=0.02)) == digest(written)


def test_another_seed_writes_another_company(written: Manifest, tmp_path: Path) -> None:
    other = generate(tmp_path, seed=4, scale=0.005)
    assert digest(other)["clientes.csv"] != digest(written)["clientes.csv"]
    assert digest(other)["ticket_audits.json.gz"] != digest(written)["ticket_audits.json.gz"]


def test_every_file_is_imported_by_a_source_or_a_mapping(written: Manifest) -> None:
    assert all((group.source is None) != (group.mapping is None) for group in written.groups)


def test_the_manifest_names_every_table_of_the_spine(written: Manifest) -> None:
    assert {table for group in written.groups for table in group.tables} == {
        "customers", "identities", "agents", "tickets", "ticket_events", "answers", "asks", "orders", "subscriptions",
        "mentions", "touchpoints",
    }  # fmt: skip


def test_the_manifest_stands_beside_the_files(written: Manifest) -> None:
    told = json.loads((written.root / "manifest.json").read_text(encoding="utf-8"))
    assert [f for group in told["groups"] for f in group["files"]] == [
        p.relative_to(written.root).as_posix() for p in written.files
    ]


def test_mappings_are_toml(written: Manifest) -> None:
    mappings = [tomllib.loads(g.mapping.read_text(encoding="utf-8")) for g in written.groups if g.mapping]
    assert all(mapping["tables"] for mapping in mappings)


def test_addresses_are_at_reserved_domains_only(written: Manifest) -> None:
    domains = set(re.findall(r"@([\w-]+(?:\.[\w-]+)+)", everything(written)))
    assert domains
    assert not {d for d in domains if not RESERVED.search(d)}


def test_links_lead_to_reserved_domains_only(written: Manifest) -> None:
    hosts = set(re.findall(r"https?://([^/\"\s]+)", everything(written)))
    assert not {h for h in hosts if not RESERVED.search(h)}


def test_people_write_in_spanish_of_both_countries_and_in_english(written: Manifest) -> None:
    said = content(next(p for p in written.files if p.name == "ticket_audits.json.gz"))
    assert {word for word in ("caldera", "celular", "Thanks") if word in said} == {"caldera", "celular", "Thanks"}


@pytest.mark.parametrize("scale", [0, -1, 50])
def test_an_absurd_scale_is_refused(tmp_path: Path, scale: float) -> None:
    with pytest.raises(UsageError):
        generate(tmp_path, scale=scale)
