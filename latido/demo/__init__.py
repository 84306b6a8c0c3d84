"""Lumbre Hogar, an invented home-energy company: two years of it, written in other systems' formats."""

from latido.demo.generate import generate
from latido.demo.manifest import Group, Manifest

__all__ = ["Group", "Manifest", "generate"]
