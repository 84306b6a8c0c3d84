"""All sources, once: named formats first, the generic one last."""

from __future__ import annotations

from collections.abc import Sequence

from latido.errors import UnknownNameError
from latido.i18n import _
from latido.sources.generic import Generic
from latido.sources.google_forms import GoogleForms
from latido.sources.qualtrics import Qualtrics
from latido.sources.servicenow import ServiceNow
from latido.sources.shopify import Shopify
from latido.sources.source import Delivery, Source
from latido.sources.typeform import Typeform
from latido.sources.zendesk import Zendesk

SOURCES: tuple[Source, ...] = (
    Zendesk(),
    ServiceNow(),
    Qualtrics(),
    Typeform(),
    GoogleForms(),
    Shopify(),
    Generic(),
)


def recognise(deliveries: Sequence[Delivery]) -> Source:
    """The source that is surest that these files are its own."""
    return max(SOURCES, key=lambda known: known.recognise(deliveries))


def source(name: str) -> Source:
    """The source of this name, or an error that names the nearest ones."""
    for known in SOURCES:
        if known.name == name:
            return known
    raise UnknownNameError.among(_("source"), name, (known.name for known in SOURCES))
