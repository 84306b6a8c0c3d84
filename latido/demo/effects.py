"""The truths that are planted, each with its size.

Every field is written so that 0 means "no effect": `NONE` is the same company with nothing to
find. The sizes are explained, with where to look for them, in `docs/demo.md`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields


@dataclass(frozen=True)
class Effects:
    """Sizes of the planted effects.

    Waits enter as `log2(1 + business hours)`: a coefficient is what each doubling costs.
    Logits are natural; shares are absolute.
    """

    # Waiting drives effort (ease, 1–7).
    ease_per_first_reply: float = -0.30
    ease_per_resolution: float = -0.26
    ease_per_transfer: float = -0.50
    ease_per_reopen: float = -0.40
    ease_per_touch: float = -0.10
    ease_unsolved: float = -0.60
    ease_double_charge: float = -0.50
    # Effort drives satisfaction (1–5), satisfaction drives recommendation (0–10).
    satisfaction_per_ease: float = 0.55
    satisfaction_per_agent: float = 0.35
    recommendation_per_satisfaction: float = 1.60
    relation_per_satisfaction: float = 1.40
    # Recommendation drives churn: logit of leaving in a month, per point of 0–10.
    churn_per_point: float = -0.45
    # The outage: one region, nine days.
    outage_volume: float = 2.0
    outage_wait: float = 1.10
    outage_wait_elsewhere: float = 0.25
    outage_shock: float = -1.0
    # The triage bot.
    bot_transfers: float = 0.12
    # The training of one team.
    training_touches: float = -0.30
    training_repeats: float = -0.50
    # The double charge after each tariff change.
    billing_volume: float = 1.2
    # Seasons.
    heating_winter: float = 0.85
    monday: float = 0.35
    winter_wait: float = 0.15
    # Unhappy people answer less: logit per point of satisfaction or recommendation, and per
    # bad ticket of the last months, which behaviour shows even in those who stay silent.
    answer_per_satisfaction: float = 0.35
    answer_per_point: float = 0.14
    answer_per_bad_ticket: float = -0.80
    # A late installation costs recommendation, per week beyond the promise.
    order_per_late_week: float = -0.9
    # The campaign on social networks.
    campaign_volume: float = 3.0


PLANTED = Effects()
NONE = Effects(**{f.name: 0.0 for f in fields(Effects)})


def sizes(effects: Effects) -> dict[str, float]:
    """Name and size of every effect."""
    return asdict(effects)
