"""All metrics, once."""

from latido.errors import UnknownNameError
from latido.i18n import _
from latido.metrics.agent_touches import AGENT_TOUCHES
from latido.metrics.agent_work_time import AGENT_WORK_TIME
from latido.metrics.backlog import BACKLOG
from latido.metrics.behaviour_patterns import BEHAVIOUR_PATTERNS
from latido.metrics.campaign_effect import CAMPAIGN_EFFECT
from latido.metrics.ces import CES
from latido.metrics.churn_rate import CHURN_RATE
from latido.metrics.churn_reasons import CHURN_REASONS
from latido.metrics.clv import CLV
from latido.metrics.csat import CSAT
from latido.metrics.csat_of_asked import CSAT_OF_ASKED
from latido.metrics.engagement import ENGAGEMENT
from latido.metrics.enps import ENPS
from latido.metrics.esat import ESAT
from latido.metrics.first_contact_resolution import FIRST_CONTACT_RESOLUTION
from latido.metrics.first_reply_time import FIRST_REPLY_TIME
from latido.metrics.mention_response_time import MENTION_RESPONSE_TIME
from latido.metrics.metric import Metric
from latido.metrics.next_reply_time import NEXT_REPLY_TIME
from latido.metrics.nps import NPS
from latido.metrics.nps_gap import NPS_GAP
from latido.metrics.on_hold_time import ON_HOLD_TIME
from latido.metrics.one_touch_rate import ONE_TOUCH_RATE
from latido.metrics.recommendation_rate import RECOMMENDATION_RATE
from latido.metrics.reopen_rate import REOPEN_RATE
from latido.metrics.repurchase_rate import REPURCHASE_RATE
from latido.metrics.requester_wait_time import REQUESTER_WAIT_TIME
from latido.metrics.resolution_time import RESOLUTION_TIME
from latido.metrics.response_rate import RESPONSE_RATE
from latido.metrics.retention import RETENTION
from latido.metrics.sla_attainment import SLA_ATTAINMENT
from latido.metrics.social_mentions import SOCIAL_MENTIONS
from latido.metrics.ticket_volume import TICKET_VOLUME
from latido.metrics.transfer_rate import TRANSFER_RATE
from latido.metrics.turnover_rate import TURNOVER_RATE
from latido.metrics.unresolved_after import UNRESOLVED_AFTER

METRICS: dict[str, Metric] = {
    m.name: m
    for m in (
        FIRST_REPLY_TIME,
        NEXT_REPLY_TIME,
        RESOLUTION_TIME,
        UNRESOLVED_AFTER,
        REQUESTER_WAIT_TIME,
        AGENT_WORK_TIME,
        ON_HOLD_TIME,
        AGENT_TOUCHES,
        ONE_TOUCH_RATE,
        FIRST_CONTACT_RESOLUTION,
        TRANSFER_RATE,
        REOPEN_RATE,
        TICKET_VOLUME,
        BACKLOG,
        SLA_ATTAINMENT,
        CSAT,
        CSAT_OF_ASKED,
        RESPONSE_RATE,
        NPS,
        NPS_GAP,
        CES,
        CHURN_RATE,
        CHURN_REASONS,
        RETENTION,
        CLV,
        REPURCHASE_RATE,
        RECOMMENDATION_RATE,
        ENGAGEMENT,
        BEHAVIOUR_PATTERNS,
        SOCIAL_MENTIONS,
        MENTION_RESPONSE_TIME,
        CAMPAIGN_EFFECT,
        TURNOVER_RATE,
        ESAT,
        ENPS,
    )
}


def metric(name: str) -> Metric:
    """The metric of this name, or an error that names the nearest ones."""
    if name not in METRICS:
        raise UnknownNameError.among(_("metric"), name, METRICS)
    return METRICS[name]
