"""What holds for every metric and every reading of it, walked through the catalogue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pandas as pd
import pytest

from latido.errors import UnknownNameError
from latido.facts.catalog import FACTS
from latido.metrics import measure
from latido.metrics.catalog import METRICS, metric
from latido.metrics.measurement import Figure, Measurement
from latido.metrics.methods import Composition, Rate
from latido.metrics.query import Condition
from latido.metrics.settings import Promise, Settings
from latido.metrics.where import dimensions
from latido.model.calendar import Block, BusinessCalendar, Version
from tests.metrics.stories import END, told
from tests.metrics.tables import HOUR, after, answers, asks, derived, mentions, orders, people, subscriptions, table

READINGS = [(m.name, p) for m in METRICS.values() for p in (None, *(p.name for p in m.presets))]
# A comparison is another measurement of the same: one metric of each kind of statistic and table is compared.
KINDS = {(type(metric(n).preset(p).method), metric(n).preset(p).table): (n, p) for n, p in reversed(READINGS)}
# Of these a figure is not over rows of the trace: customers of many visits, events over time, parts of the whole.
NOT_ROW_BY_ROW = {"engagement", "nps_gap", "campaign_effect", "clv"}
OFFICE = BusinessCalendar("office", "UTC", (Version((*((Block(9 * HOUR, 18 * HOUR),),) * 5, (), ())),))
SETTINGS = Settings(
    data_end=END, time_zone="Europe/Madrid", brand="Lumbre", calendars={"office": OFFICE},
    promises=(Promise("all", "first_reply", HOUR, "office"), Promise("all", "resolution", 24 * HOUR)),
)  # fmt: skip


@cache
def company() -> Any:
    """A little of everything, in two countries; some of it in none."""
    where = [("ES", "MX", None)[i % 3] for i in range(60)]
    who = [f"c{i % 12}" for i in range(60)]
    kinds = ["nps", "csat", "ces", "esat", "enps", "recommend"]
    given = answers(
        *[(7 * i) % 11 if i % 5 else None for i in range(60)], kind=[kinds[i // 10] for i in range(60)],
        scale_low=0, scale_high=10, customer_id=who, answered=[after(600 * i) for i in range(60)],
        blind=[i < 5 for i in range(60)], brand=[("Lumbre", "Rival")[i % 2] for i in range(60)], language=where,
    )  # fmt: skip
    bought = [(f"c{i % 12}", f"2023-0{1 + i % 9}-11", 20.0 + i) for i in range(40)]
    visits = [
        {"touchpoint_id": f"v{i}", "customer_id": who[i], "occurred": after(900 * i), "channel": ("web", "app")[i % 2]}
        for i in range(40)
    ]
    spoken = [
        {
            "occurred": after(60 * i), "network": ("x", "fb")[i % 2], "campaign": "light" if i > 20 and i % 2 else None,
            "replied": after(60 * i + 30) if i % 3 else None, "sentiment": ("negative", None)[i % 2],
        }
        for i in range(40)
    ]  # fmt: skip
    contracts = [("2023-02-01", None if i % 3 else f"2024-02-{10 + i}") for i in range(12)]
    staff = [
        {"hired": "2020-01-01", "departed": None if i % 4 else "2024-02-20", "country": where[i]} for i in range(12)
    ]
    countries = [{"customer_id": f"c{i}", "country": where[i], "language": where[i]} for i in range(12)]
    desk = {name: told()[name] for name in ("tickets", "ticket_events", "ticket_facts", "cycle_facts", "reply_facts")}
    return derived({
        **desk, "status_facts": told()["status_facts"], "customers": table("customers", countries), "answers": given,
        "asks": asks(20, kind="csat", customer_id=who[:20], asked=[after(500 * i) for i in range(20)]),
        "orders": orders(*bought, currency="EUR"), "touchpoints": table("touchpoints", visits),
        "mentions": mentions(*spoken),
        "subscriptions": subscriptions(*contracts, reason=["price", None] * 6, churned=[i % 3 == 0 for i in range(12)]),
        "agents": people(*staff),
    })  # fmt: skip


@cache
def whole(name: str, preset: str | None) -> Measurement:
    return measure(name, company(), SETTINGS, preset=preset)


@cache
def rows(name: str, preset: str | None) -> pd.DataFrame:
    return whole(name, preset).trace()


@cache
def dimension(name: str) -> str:
    """One that the metric's rows have, of which some rows have none where there is one."""
    found = metric(name)
    known = {**dimensions(company()[found.table], found)}
    return next(d for d in ("country", "language", "network", "channel", "clock", *known) if d in known)


