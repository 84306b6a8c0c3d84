"""Engines by their URLs: one file each."""
