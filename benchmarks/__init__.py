"""Measurements that the documentation quotes: speed, memory, and how often intervals hold the truth."""
