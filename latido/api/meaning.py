"""Fields that say what they mean, for the reference in every language."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from latido.i18n import Message


def about(meaning: Message, **more: Any) -> Any:
    """A field of a model with its meaning; the reference translates it.

    Args:
        meaning: One line for people.
        **more: As for `pydantic.Field`.
    """
    return Field(description=meaning.template, **more)
