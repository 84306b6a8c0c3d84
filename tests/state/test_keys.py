"""Random keys."""

from __future__ import annotations

from latido.state.keys import digest, draw


def test_a_key_has_256_bits() -> None:
    assert len(draw()) == 43


def test_no_two_keys_are_alike() -> None:
    assert len({draw() for _ in range(1000)}) == 1000


def test_a_key_says_what_it_is_for() -> None:
    assert draw("lat_").startswith("lat_")


def test_a_digest_is_sha_256() -> None:
    assert digest("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
