"""What goes together: rank correlations between metrics at a stated grain, judged together."""

from latido.insights.correlation.correlation import Correlations, correlation
from latido.insights.correlation.pair import Bin, Delay, Pair, Within
from latido.insights.correlation.usual import fits, linked, usual

__all__ = ["Bin", "Correlations", "Delay", "Pair", "Within", "correlation", "fits", "linked", "usual"]
