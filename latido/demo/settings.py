"""The `latido.toml` of the demo's workspace."""

from latido.demo.world import COMPANY

PROMISES = {"urgent": ("1h", "8h"), "high": ("4h", "20h"), "normal": ("8h", "40h"), "low": ("16h", "80h")}

HEAD = f"""\
# {COMPANY}: a home-energy company in Spain and Mexico, invented from end to end.
name = "{COMPANY}"
brand = "{COMPANY}"
time_zone = "Europe/Madrid"
currency = "EUR"
countries = ["ES", "MX"]
calendar = "lumbre-es"

[calendars.lumbre-es]
time_zone = "Europe/Madrid"
country = "ES"
blocks = {{ mon-fri = ["09:00-19:00"], sat = ["09:00-14:00"] }}

[calendars.lumbre-mx]
time_zone = "America/Mexico_City"
country = "MX"
blocks = {{ mon-fri = ["09:00-19:00"], sat = ["09:00-14:00"] }}

[targets]
csat = 80
ces = 5.5
nps = 25
first_contact_resolution = 80
transfer_rate = 15
reopen_rate = 8
first_reply_time = "4h"
resolution_time = "20h"
churn_rate = 3.5 # a quarter
sla_attainment = 80
turnover_rate = 6 # a quarter
enps = 10
"""

POLICY = """
[[sla]]
name = "{name}"
clock = "{clock}"
target = "{target}"
calendar = "{calendar}"
where = {{ {where} }}
"""


def workspace_settings() -> str:
    """The settings as TOML: calendars of both countries, promises by priority, a handful of targets."""
    return HEAD + "".join(_policies("MX", "lumbre-mx") + _policies("", "lumbre-es"))


def _policies(country: str, calendar: str) -> list[str]:
    """The promises of one country; the ones without a country are for everybody else, and so come last."""
    place = f', country = "{country}"' if country else ""
    clocks = ("first_reply", "resolution")
    return [
        POLICY.format(
            name=f"{clock} {priority} {country or 'ES'}",
            clock=clock,
            target=target,
            calendar=calendar,
            where=f'priority = "{priority}"{place}',
        )
        for priority, targets in PROMISES.items()
        for clock, target in zip(clocks, targets, strict=True)
    ]
