"""A property that is computed once per object, while other objects of the class go on."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event, Thread

from latido.metrics.lazy import lazy


@dataclass(frozen=True)
class Slow:
    """Computes when it may."""

    begun: Event
    may: Event

    @lazy
    def answer(self) -> object:
        """Something."""
        self.begun.set()
        assert self.may.wait(10)
        return object()


def free() -> Slow:
    """One that computes at once."""
    slow = Slow(Event(), Event())
    slow.may.set()
    return slow


def test_it_is_computed_once() -> None:
    one = free()
    assert one.answer is one.answer


def test_each_object_has_its_own() -> None:
    assert free().answer is not free().answer


def test_one_object_does_not_wait_for_another() -> None:
    slow = Slow(Event(), Event())
    computing = Thread(target=lambda: slow.answer)
    computing.start()
    slow.begun.wait(10)
    assert free().answer is not None
    slow.may.set()
    computing.join(10)
    assert not computing.is_alive()


def test_of_the_class_it_is_what_it_was_declared_as() -> None:
    assert Slow.answer.__doc__ == "Something."
