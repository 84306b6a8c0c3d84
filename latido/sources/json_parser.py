"""Reading a JSON text value by value, keeping only the one at hand in memory."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from latido.errors import InputError
from latido.i18n import Message, _

HEAD = 1 << 16
LONGEST_VALUE = 64 * 10**6  # characters of one record


@dataclass(frozen=True)
class Broken:
    """A stretch of a JSON file that is not valid."""

    text: str
    reason: Message


class Parser:
    """Reads values of a JSON text one after another, keeping only the one at hand in memory."""

    def __init__(self, text: TextIO, name: str) -> None:
        self._text, self._name = text, name
        self._buffer, self._at, self._ended = "", 0, False
        self._decoder = json.JSONDecoder()

    def records(self, key: str | None) -> Iterator[Any]:
        """The records, `Broken` for what is not valid."""
        start = self._peek()
        if start == "[":
            yield from self._array()
        elif key is None:
            yield from self._lines(None)
        elif start == "{":
            yield from (value for name, value in self._members() if name == key or isinstance(value, Broken))
            yield from self._lines(key)

    def _lines(self, key: str | None) -> Iterator[Any]:
        """Values one after another: JSON Lines, or objects simply put in a row."""
        while self._peek():
            value = self._value(line=True)
            if key is not None and isinstance(value, dict):
                yield from value.get(key) or ()
            else:
                yield value

    def arrays(self) -> dict[str, int]:
        """Names and lengths of the arrays of objects in the one object that the text is; none in any other text."""
        if self._peek() != "{":
            return {}
        counts = Counter(name for name, value in self._members() if name is not None and isinstance(value, dict))
        return {} if self._peek() else dict(counts)

    def _members(self) -> Iterator[tuple[str | None, Any]]:
        """Elements of the arrays in the object at hand, each with the array's name; other members are skipped."""
        self._at += 1
        while self._peek() not in {"}", ""}:
            name = self._value()
            if isinstance(name, Broken) or self._peek() != ":":
                yield None, name if isinstance(name, Broken) else self._rest()
                return
            self._at += 1
            if self._peek() == "[":
                yield from ((name, value) for value in self._array())
            elif isinstance(value := self._value(), Broken):
                yield None, value
                return
            if self._peek() == ",":
                self._at += 1
        self._at += 1

    def _array(self) -> Iterator[Any]:
        self._at += 1
        while (here := self._peek()) != "]":
            value = self._value() if here else self._rest()
            yield value
            if isinstance(value, Broken):
                return
            if self._peek() == ",":
                self._at += 1
        self._at += 1

    def _value(self, *, line: bool = False) -> Any:
        """The next value; of a broken one the rest of its line, or of the file, is consumed."""
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError:
                if (line and self._line_ends()) or not self._more():
                    return self._line() if line else self._rest()
            except RecursionError:
                raise InputError(_("{file} is nested too deeply to be data.", file=self._name)) from None
            else:
                if end < len(self._buffer) or not self._more():
                    self._at = end
                    return value

    def _line_ends(self) -> bool:
        return "\n" in self._buffer[self._at :] and not self._spread()

    def _spread(self) -> bool:
        # An object written over several lines opens with a bracket that its first line does not close.
        return self._buffer[self._at : self._buffer.index("\n", self._at)].strip() in {"{", "["}

    def _line(self) -> Broken:
        end = self._buffer.find("\n", self._at)
        end = len(self._buffer) if end < 0 else end
        text, self._at = self._buffer[self._at : end], end
        return Broken(text.rstrip("\r"), _("This is not valid JSON."))

    def _rest(self) -> Broken:
        while self._more():
            pass
        text, self._at = self._buffer[self._at :], len(self._buffer)
        return Broken(text, _("The file breaks off or is not valid JSON from here on."))

    def _peek(self) -> str:
        """The next character that is not white space; empty at the end."""
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in " \t\r\n\ufeff\x1e":
                self._at += 1
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def _more(self) -> bool:
        """Read on, at least doubling what is at hand, so that a long value costs linear time."""
        if self._ended:
            return False
        self._buffer, self._at = self._buffer[self._at :], 0
        if len(self._buffer) > LONGEST_VALUE:
            raise InputError(
                _("{file} has a record of more than {limit} MB.", file=self._name, limit=LONGEST_VALUE // 10**6)
            )
        block = self._text.read(max(HEAD, len(self._buffer)))
        self._buffer += block
        self._ended = not block
        return bool(block)
