"""The chain from a contact to a customer who stays: what goes with what, and what a change would be worth."""

from latido.insights.chain.chain import Chained, Path, chain
from latido.insights.chain.declaration import LEVEL_LABELS, Declaration, Part, declaration
from latido.insights.chain.levels import Present
from latido.insights.chain.occasions import Source
from latido.insights.chain.worth import Gain, Worth, asked_of

__all__ = [
    "LEVEL_LABELS", "Chained", "Declaration", "Gain", "Part", "Path", "Present", "Source", "Worth", "asked_of",
    "chain", "declaration",
]  # fmt: skip
