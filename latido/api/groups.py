"""The headings that the reference stands under."""

from latido.i18n import _

FIGURES = _("Figures")
DATA = _("Data in and out")
RECORDS = _("Tickets and customers")
SELF = _("The asker and the server")
GROUPS = (FIGURES, RECORDS, DATA, SELF)
