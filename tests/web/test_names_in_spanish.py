"""A walk through the pages in Spanish: nobody reads a name that only programs use."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from latido.i18n import use
from latido.metrics.catalog import METRICS
from latido.metrics.names import DIMENSIONS, PARTS, PRESETS, TABLES
from latido.metrics.value_names import VALUES
from tests.web.figures import served
from tests.web.test_everywhere import PATHS
from tests.web.visitors import visitor

UNSEEN = re.compile(r"<(script|style|code|pre)\b.*?</\1>|<[^>]+>", re.DOTALL)
VALUE_CODES = {code for dimension in ("channel", "status", "priority", "survey_kind", "sentiment", "clock", "cause")
               for code in VALUES[dimension]}  # fmt: skip
CODES = {*DIMENSIONS, *PARTS, *PRESETS, *TABLES, *VALUE_CODES}
MORE = (
    "/metrics/nps?weeks=all&by=survey_kind", "/metrics/first_reply_time?weeks=all&by=reply_team",
    "/metrics/ticket_volume?weeks=all&where=channel%3Dphone", "/metrics/csat?weeks=all&where=status%3Dsolved",
    "/metrics/ticket_volume/rows?weeks=all&where=channel%3Dchat", "/tickets?where=channel%3Dchat",
    "/data/tables/tickets", "/settings/segments/edit?where=channel%3Dchat", "/settings/sla/edit",
    "/settings/targets/edit?metric=nps", "/metrics/sla_attainment?weeks=all",
)  # fmt: skip


def words() -> set[str]:
    """The codes that are no words of Spanish: `chat` and `web` are."""
    with use("es"):
        names = [
            str(name) for known in (DIMENSIONS, PARTS, PRESETS, TABLES, *VALUES.values()) for name in known.values()
        ]
        told = " ".join([*names, *(str(metric.label) for metric in METRICS.values())])
    return {code for code in CODES if not re.search(rf"\b{re.escape(code)}\b", told, re.IGNORECASE)}


def read(page: str) -> str:
    """What somebody reads on a page."""
    return unescape(UNSEEN.sub(" ", page))


@pytest.fixture(scope="module")
def spanish() -> TestClient:
    """The owner, who reads Spanish."""
    app, people = served()
    browser = visitor(app, people.owner)
    browser.headers["Accept-Language"] = "es"
    return browser


@pytest.mark.parametrize("path", [*PATHS, *MORE])
def test_nobody_reads_a_name_that_only_programs_use(spanish: TestClient, path: str) -> None:
    said = read(spanish.get(path, follow_redirects=True).text)
    assert not {code for code in words() if re.search(rf"(?<![\w/.]){re.escape(code)}(?![\w/.])", said)}


def test_codes_are_told_from_words() -> None:
    assert {"relationship", "reply_team", "promoters", "phone", "ticket_events"} <= words()
    assert not words() & {"chat", "web", "tickets"}
