"""What is wrong with a latido.toml is said where it is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from latido.config import load, parse
from latido.errors import ConfigError


def complaint(text: str) -> str:
    """What is said of a wrong file."""
    with pytest.raises(ConfigError) as caught:
        parse(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'name = "a"\ntimezone = "UTC"',
            "latido.toml, line 2: There is no setting called “timezone”. Did you mean time_zone?",
        ),
        (
            "[engine]\nthread = 2",
            "latido.toml, line 2: There is no setting called “engine.thread”. Did you mean threads?",
        ),
        (
            '[[sla]]\nname = "a"\nclock = "first_reply"\ntarget = 60\n[[sla]]\nname = "b"\nclock = "frst"\ntarget = 60',
            "latido.toml, line 7: sla.clock cannot be “frst”. Allowed: 'first_reply', 'next_reply', 'resolution'.",
        ),
        ('[[sla]]\nname = "a"\nclock = "resolution"', "latido.toml, line 1: The setting “sla.target” is missing."),
        ('min_n = "many"', "latido.toml, line 1: min_n cannot be “many”. Write a number."),
        (
            "[definitions]\nmargin = 75",
            "latido.toml, line 2: definitions.margin cannot be “75”. It must not be above 1.",
        ),
        ("min_n = 0", "latido.toml, line 1: min_n cannot be “0”. It must be above 0."),
        ("name = 3", "latido.toml, line 1: name cannot be “3”. Write a text in quotes."),
        ("sla = 3", "latido.toml, line 1: sla cannot be “3”. Write a list in brackets."),
        ("engine = 3", "latido.toml, line 1: engine cannot be “3”. Write a table: its keys below a [heading]."),
        (
            '[engine]\nmemory = "lots"',
            "latido.toml, line 2: engine.memory: “lots” is not an amount of memory. Write it as 800MB or 4GB.",
        ),
        (
            'language = "fr"',
            "latido.toml, line 1: language: “fr” is not a language of latido. Write en or es.",
        ),
        (
            '[targets]\ncsat = "x"',
            (
                "latido.toml, line 2: targets.csat: “x” is neither a number nor a span of time. "
                "Write it as 45min, 4h, 1h 30min or 2d."
            ),
        ),
    ],
)
def test_a_wrong_setting_is_answered_with_its_line_and_the_way_out(text: str, said: str) -> None:
    assert complaint(text) == said


def test_a_misspelt_key_explains_a_missing_one() -> None:
    assert "trget" in complaint('[[sla]]\nname = "a"\nclock = "resolution"\ntrget = 60')


def test_broken_toml_says_where_it_breaks() -> None:
    assert "line 2" in complaint('name = "a"\ntime_zone =\n')


def test_the_environment_speaks_louder_than_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATIDO_TIME_ZONE", "America/Mexico_City")
    assert parse('time_zone = "Europe/Madrid"').time_zone == "America/Mexico_City"


def test_the_environment_leaves_the_rest_of_a_table_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATIDO_ENGINE__MEMORY", "4GB")
    engine = parse("[engine]\nthreads = 2").engine
    assert (engine.memory, engine.threads) == ("4GB", 2)


def test_a_wrong_environment_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATIDO_MIN_N", "many")
    assert complaint("min_n = 5").startswith("The environment variable LATIDO_MIN_N: min_n cannot be “many”.")


def test_a_list_in_the_environment_is_written_as_json(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATIDO_COUNTRIES", "ES")
    assert "JSON" in complaint("")


def test_a_folder_without_settings_says_how_to_begin(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"not a latido workspace.*latido init.*latido demo"):
        load(tmp_path)


def test_a_byte_order_mark_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "latido.toml").write_bytes(b'\xef\xbb\xbfname = "a"')
    assert load(tmp_path).name == "a"


def test_settings_in_another_encoding_are_refused(tmp_path: Path) -> None:
    (tmp_path / "latido.toml").write_bytes('name = "Energía"'.encode("latin-1"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load(tmp_path)
