"""Which status an error is."""

from __future__ import annotations

import pytest

from latido import errors
from latido.errors import LatidoError
from latido.http.status import status_of
from latido.i18n import Message

SAID = Message("It went wrong.")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.NotSignedInError(SAID), 401),
        (errors.ForbiddenError(SAID), 403),
        (errors.UnknownNameError(SAID), 404),
        (errors.UsageError(SAID), 400),
        (errors.FieldError("name", SAID), 422),
        (errors.InputError(SAID), 422),
        (errors.ExpiredError(SAID), 410),
        (errors.TooManyAttemptsError(SAID, 3), 429),
        (errors.ProviderError(SAID), 502),
        (errors.StateError(SAID), 503),
        (errors.BusyError(SAID), 503),
        (errors.ConfigError(SAID), 500),
    ],
)
def test_an_error_has_its_status(error: LatidoError, status: int) -> None:
    assert status_of(error) == status


def test_no_two_errors_end_a_command_alike() -> None:
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and "exit_code" in vars(kind)]
    assert len({kind.exit_code for kind in kinds}) == len(kinds)
