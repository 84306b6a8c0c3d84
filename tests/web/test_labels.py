"""What values are called for people."""

from __future__ import annotations

import pytest

from latido.i18n import use
from latido.model.tickets import CHANNELS, PRIORITIES, ROLES, STATUSES
from latido.web import labels
from latido.workspace.bands import BANDS


@pytest.mark.parametrize(
    ("told", "declared"),
    [
        (labels.STATUSES, STATUSES),
        (labels.CHANNELS, CHANNELS),
        (labels.PRIORITIES, PRIORITIES),
        (labels.ROLES, ROLES),
        (labels.ROLE_ICONS, ROLES),
    ],
)
def test_every_value_that_a_column_may_take_has_a_name(told: dict[str, object], declared: tuple[str, ...]) -> None:
    assert set(told) == set(declared)


def test_every_band_has_a_look() -> None:
    assert [name for name, _label in labels.bands()] == [*BANDS, "none"]
    assert all(labels.band(name) for name in BANDS)
    assert labels.band(None) is None


def test_a_name_begins_with_a_capital_in_both_languages() -> None:
    with use("es"):
        assert (labels.value("status", "open"), labels.value("channel", "email")) == ("Abierto", "Correo")


def test_a_value_of_ones_own_is_called_as_it_is() -> None:
    assert (labels.value("team", "facturación"), labels.value("status", "weird")) == ("facturación", "weird")
