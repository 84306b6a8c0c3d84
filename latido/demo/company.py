"""The whole company, simulated: everything that the files then tell in foreign formats."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latido.demo.columns import stream
from latido.demo.commerce import Contracts, Orders, draw_contracts, draw_orders
from latido.demo.customers import Customers, draw_customers
from latido.demo.effects import Effects
from latido.demo.experience import Experience, feel
from latido.demo.panels import Panel, StaffAnswers, draw_panel, draw_staff_answers
from latido.demo.relation import Relations, draw_relations
from latido.demo.staff import Staff, draw_staff
from latido.demo.surveys import Asks, draw_asks
from latido.demo.tickets import Tickets, draw_tickets, settled
from latido.demo.traffic import Mentions, Visits, draw_mentions, draw_visits
from latido.demo.world import CUSTOMERS, MENTIONS, PANEL, TICKETS, VISITS

# Contacts of people who had left or not come yet are drawn too, and dropped.
DRAWN_PER_TICKET = 1.35


@dataclass(frozen=True)
class Company:
    """Lumbre Hogar, from 1 July 2024 to 30 June 2026."""

    seed: int
    effects: Effects
    people: Customers
    staff: Staff
    tickets: Tickets
    felt: Experience
    relations: Relations
    contracts: Contracts
    orders: Orders
    asks: Asks
    panel: Panel
    staff_answers: StaffAnswers
    visits: Visits
    mentions: Mentions


def simulate(seed: int, scale: float, effects: Effects) -> Company:
    """The same company for the same seed; `scale` shrinks everything but the staff."""
    everybody = draw_customers(stream(seed, "customers"), max(round(CUSTOMERS * scale), 50))
    staff = draw_staff(stream(seed, "staff"))
    drawn = draw_tickets(seed, everybody, staff, round(TICKETS * DRAWN_PER_TICKET * scale), effects)
    felt = feel(stream(seed, "felt"), drawn, everybody, staff, effects)
    relations = draw_relations(stream(seed, "relations"), everybody, drawn, felt, effects)
    tickets, order = settled(drawn, relations.people)
    felt, people = felt.take(order), relations.people
    orders = draw_orders(stream(seed, "orders"), relations)
    return Company(
        seed=seed,
        effects=effects,
        people=people,
        staff=staff,
        tickets=tickets,
        felt=felt,
        relations=relations,
        contracts=draw_contracts(stream(seed, "contracts"), relations),
        orders=orders,
        asks=draw_asks(stream(seed, "asks"), tickets, felt, orders, relations, effects=effects),
        panel=draw_panel(stream(seed, "panel"), max(round(PANEL * scale), 40)),
        staff_answers=draw_staff_answers(stream(seed, "staff answers"), staff),
        visits=draw_visits(stream(seed, "visits"), people, tickets, orders, round(VISITS * scale)),
        mentions=draw_mentions(stream(seed, "mentions"), people, round(MENTIONS * scale), effects),
    )


def nps(score: np.ndarray) -> float:
    """Net Promoter Score of these answers, −100 to 100."""
    return float(100 * ((score >= 9).mean() - (score <= 6).mean())) if len(score) else float("nan")
