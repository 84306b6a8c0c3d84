import pytest

from latido.i18n import _, _n, use
from latido.store.reasons import packed, unpacked


@pytest.mark.parametrize(
    "message",
    [
        _("Nothing was imported."),
        _("{value} is below {low}.", value=-3, low=0.5),
        _n("{count} row", "{count} rows", 3),
        _("{reason} The value was left empty and the row kept.", reason=_("{value} is below {low}.", value=1, low=2)),
    ],
    ids=str,
)
def test_a_message_comes_back_as_it_was(message):
    assert str(unpacked(message.template, packed(message))) == str(message)


def test_a_stored_reason_reads_in_the_language_of_its_reader():
    reason = _("The event ({occurred}) is older than its ticket ({created}).", occurred="1", created="2")
    with use("es"):
        assert str(unpacked(reason.template, packed(reason))) == "El evento (1) es anterior a su ticket (2)."
