"""What is derived from the canonical tables: one row per ticket, cycle, reply, answer and customer.

Plain Ibis expressions in the portable subset of `facts/expr.py`. They are built once, at import,
for what the import touched; figures read facts, never events.
"""
