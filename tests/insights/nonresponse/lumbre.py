"""The simulated company's surveys as canonical tables: who was asked, who answered, and what the silent thought."""

from __future__ import annotations

from functools import cache
from typing import Any

import ibis
import numpy as np
import pandas as pd

from latido.demo.company import Company, nps, simulate
from latido.demo.effects import NONE, PLANTED
from latido.demo.surveys import CSAT, KINDS, RELATIONSHIP, SCALES, SURVEYS, TICKET
from latido.demo.world import END
from latido.facts.catalog import Derived
from latido.model import TABLES

KIND_OF = {RELATIONSHIP: "nps", CSAT: "csat"}


@cache
def company(*, planted: bool = True) -> Company:
    """The company, with everything planted or with nothing to find."""
    return simulate(seed=7, scale=0.3, effects=PLANTED if planted else NONE)


@cache
def tables(survey: int, *, planted: bool = True) -> Derived:
    """Its customers, tickets, and invitations to one survey with the answers that came."""
    here = company(planted=planted)
    made = {"customers": _customers(here), "tickets": _tickets(here), **_asks(here, survey)}
    return Derived({name: _table(name, rows) for name, rows in made.items()}.get)


def of_everybody(survey: int, *, planted: bool = True) -> float:
    """The score of all whom an invitation reached, whether they answered or not."""
    asks = company(planted=planted).asks
    score = asks.score[(asks.survey == survey) & ~asks.bounced]
    return nps(score) if survey == RELATIONSHIP else float(100 * (score >= 4).mean())


def _customers(here: Company) -> pd.DataFrame:
    people = here.people
    return pd.DataFrame({"customer_id": _names("c", np.arange(len(people))), "created": _instants(people.joined),
                         "segment": people.segment.astype(str), "country": people.country.astype(str)})  # fmt: skip


def _tickets(here: Company) -> pd.DataFrame:
    asked, outcome = here.tickets.asked, here.tickets.outcome
    done = outcome.solved < END
    return pd.DataFrame({
        "ticket_id": _names("t", np.arange(len(asked))), "customer_id": _names("c", asked.customer),
        "created": _instants(asked.created), "solved": _instants(outcome.solved).where(done),
        "status": np.where(done, "solved", "open"), "reopens": outcome.reopens, "reassignments": outcome.transfers,
    })  # fmt: skip


def _asks(here: Company, survey: int) -> dict[str, pd.DataFrame]:
    asks = here.asks.take(here.asks.survey == survey)
    single = asks.subject == TICKET
    about = np.where(single, _names("t", asks.about), None)
    sent = pd.DataFrame({
        "ask_id": _names("i", np.arange(len(asks))), "survey": SURVEYS[survey], "kind": KINDS[survey],
        "customer_id": _names("c", asks.customer), "asked": _instants(asks.asked), "bounced": asks.bounced,
        "subject": np.where(single, "ticket", "relationship"), "subject_id": about,
    })  # fmt: skip
    low, high = SCALES[survey]
    own = sent[["ask_id", "survey", "kind", "customer_id", "subject", "subject_id"]]
    given = own.assign(answer_id="a" + own.ask_id, score=asks.score.astype(float), scale_low=float(low),
                       scale_high=float(high), answered=_instants(asks.answered))  # fmt: skip
    return {"asks": sent, "answers": given[asks.replied]}


def _names(letter: str, numbers: Any) -> Any:
    return np.char.add(letter, numbers.astype(str)).astype(object)


def _instants(epoch: Any) -> pd.Series[Any]:
    return pd.Series(pd.to_datetime(np.minimum(epoch, END), unit="s", utc=True))


def _table(name: str, rows: pd.DataFrame) -> Any:
    import pyarrow as pa

    declared = {c.name: c.type.arrow for c in TABLES[name].columns}
    schema = pa.schema([pa.field(column, declared[column]) for column in rows.columns])
    return ibis.memtable(pa.Table.from_pandas(rows, schema, preserve_index=False))
