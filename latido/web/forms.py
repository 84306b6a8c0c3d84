"""What somebody typed into a form, and what of it cannot be: shown again beside the field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from latido.errors import FieldError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.datastructures import FormData

    from latido.errors import LatidoError

SECRET = ("password", "again", "current")


@dataclass(frozen=True)
class Typed:
    """What was typed, without passwords, and what is wrong with it.

    Attributes:
        values: By field.
        error: What is wrong; None for a form that nobody has sent yet.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    error: LatidoError | None = None

    def __getitem__(self, name: str) -> str:
        return next(iter(self.values.get(name, ())), "")

    def has(self, name: str, value: str) -> bool:
        """Whether a choice was made."""
        return value in self.values.get(name, ())

    def wrong(self, name: str) -> FieldError | None:
        """What is wrong with a field."""
        found = self.error
        return found if isinstance(found, FieldError) and found.field == name else None

    @property
    def problem(self) -> LatidoError | None:
        """What is wrong with no field in particular."""
        return None if isinstance(self.error, FieldError) else self.error


def typed(form: FormData, error: LatidoError) -> Typed:
    """A form that is shown again."""
    names = [name for name in form if name not in SECRET]
    return Typed({name: tuple(str(value) for value in form.getlist(name)) for name in names}, error)


def given(**values: str | None) -> Typed:
    """A form that is filled in already."""
    return Typed({name: (value,) for name, value in values.items() if value})


def text(form: FormData, name: str) -> str:
    """What was typed into a field; empty for none."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""
