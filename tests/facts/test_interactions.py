"""Everything customers do, as one stream."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from tests.metrics.tables import derived, mentions, orders, story, table


@pytest.fixture(scope="module")
def stream() -> pd.DataFrame:
    visit = {
        "touchpoint_id": "1",
        "customer_id": "a",
        "occurred": "2024-03-04 08:00",
        "channel": "web",
        "place": "/home",
    }
    tables: dict[str, Any] = {
        "touchpoints": table("touchpoints", [visit, {**visit, "touchpoint_id": "2", "customer_id": None}]),
        "tickets": table("tickets", [story("1", customer_id="a", channel="chat").ticket]),
        "orders": orders(("a", "2024-03-04 09:30", 5)),
        "mentions": mentions({"occurred": "2024-03-05", "customer_id": "a", "network": "x"}),
        "customers": table("customers", [{"customer_id": "a", "country": "ES"}]),
    }
    frame: pd.DataFrame = derived(tables)["activity_facts"].execute()
    return frame.sort_values("occurred").reset_index(drop=True)


def test_visits_tickets_purchases_and_mentions_are_one_stream(stream: pd.DataFrame) -> None:
    assert stream.activity_id.tolist() == ["v:1", "t:1", "o:o0", "m:m0"]
    assert stream.kind.tolist() == ["visit", "ticket", "order", "mention"]


def test_what_nobody_known_did_is_not_in_it(stream: pd.DataFrame) -> None:
    assert set(stream.customer_id) == {"a"}


def test_a_channel_that_is_not_stated_is_another_one(stream: pd.DataFrame) -> None:
    assert stream.channel.tolist() == ["web", "chat", "other", "social"]


def test_each_interaction_knows_the_one_before(stream: pd.DataFrame) -> None:
    assert stream.previous_kind.tolist()[1:] == ["visit", "ticket", "order"]
    assert stream.waited.tolist()[1:] == [3600, 1800, 52_200]
    assert pd.isna(stream.previous_channel.iloc[0])


def test_the_customer_s_country_comes_along(stream: pd.DataFrame) -> None:
    assert set(stream.country) == {"ES"}


def test_a_mention_knows_how_long_it_waited() -> None:
    given = mentions({"occurred": "2024-03-05 10:00", "replied": "2024-03-05 10:30"}, {"occurred": "2024-03-05"})
    found = derived({"mentions": given})["mention_facts"].execute().set_index("mention_id")
    assert found.reply_seconds.fillna(-1).to_dict() == {"m0": 1800, "m1": -1}
