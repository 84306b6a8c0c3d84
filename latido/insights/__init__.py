"""From figures to understanding: what moved, what it moves with, and how clear that is."""
