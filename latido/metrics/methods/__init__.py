"""The statistics that metrics share: which sums the engine gives, and what they become."""

from latido.metrics.methods.counts import Count, Parts, Rate, Snapshot
from latido.metrics.methods.duration import Curve, Duration
from latido.metrics.methods.means import Mean
from latido.metrics.methods.shares import Composition, Points, Share

__all__ = ["Composition", "Count", "Curve", "Duration", "Mean", "Parts", "Points", "Rate", "Share", "Snapshot"]
