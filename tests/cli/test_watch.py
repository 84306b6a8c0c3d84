"""`latido watch`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from latido.cli.main import cli
from latido.state import State
from tests.act.alerts.servers import listener, post_office
from tests.watching import watched_company


def latido(root: Path, *words: str) -> Result:
    """Run a command line in a workspace."""
    return CliRunner().invoke(cli, ["-w", str(root), "watch", *words])


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return watched_company(tmp_path)


def with_mail(root: Path, port: int) -> None:
    """Let alerts about the north go out by e-mail."""
    file = root / "latido.toml"
    text = file.read_text(encoding="utf-8").replace(
        'direction = "worse"', 'direction = "worse"\nmail = ["ana@acme.example"]'
    )
    way = f'\n[alerts.mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "latido@acme.example"\n'
    file.write_text(text + way, encoding="utf-8")


def test_it_lists_the_watches_with_their_state(root: Path) -> None:
    done = latido(root)
    assert done.exit_code == 0
    assert "North waits" in done.output
    assert "alert" in done.output
    assert "quiet" in done.output


def test_json_says_it_in_data(root: Path) -> None:
    (north,) = json.loads(latido(root, "North waits", "--json").output)
    assert (north["state"], north["changed"]) == ("alert", "2025-12-22")
    assert north["low"] < north["after"] < north["high"]


def test_looking_sends_and_records_nothing(root: Path) -> None:
    latido(root)
    assert recorded(root) == 0


def recorded(root: Path) -> int:
    state = State.open(None, root)
    try:
        return len(state.alerts.all())
    finally:
        state.close()


def test_it_sends_each_alert_once(root: Path) -> None:
    with post_office() as post:
        with_mail(root, post.port)
        first, second = latido(root, "--send"), latido(root, "--send")
    assert "One message was sent." in first.output
    assert "0 messages were sent." in second.output
    assert [letter.to for letter in post.letters] == ["ana@acme.example"]
    assert "First reply time (Team: north) rose from" in str(post.letters[0].mail["Subject"])


def test_what_did_not_arrive_is_told_and_kept(root: Path) -> None:
    with_mail(root, 1)
    done = latido(root, "--send")
    assert "ana@acme.example: 127.0.0.1 did not take the e-mail" in done.output
    assert "0 messages were sent." in done.output
    assert recorded(root) == 1


def test_a_test_goes_to_an_address(root: Path) -> None:
    with post_office() as post:
        with_mail(root, post.port)
        done = latido(root, "--test", "bo@acme.example")
    assert "A test was sent to bo@acme.example." in done.output
    assert [letter.to for letter in post.letters] == ["bo@acme.example"]


def test_a_test_goes_to_a_webhook(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATIDO_ALERTS__WEBHOOKS__CHAT__SECRET", "shared")
    with listener() as hook:
        file = root / "latido.toml"
        file.write_text(
            file.read_text(encoding="utf-8") + f'\n[alerts.webhooks.chat]\nurl = "{hook.url}"\n', encoding="utf-8"
        )
        done = latido(root, "--test", "chat")
    assert done.exit_code == 0
    assert json.loads(hook.requests[0].body)["event"] == "test"


def test_a_test_to_nowhere_says_so(root: Path) -> None:
    done = latido(root, "--test", "chat")
    assert done.exit_code == 2
    assert "no webhook called “chat”" in done.output


def test_an_unknown_watch_is_answered_with_the_nearest(root: Path) -> None:
    assert "Volume" in latido(root, "Volum").output


def test_where_nothing_is_watched_it_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "latido.toml").write_text('name = "Acme"\n', encoding="utf-8")
    assert "Nothing is watched yet." in latido(tmp_path).output


def test_it_speaks_spanish(root: Path) -> None:
    done = CliRunner().invoke(cli, ["--lang", "es", "-w", str(root), "watch"])
    assert "tranquila" in done.output
