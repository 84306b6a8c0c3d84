"""Who does not answer, and a score weighted for them."""

from latido.insights.nonresponse.nonresponse import METRICS, Nonresponse, Scored, nonresponse

__all__ = ["METRICS", "Nonresponse", "Scored", "nonresponse"]
