"""What the settings mean once they are read."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from latido.config import Config, Target, parse
from latido.errors import ConfigError

WORKSPACE = """
name = "Lumbre Hogar"
time_zone = "Europe/Madrid"
countries = ["es", "MX"]
calendar = "office"

[calendars.office]
blocks = { mon-fri = ["09:00-14:00", "16:00-20:00"] }

[[sla]]
name = "Urgent"
clock = "first_reply"
target = "1h"
calendar = "office"
where = { priority = ["urgent", "high"] }

[targets]
first_reply_time = "2h"

[targets.csat]
value = 85
team.Ventas = 80

[questions.Taller]
positive_from = 4

[definitions]
unresolved_after = ["24h", "3d"]
"""


@pytest.fixture(scope="module")
def config() -> Config:
    return parse(WORKSPACE)


def test_nothing_needs_to_be_set() -> None:
    assert parse("") == Config()


def test_the_zone_of_days_is_the_workspaces(config: Config) -> None:
    assert config.zone == ZoneInfo("Europe/Madrid")


def test_codes_are_written_in_capitals(config: Config) -> None:
    assert config.countries == ("ES", "MX")


def test_a_calendar_is_kept_as_written(config: Config) -> None:
    assert config.calendars["office"]["blocks"] == {"mon-fri": ["09:00-14:00", "16:00-20:00"]}


def test_a_promise_has_its_target_in_seconds(config: Config) -> None:
    (policy,) = config.sla
    assert (policy.target, policy.where) == (3600, {"priority": ("urgent", "high")})


def test_a_target_may_be_a_span_of_time(config: Config) -> None:
    assert config.targets["first_reply_time"].value == 7200


@pytest.mark.parametrize(("team", "target"), [("Ventas", 80), ("Soporte", 85), (None, 85)])
def test_a_group_may_have_its_own_target(config: Config, team: str | None, target: float) -> None:
    assert config.targets["csat"].of({"channel": "email", "team": team}) == target


def test_a_target_only_for_groups_says_nothing_of_the_rest() -> None:
    assert Target.model_validate({"team": {"Ventas": 80}}).of({}) is None


def test_a_survey_may_say_what_counts_as_positive(config: Config) -> None:
    assert config.questions["Taller"].positive_from == 4


def test_the_companys_choices_may_be_spans_of_time(config: Config) -> None:
    assert config.definitions.unresolved_after == (86400, 259200)


def test_a_calendar_that_nothing_declares_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"calendar called “office”.*Known: 24x7"):
        parse('calendar = "office"')


def test_a_provider_may_get_its_secret_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATIDO_ACCESS__OIDC__CLIENT_SECRET", "hush")
    found = parse('[access.oidc]\nissuer = "https://login.example.com"\nclient_id = "latido"').access.oidc
    assert (found.client_secret.get_secret_value(), "hush" in repr(found)) == ("hush", False)


def test_the_state_may_be_said_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LATIDO_STATE__URL", "postgresql://db/latido")
    assert parse("").state.url == "postgresql://db/latido"


def test_proxies_are_addresses_or_networks() -> None:
    assert parse('[access]\ntrusted_proxies = ["10.0.0.7", "10.1.0.0/16"]').access.trusted_proxies == (
        "10.0.0.7/32", "10.1.0.0/16",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[access]\ntrusted_proxies = ["all"]', r"“all” is not an address or a network\. Write it as 10\.0\.0\.7"),
        ('[access.oidc]\nissuer = "http://login.example.com"', "Write it as https://login.example.com"),
        ('[access.oidc]\nissuer = "https://login.example.com"', "A provider needs a client_id"),
        ('[access.oidc]\nrole = "owner"', "Allowed: 'analyst', 'viewer'"),
        ("[access]\nsession_days = 0", "It must be above 0"),
    ],
)
def test_what_would_let_the_wrong_people_in_is_refused(text: str, said: str) -> None:
    with pytest.raises(ConfigError, match=said):
        parse(text)
