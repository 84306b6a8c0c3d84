"""The settings of a workspace, as `latido.toml` declares them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from latido.config.alerts import AlertSettings, WatchSettings
from latido.config.chain import ChainSettings
from latido.config.section import Section
from latido.config.values import (
    Country,
    Currency,
    Issuer,
    Language,
    Memory,
    Network,
    Seconds,
    SettingError,
    Zone,
    seconds,
)
from latido.i18n import _

PREFIX = "LATIDO_"


class Sla(Section):
    """A promise: this clock within this target, for the tickets that `where` describes.

    Attributes:
        name: Its name, for people.
        clock: Which clock it runs on.
        target: Seconds of that clock.
        calendar: Calendar whose open time counts.
        where: Values of ticket dimensions, all of which must hold; the first policy that fits applies.
    """

    name: str
    clock: Literal["first_reply", "next_reply", "resolution"]
    target: Seconds = Field(gt=0)
    calendar: str = "24x7"
    where: dict[str, str | tuple[str, ...]] = Field(default_factory=dict)


class Target(Section):
    """What a metric should reach: `csat = 85`, or by the value of a dimension.

    Attributes:
        value: The target for everything else, in the metric's unit (durations also as "4h").
        part: Which part of the figure it is for (`median`, `p90`); None for the main one.
        by: Dimension → its value → target: `[targets.csat]` `team.Ventas = 80`.
    """

    value: float | None = None
    part: str | None = None
    by: dict[str, dict[str, float]] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _spread(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            return {"value": seconds(given)}
        groups = {k: {str(v): seconds(t) for v, t in g.items()} for k, g in given.items() if isinstance(g, Mapping)}
        rest = {k: v for k, v in given.items() if k not in groups}
        return rest | {"by": groups} | ({"value": seconds(rest["value"])} if "value" in rest else {})

    def of(self, keys: Mapping[str, str | None]) -> float | None:
        """The target of a figure with these dimension values."""
        own = (self.by[d].get(v) for d, v in keys.items() if d in self.by and v is not None)
        return next((t for t in own if t is not None), self.value)


class Question(Section):
    """How the answers to a survey are to be read.

    Attributes:
        positive_from: Least answer that counts as positive.
    """

    positive_from: float


class Definitions(Section):
    """Choices that the metrics' definitions leave to the company.

    Attributes:
        first_contact_days: A new contact within so many days undoes a first-contact resolution; 90 at most.
        horizon_days: Without a purchase for so long, a customer without a contract counts as lost.
        lifespan_years: How long a customer stays, for `clv`; None to take it from the data.
        margin: Share of the revenue that is kept, for `clv`.
        unresolved_after: Spans after which `unresolved_after` is read, the main one first.
    """

    first_contact_days: int = Field(default=7, ge=1, le=90)
    horizon_days: int = Field(default=365, ge=1)
    lifespan_years: float | None = Field(default=None, gt=0)
    margin: float = Field(default=1.0, gt=0, le=1)
    unresolved_after: tuple[Seconds, ...] = (86400, 14400, 259200, 604800, 2592000)


class EngineSettings(Section):
    """Which engine computes, and what it may use of the machine.

    Attributes:
        url: `duckdb`, `spark://host:port`, `sc://host:port`, `postgresql://user@host/database`.
        memory: Limit (`2GB`); None for the engine's own.
        threads: How many; None for one a core.
        options: Settings of the engine itself: `"spark.executor.memory" = "4g"`.
    """

    url: str = "duckdb"
    memory: Memory | None = None
    threads: int | None = Field(default=None, ge=1)
    options: dict[str, str] = Field(default_factory=dict)


class Pulse(Section):
    """What the home page of the web application shows.

    Attributes:
        metrics: Their names, eight at most; None for the ones that most companies watch.
    """

    metrics: tuple[str, ...] | None = Field(default=None, max_length=8)


class StoreSettings(Section):
    """How long what was replaced stays.

    Attributes:
        keep_days: Days that old versions can still be read (`--as-of`).
    """

    keep_days: int = Field(default=30, ge=1)


class UploadSettings(Section):
    """What may come in through a browser.

    Attributes:
        max_gb: Most that one file may have.
        per_person: How many files of one person may wait to be imported.
        keep_hours: For how long what was begun and not imported is kept.
    """

    max_gb: float = Field(default=20, gt=0)
    per_person: int = Field(default=20, ge=1)
    keep_hours: int = Field(default=48, ge=1)


class StateSettings(Section):
    """Where people, sessions and the audit trail are kept.

    Attributes:
        url: `postgresql://user:password@host/database`; None for a file in the workspace.
    """

    url: str | None = None


class OidcSettings(Section):
    """Signing in by the company's identity provider (OpenID Connect).

    Attributes:
        issuer: The provider's address, as it names itself; empty for no provider.
        client_id: How the provider knows this application.
        client_secret: What it proves that with.
        name: What the provider is called on the button.
        role: What somebody becomes whom nobody has invited; None to refuse them.
        domains: Domains of e-mail addresses that may come in; none for any.
    """

    issuer: Issuer = ""
    client_id: str = ""
    client_secret: SecretStr = SecretStr("")
    name: str = "OpenID Connect"
    role: Literal["analyst", "viewer"] | None = None
    domains: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _is_whole(self) -> OidcSettings:
        if self.issuer and not self.client_id:
            raise SettingError(
                _("A provider needs a client_id."), _("It is given where this application is registered.")
            )
        return self


class AccessSettings(Section):
    """Who comes in, and how.

    Attributes:
        session_days: After so many days without use a session ends.
        trusted_proxies: Addresses or networks of the proxies before this server, whose word on the asker's address
            and on TLS is taken.
        oidc: The company's identity provider.
    """

    session_days: int = Field(default=14, ge=1, le=90)
    trusted_proxies: tuple[Network, ...] = ()
    oidc: OidcSettings = OidcSettings()


class Config(BaseSettings):
    """All settings of a workspace.

    Attributes:
        name: The company's or team's name.
        time_zone: Zone of days, weeks and months, and of stamps that state none.
        language: Language of reports; None for the reader's.
        currency: Currency of amounts that state none.
        countries: Where the company works.
        brand: Its own brand in blind surveys; None for its name.
        min_n: Below it a value is withheld; None for each metric's own.
        calendar: Calendar of durations where none is asked for.
        calendars: Business calendars by name, as `model/calendar_settings.py` reads them.
        sla: Promises; the first that fits a ticket applies, per clock.
        targets: What metrics should reach.
        questions: Readings by survey.
        definitions: What the definitions leave to the company.
        segments: Filters by the name under which they are saved: `{"Chat": ["channel=chat"]}`.
        watches: What is watched, by name.
        alerts: On which ways alerts go out.
        pulse: What the home page shows.
        chain: Which metrics measure what on the way from a contact to a customer who stays.
        engine: What the engine may use.
        store: How long old versions stay.
        uploads: What may come in through a browser.
        state: Where people and sessions are kept.
        access: Who comes in, and how.
    """

    model_config = SettingsConfigDict(extra="forbid", frozen=True, env_prefix=PREFIX, env_nested_delimiter="__")

    name: str = ""
    time_zone: Zone = "UTC"
    language: Language | None = None
    currency: Currency = "EUR"
    countries: tuple[Country, ...] = ()
    brand: str | None = None
    min_n: int | None = Field(default=None, ge=1)
    calendar: str = "24x7"
    calendars: dict[str, dict[str, Any]] = {}
    sla: tuple[Sla, ...] = ()
    targets: dict[str, Target] = {}
    questions: dict[str, Question] = {}
    definitions: Definitions = Definitions()
    segments: dict[str, tuple[str, ...]] = {}
    watches: dict[str, WatchSettings] = {}
    alerts: AlertSettings = AlertSettings()
    pulse: Pulse = Pulse()
    chain: ChainSettings = ChainSettings()
    engine: EngineSettings = EngineSettings()
    store: StoreSettings = StoreSettings()
    uploads: UploadSettings = UploadSettings()
    state: StateSettings = StateSettings()
    access: AccessSettings = AccessSettings()

    @property
    def zone(self) -> ZoneInfo:
        """The workspace's time zone."""
        return ZoneInfo(self.time_zone)

    @model_validator(mode="after")
    def _calendars_exist(self) -> Config:
        known = ["24x7", *self.calendars]
        watched = (watch.calendar for watch in self.watches.values() if watch.calendar)
        for name in (self.calendar, *(policy.calendar for policy in self.sla), *watched):
            if name not in known:
                raise SettingError(
                    _("There is no calendar called “{name}”.", name=name), _("Known: {names}.", names=", ".join(known))
                )
        return self

    @model_validator(mode="after")
    def _webhooks_exist(self) -> Config:
        known = self.alerts.webhooks
        for name in (name for watch in self.watches.values() for name in watch.webhooks):
            if name not in known:
                raise SettingError(
                    _("There is no webhook called “{name}”.", name=name),
                    _("Known: {names}.", names=", ".join(known) or "—"),
                )
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment speaks louder than the file."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings
