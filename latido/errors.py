"""Everything that can go wrong for a person: what happened, the rule, and the way out.

One tree. The command line turns an error into an exit code, the API into a problem document
(RFC 9457), the web into a page. Messages are `latido.i18n.Message`s, so that the reader's
language is chosen where they are shown, not where they are raised.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import ClassVar

from latido.i18n import Message, _


class LatidoError(Exception):
    """Base of the errors that are meant for people.

    Args:
        message: What happened, with the value and the rule.
        hint: The nearest right answer or the next step, if there is one.
    """

    exit_code: ClassVar[int] = 1
    retry: ClassVar[bool] = False

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else str(self.message)


class UsageError(LatidoError):
    """The request itself does not make sense (a bad option, an impossible combination)."""

    exit_code = 2


class UnknownNameError(UsageError):
    """A name that nothing has, answered with the names that come closest."""

    @classmethod
    def among(cls, kind: Message, name: str, known: Iterable[str]) -> UnknownNameError:
        """Build the error for `name`, which is not one of `known`."""
        names = sorted(known)
        near = get_close_matches(name.lower(), names, n=3, cutoff=0.5)
        hint = (
            _("Did you mean {names}?", names=", ".join(near))
            if near
            else _("Known: {names}.", names=", ".join(names) or "—")
        )
        return cls(_("There is no {kind} called “{name}”.", kind=kind, name=name), hint)


class InputError(LatidoError):
    """A file, a row or a value from outside that cannot be read as what it claims to be."""

    exit_code = 3


class UnsureError(InputError):
    """latido has a guess but will not import on it without a person's word."""

    exit_code = 4


class ConfigError(LatidoError):
    """The workspace's settings are missing or contradict themselves."""

    exit_code = 5


class StoreError(LatidoError):
    """The lake cannot be read or written; what was there before is still there."""

    exit_code = 6


class BusyError(StoreError):
    """Somebody else is writing; trying again later can help."""

    exit_code = 7
    retry = True


class ProtectedError(LatidoError):
    """Answering would reveal what a small group of people said."""

    exit_code = 8


class EngineError(LatidoError):
    """The engine that computes is not there, does not fit, or failed; the data are untouched."""

    exit_code = 9
    retry = True


class NotSignedInError(LatidoError):
    """Nobody is signed in, and what was asked is not for everybody."""


class ForbiddenError(LatidoError):
    """Whoever asks is known, and may not do this."""


class TooManyAttemptsError(LatidoError):
    """Too many failures in a row; waiting helps.

    Args:
        message: What happened.
        seconds: How long to wait.
    """

    retry = True

    def __init__(self, message: Message, seconds: int, hint: Message | None = None) -> None:
        super().__init__(message, hint)
        self.seconds = seconds


class ExpiredError(LatidoError):
    """A link or a sign-in that was begun is used up or too old."""


class ProviderError(LatidoError):
    """The company's identity provider does not answer, or says what cannot be trusted."""

    retry = True


class FieldError(UsageError):
    """One field of a form or a request that cannot be as it was given.

    Args:
        field: Its name.
        message: The rule that it breaks.
        hint: The way out.
    """

    def __init__(self, field: str, message: Message, hint: Message | None = None) -> None:
        super().__init__(message, hint)
        self.field = field


class StateError(LatidoError):
    """The database of people, sessions and the audit trail cannot be read or written."""

    exit_code = 10
    retry = True


class StaleError(UsageError):
    """Somebody else has changed it since it was read; what they wrote still stands."""
