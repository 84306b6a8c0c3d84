"""Examples enough to find a slip, few enough to stay quick; a slow first import is no failure."""

from hypothesis import settings

settings.register_profile("latido", deadline=None, max_examples=60)
settings.load_profile("latido")
