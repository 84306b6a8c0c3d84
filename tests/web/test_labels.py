"""How what can be good or bad looks."""

from __future__ import annotations

from latido.model.tickets import ROLES, STATUSES
from latido.web import labels
from latido.workspace.bands import BANDS


def test_every_role_has_an_icon_and_every_tone_a_status() -> None:
    assert (set(labels.ROLE_ICONS), set(labels.STATUS_TONES) - set(STATUSES)) == (set(ROLES), set())


def test_every_band_has_a_look() -> None:
    assert [name for name, _label in labels.bands()] == [*BANDS, "none"]
    assert all(labels.band(name) for name in BANDS)
    assert labels.band(None) is None
