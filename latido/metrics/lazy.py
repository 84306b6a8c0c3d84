"""Properties that are computed once per object, and keep nobody else waiting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - it stands where `property` would
    """A property that is computed when it is first asked for, and kept in the object.

    `functools.cached_property` takes one lock for all objects of a class, up to Python 3.11. A
    thread that computes one object's property while it waits for the engine, and another that has
    the engine and asks another object for the same property, would wait for each other for ever.
    Here two threads that ask at once both compute, and get the same.

    >>> class Circle:
    ...     radius = 2
    ...
    ...     @lazy
    ...     def area(self):
    ...         return 3 * self.radius**2
    >>> circle = Circle()
    >>> circle.area, vars(circle)
    (12, {'area': 12})
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        self.compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> lazy[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> lazy[T] | T:
        if instance is None:
            return self
        found = self.compute(instance)
        # Not by setattr: frozen dataclasses keep it, too. It is found there from now on, before this descriptor.
        instance.__dict__[self.name] = found
        return found
