"""Which status an error is."""

from __future__ import annotations

from latido.errors import (
    BusyError,
    EngineError,
    ExpiredError,
    FieldError,
    ForbiddenError,
    InputError,
    LatidoError,
    NotSignedInError,
    ProtectedError,
    ProviderError,
    StateError,
    StoreError,
    TooManyAttemptsError,
    UnknownNameError,
    UsageError,
)

# The nearest class counts: an unknown name is a usage error too.
_STATUS: tuple[tuple[type[LatidoError], int], ...] = (
    (NotSignedInError, 401),
    (ForbiddenError, 403),
    (ProtectedError, 403),
    (UnknownNameError, 404),
    (ExpiredError, 410),
    (FieldError, 422),
    (TooManyAttemptsError, 429),
    (ProviderError, 502),
    (UsageError, 400),
    (InputError, 422),
    (BusyError, 503),
    (StoreError, 503),
    (StateError, 503),
    (EngineError, 503),
)


def status_of(error: LatidoError) -> int:
    """The HTTP status of an error; 500 for settings that are wrong."""
    return next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
