import hashlib

import pytest

from latido.errors import StoreError
from latido.sources.source import Delivery
from latido.store import raw


def delivered(folder, data=b"id;score\n1;9\n" * 1000, name="scores.csv"):
    path = folder / "spooled"
    path.write_bytes(data)
    return Delivery(path, name, hashlib.sha256(data).hexdigest())


def kept(folder, delivery, source="csv", mapping=None):
    raw.keep(folder, raw.compress(delivery, delivery.path.parent), raw.origin(delivery, source, mapping))


def test_a_delivery_comes_back_byte_for_byte(lake, tmp_path):
    delivery = delivered(tmp_path)
    kept(lake.raw, delivery)
    again = raw.unpack(lake.raw, delivery.digest, tmp_path)
    assert (again.path.read_bytes(), again.name) == (delivery.path.read_bytes(), "scores.csv")


def test_a_delivery_is_kept_compressed(lake, tmp_path):
    delivery = delivered(tmp_path)
    kept(lake.raw, delivery)
    assert (lake.raw / f"{delivery.digest}.zst").stat().st_size < 200


def test_the_same_bytes_are_kept_once_and_all_their_origins(lake, tmp_path):
    kept(lake.raw, delivered(tmp_path), mapping={"source": "csv"})
    kept(lake.raw, delivered(tmp_path, name="again.csv"), source="other")
    (digest,) = (p.stem for p in lake.raw.glob("*.zst"))
    origins = raw.read_origins(lake.raw, digest)
    assert [(o.name, o.source, o.mapping, o.size) for o in origins] == [
        ("scores.csv", "csv", {"source": "csv"}, 13000),
        ("again.csv", "other", None, 13000),
    ]


def test_what_was_never_delivered_cannot_be_had_again(lake, tmp_path):
    with pytest.raises(StoreError, match="abc"):
        raw.unpack(lake.raw, "abc", tmp_path)
