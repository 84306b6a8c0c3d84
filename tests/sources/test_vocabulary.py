import pyarrow as pa
import pytest

from latido.model import TABLES
from latido.model.tickets import CHANNELS, PRIORITIES, STATUSES
from latido.sources.scales import normal
from latido.sources.vocabulary import SYNONYMS, allowed_values, bare, canonical, words


@pytest.mark.parametrize(
    ("word", "allowed", "meant"),
    [
        ("Correo electrónico", CHANNELS, "email"),
        ("WhatsApp", CHANNELS, "messaging"),
        ("Teléfono", CHANNELS, "phone"),
        ("1 - Critical", PRIORITIES, "urgent"),
        ("En curso", STATUSES, "open"),
        ("Awaiting User Info", STATUSES, "pending"),
        ("closed", STATUSES, "closed"),
        ("fax", CHANNELS, "fax"),
    ],
)
def test_foreign_words_become_ours_and_unknown_ones_stay(word, allowed, meant):
    assert canonical(pa.array([word, None]), allowed).to_pylist() == [meant, None]


@pytest.mark.parametrize("allowed", sorted({c.allowed for t in TABLES.values() for c in t.columns if c.allowed}))
def test_every_allowed_value_means_itself(allowed):
    assert {value: words(allowed)[bare(value)] for value in allowed} == {value: value for value in allowed}


def test_synonyms_are_written_normalised_and_of_values_that_exist():
    known = {value for t in TABLES.values() for c in t.columns for value in c.allowed}
    assert set(SYNONYMS) <= known
    assert [w for listed in SYNONYMS.values() for w in listed.split("|") if w != normal(w)] == []


def test_an_events_value_is_what_its_kind_says():
    assert allowed_values("ticket_events", "value", (), "status") == STATUSES
    assert allowed_values("ticket_events", "value", (), "assignment") == ()
    assert allowed_values("tickets", "status", STATUSES) == STATUSES