def counted(figures: tuple[Figure, ...]) -> tuple[float, dict[str, int]]:
    left_out: dict[str, int] = {}
    for figure in figures:
        left_out = {r: left_out.get(r, 0) + figure.left_out.get(r, 0) for r in (*left_out, *figure.left_out)}
    return sum(f.estimate.n for f in figures), left_out


def row_by_row(readings: list[tuple[str, str | None]]) -> list[tuple[str, str | None]]:
    def of_rows(name: str, preset: str | None) -> bool:
        found = metric(name).preset(preset)
        return not (found.protected or isinstance(found.method, Rate) or name in NOT_ROW_BY_ROW)

    return [r for r in readings if of_rows(*r)]


@cache
def nothing() -> Any:
    """All facts, without rows."""
    tables = derived({})
    return derived({name: tables[name].cache() for name in FACTS})


@pytest.mark.parametrize(("name", "preset"), READINGS)
def test_empty_tables_count_nothing(name: str, preset: str | None) -> None:
    found = measure(name, nothing(), preset=preset)
    assert [f.estimate.n for f in found.figures] == [0]


@pytest.mark.parametrize(("name", "preset"), READINGS)
def test_every_reading_answers_all_of_a_question_at_once(name: str, preset: str | None) -> None:
    split = dimension(name)
    somewhere, spring = Condition(split, "!=", ("nowhere",)), {"start": date(2024, 2, 1), "end": date(2024, 5, 1)}
    found = measure(
        name, company(), SETTINGS, preset=preset, by=split, period="month", calendar="office", where=(somewhere,),
        compare="previous" if (name, preset) in KINDS.values() else None, **spring,
    )  # fmt: skip
    assert [f for f in found.figures if f.period is None or (f.estimate.n and split not in f.keys)] == []


@pytest.mark.parametrize(("name", "preset"), row_by_row([(name, None) for name in METRICS]))
def test_groups_add_up_to_the_whole(name: str, preset: str | None) -> None:
    groups = measure(name, company(), SETTINGS, preset=preset, by=dimension(name))
    assert counted(groups.figures) == counted(whole(name, preset).figures)


@pytest.mark.parametrize(("name", "preset"), row_by_row(READINGS))
def test_the_rows_that_count_are_the_n_of_the_figure(name: str, preset: str | None) -> None:
    n, left_out = counted(whole(name, preset).figures)
    found = rows(name, preset)
    assert (found.counted.sum(), found.left_out.notna().sum()) == (n, sum(left_out.values()))


@pytest.mark.parametrize(("name", "preset"), [r for r in READINGS if not metric(r[0]).protected])
def test_each_row_is_in_or_says_why_it_is_out(name: str, preset: str | None) -> None:
    found = rows(name, preset)
    assert (found.counted == found.left_out.isna()).all()


@pytest.mark.parametrize(("name", "preset"), READINGS)
def test_intervals_hold_their_value_and_stay_in_the_metric_s_range(name: str, preset: str | None) -> None:
    low, high = metric(name).preset(preset).range
    estimates = [f.estimate for f in whole(name, preset).figures if f.estimate.known]
    assert [e for e in estimates if e.low < low or e.high > high] == []
    assert [e for e in estimates if e.value < e.low or e.value > e.high] == []


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_has_a_meaning_a_unit_a_source_and_an_interval_in_both_languages(name: str) -> None:
    found = METRICS[name]
    texts = (
        found.label,
        found.formula,
        found.source,
        found.interval,
        *found.traps,
        *(p.meaning for p in found.presets),
    )
    assert all(str(text) for text in texts)
    assert found.unit
    assert found.better in {"higher", "lower", None}


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_names_its_traps(name: str) -> None:
    assert METRICS[name].traps


def test_names_are_what_the_files_are_called() -> None:
    modules = {name: __import__(f"latido.metrics.{name}", fromlist=[name]) for name in METRICS}
    assert all(getattr(module, name.upper()) is METRICS[name] for name, module in modules.items())


@pytest.mark.parametrize("name", METRICS)
def test_no_sample_is_so_small_that_a_preset_would_show_it(name: str) -> None:
    found = METRICS[name]
    assert {found.preset(p.name).min_n for p in found.presets} <= {found.min_n}


def test_an_unknown_metric_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean first_reply_time"):
        metric("first_reply")


def test_a_composition_s_parts_are_all_of_it() -> None:
    parts = whole("behaviour_patterns", None).figure.parts
    assert isinstance(metric("behaviour_patterns").method, Composition)
    assert sum(e.value for e in parts.values()) == pytest.approx(100)


def test_the_settings_least_evidence_holds_for_every_metric() -> None:
    strict = replace(SETTINGS, min_n=10_000)
    assert measure("csat", company(), strict).figures[0].withheld is not None
