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
    """One row per invitation: whether it was answered, and whether the answer was a positive.

    An answer belongs to an invitation by `ask_id`, else by survey, customer and subject.
    """
    asks, answers = tables["asks"], tables["answer_facts"]
    answered = answers.mutate(_ask=first_known(answers.ask_id, _ask_key(answers)))
    # One row per invitation, whatever the number of its questions.
    came = answered.group_by("_ask").agg(
        positive=answered.positive.max(), answered=answered.answered.min(), team=answered.team.max(),
        agent_id=answered.agent_id.max(), topic=answered.topic.max(),
    )  # fmt: skip
    keyed = asks.mutate(_by_id=asks.ask_id, _by_key=_ask_key(asks))
    for key, suffix in (("_by_id", "1"), ("_by_key", "2")):
        match = came.select(_k="_ask", **{f"{c}{suffix}": came[c] for c in came.columns if c != "_ask"})
        keyed = keyed.left_join(match, keyed[key] == match["_k"]).drop("_k")
    both = {c: first_known(keyed[f"{c}1"], keyed[f"{c}2"]) for c in came.columns if c != "_ask"}
    keyed = keyed.mutate(**both).drop("_by_id", "_by_key", *(f"{c}{s}" for c in both for s in "12"))
    keyed = keyed.mutate(replied=flag(keyed.answered.notnull()), positive=keyed.positive.fill_null(0))
    customers = tables["customers"]
    wanted = {c: c for c in (*CUSTOMER_DIMENSIONS, *extras(customers)) if c not in keyed.columns}
    return join_columns(keyed, customers, "customer_id", wanted)


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
