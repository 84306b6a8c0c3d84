"""Answers with the ticket, team and customer they are about; invitations with what came of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from latido.facts.expr import extras, first_known, flag, join_columns, when
from latido.facts.tickets import CUSTOMER_DIMENSIONS

ABOUT_TICKET = ("topic", "subtopic", "product", "priority", "agent_id")
TOP_OF_SCALE = {(0, 1): 1, (1, 2): 2, (1, 3): 3, (1, 4): 3, (1, 5): 4, (1, 7): 6, (0, 10): 9, (1, 10): 9}


def answer_facts(tables: Mapping[str, Any]) -> Any:
    """One row per answer, with team and agent as they were when the ticket was solved.

    Returns:
        The answer's columns; `scale` (`1-5`), `better` (the score turned so that higher is better),
        `positive` (1 where the score is a positive of its scale: yes; 3 of 3; 4–5 of 5; 6–7 of 7;
        9–10 of 10), `survey_kind` (relationship, transactional or blind), `rated_brand` (brand of a
        blind answer); the ticket's and the customer's dimensions.
    """
    answers = tables["answers"]
    low, high = _scale(answers)
    turned = answers.polarity == "lower_better"
    facts = answers.mutate(
        scale_low=low,
        scale_high=high,
        scale=_scale_name(low, high),
        better=ibis.ifelse(turned.fill_null(False), low + high - answers.score, answers.score),
        survey_kind=_survey_kind(answers),
        rated_brand=when(answers.blind, answers.brand),
        answered=first_known(answers.answered, answers.asked),
    )
    facts = facts.mutate(positive=_positive(facts), comment_given=flag(facts.comment.notnull()))
    facts = _with_ticket(facts, tables["ticket_facts"])
    customers = tables["customers"]
    wanted = {c: c for c in (*CUSTOMER_DIMENSIONS, *extras(customers)) if c not in facts.columns}
    return join_columns(facts, customers, "customer_id", wanted)


def ask_facts(tables: Mapping[str, Any]) -> Any:
    """One row per invitation: whether and when it was answered, and how its own question was.

    An answer belongs to the invitation that it names, else to the last one that the same customer
    got for the same survey and subject before it. A row without score and comment is no answer.

    Returns:
        The invitation's columns; `answered` (null where nobody did), `replied`, `better` and
        `positive` of the answer to the question of the invitation's kind; the dimensions of the
        ticket and the customer asked, so that who did not answer has them too.
    """
    asks, answers = tables["asks"], tables["answer_facts"]
    given = _with_ask(answers.filter(answers.score.notnull() | answers.comment.notnull()), asks)
    # One row per invitation, whatever the number of its questions.
    given = join_columns(given, asks, "_ask", {"_main": "kind"}, key="ask_id")
    mine = (given.kind == given["_main"]).fill_null(False)
    came = given.group_by("_ask").agg(
        answered=given.answered.min(), better=when(mine, given.better).max(), positive=when(mine, given.positive).max()
    )
    facts = asks.left_join(came, asks.ask_id == came["_ask"]).drop("_ask")
    facts = facts.mutate(replied=flag(facts.answered.notnull()), positive=facts.positive.fill_null(0))
    facts = _with_ticket(facts.mutate(team=ibis.null("string")), tables["ticket_facts"])
    customers = tables["customers"]
    wanted = {c: c for c in (*CUSTOMER_DIMENSIONS, *extras(customers)) if c not in facts.columns}
    return join_columns(facts, customers, "customer_id", wanted)


def _with_ask(answers: Any, asks: Any) -> Any:
    """Answers with the invitation that each belongs to, as `_ask`."""
    alone = answers.filter(answers.ask_id.isnull()).select("answer_id", "answered", "wave", _key=_ask_key(answers))
    sent = asks.select(_sent="ask_id", _asked="asked", _wave="wave", _theirs=_ask_key(asks))
    pairs = alone.join(sent, alone["_key"] == sent["_theirs"])
    in_time = (pairs["_asked"] <= pairs.answered).fill_null(True)
    pairs = pairs.filter(in_time & (pairs.wave == pairs["_wave"]).fill_null(True))
    window = ibis.window(group_by="answer_id", order_by=["_asked", "_sent"])
    pairs = pairs.mutate(_next=pairs["_sent"].nullif("").lead().over(window))
    last = pairs.filter(pairs["_next"].isnull())
    found = join_columns(answers, last, "answer_id", {"_last": "_sent"})
    return found.mutate(_ask=first_known(found.ask_id, found["_last"])).drop("_last")


def _ask_key(rows: Any) -> Any:
    """Survey, customer and subject in one text; null where the customer is unknown."""
    return rows.survey.fill_null("") + "\x1f" + rows.customer_id + "\x1f" + rows.subject_id.fill_null("")


def _scale(answers: Any) -> tuple[Any, Any]:
    """The scale's ends: as stated, else the settled ones of the question's kind."""
    usual = {"nps": (0, 10), "enps": (0, 10), "recommend": (0, 1)}
    low = ibis.cases(*((answers.kind == k, float(v[0])) for k, v in usual.items()), else_=1.0)
    high = ibis.cases(*((answers.kind == k, float(v[1])) for k, v in usual.items()), else_=5.0)
    return first_known(answers.scale_low, low), first_known(answers.scale_high, high)


def _scale_name(low: Any, high: Any) -> Any:
    return low.cast("int64").cast("string") + "-" + high.cast("int64").cast("string")


def _survey_kind(answers: Any) -> Any:
    """Relationship, transactional and blind answers are never merged."""
    single = answers.subject.isin(("ticket", "order", "stage"))
    return ibis.cases(
        (answers.blind.fill_null(False), "blind"), (single.fill_null(False), "transactional"), else_="relationship"
    )


def _positive(facts: Any) -> Any:
    top = ibis.cases(
        *(((facts.scale_low == a) & (facts.scale_high == b), float(t)) for (a, b), t in TOP_OF_SCALE.items()),
        else_=facts.scale_low + (facts.scale_high - facts.scale_low) * 0.75,
    )
    return when(facts.better.notnull(), ibis.ifelse(facts.better >= top, 1, 0).cast("int64"))


def _with_ticket(facts: Any, tickets: Any) -> Any:
    about = facts.mutate(_ticket=when(facts.subject == "ticket", facts.subject_id))
    brought = {f"_t_{c}": c for c in ("team", "channel", *ABOUT_TICKET)}
    picked = tickets.select(_key="ticket_id", **brought)
    joined = about.left_join(picked, about["_ticket"] == picked["_key"]).drop("_key", "_ticket")
    merged = {
        "team": first_known(joined.team, joined["_t_team"]),
        "ticket_channel": joined["_t_channel"],
        "channel": first_known(joined.channel, joined["_t_channel"]),
        **{c: joined[f"_t_{c}"] for c in ABOUT_TICKET},
    }
    return joined.mutate(**merged).drop(*brought)
