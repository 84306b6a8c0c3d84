"""The settings of the company as fields: where each stands in the file, and what it changes in the figures."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from latido.config.edit import read
from latido.config.lines import Place
from latido.config.settings import PREFIX
from latido.i18n import Message, _
from latido.web import written
from latido.web.written import Choice

if TYPE_CHECKING:
    from latido.web.ask import Ask


def plain(typed: str) -> str | None:
    """A text; None for nothing."""
    return typed.strip() or None


@dataclass(frozen=True)
class Field:
    """One setting on the page.

    Attributes:
        name: Of the field.
        place: In the file.
        label: For people.
        meaning: What it changes in the figures.
        read: What somebody typed → value; None for what there is without it.
        show: Value → what stands in the field.
        usual: What there is without it.
        choices: What there is to choose from.
        free: Whether other things may be written too.
        numeric: Whether a phone should offer digits.
    """

    name: str
    place: Place
    label: Message
    meaning: Message
    read: Callable[[str], Any] = plain
    show: Callable[[Any], str] = str
    usual: str | Message = ""
    choices: Callable[[Ask], Sequence[Choice]] | None = None
    free: bool = True
    numeric: bool = False

    @property
    def variable(self) -> str:
        """The environment variable that counts for more than the file, where there is one."""
        name = (PREFIX + "__".join(map(str, self.place))).upper()
        return name if name in {known.upper() for known in os.environ} else ""


class Group(NamedTuple):
    """Settings under one heading."""

    key: str
    title: Message
    fields: tuple[Field, ...]


def calendars(ask: Ask) -> Sequence[Choice]:
    """Calendars to choose from."""
    return [("", "24x7"), *((name, name) for name in read(ask.workspace.root).data.get("calendars", {}))]


def _currencies(_ask: Ask) -> Sequence[Choice]:
    return written.currencies()


def _zones(_ask: Ask) -> Sequence[Choice]:
    return written.zones()


def _languages(_ask: Ask) -> Sequence[Choice]:
    return written.languages()


def _listed(value: Any) -> str:
    return ", ".join(map(written.told, value))


GROUPS = (
    Group(
        "company",
        _("The company"),
        (
            Field(
                "name",
                ("name",),
                _("Company or team"),
                _("Stands on every page and report. No figure depends on it, unless you leave the brand empty."),
            ),
            Field(
                "brand",
                ("brand",),
                _("Your brand in blind surveys"),
                _(
                    "Where people rate several brands, this one is you: your NPS and your gap to the others "
                    "are computed for it, and targets hold for it alone."
                ),
                usual=_("the company's name"),
            ),
            Field(
                "countries",
                ("countries",),
                _("Countries where you work"),
                _("Codes or names, apart by commas. No figure depends on them."),
                written.countries,
                ", ".join,
            ),
        ),
    ),
    Group(
        "place",
        _("Time, language, money"),
        (
            Field(
                "time_zone",
                ("time_zone",),
                _("Time zone"),
                _(
                    "Says where one day ends and the next begins: what happened at 23:30 can fall on another "
                    "day, week or month. Stamps in files that name no zone are read in it; what is imported "
                    "already stays as it is."
                ),
                usual="UTC",
                choices=_zones,
            ),
            Field(
                "language",
                ("language",),
                _("Language of reports"),
                _("For exports and reports, and for people whose browser asks for neither language."),
                choices=_languages,
                free=False,
            ),
            Field(
                "currency",
                ("currency",),
                _("Currency"),
                _(
                    "Amounts that state no currency take it when they come in, and customers are sorted by what they "
                    "spent in it. Nothing is converted: amounts in other currencies are shown apart."
                ),
                usual="EUR",
                choices=_currencies,
            ),
        ),
    ),
    Group(
        "figures",
        _("What counts"),
        (
            Field(
                "calendar",
                ("calendar",),
                _("Calendar of durations"),
                _(
                    "First reply, resolution and the other times count only the open hours of this calendar. "
                    "With 24x7 every hour counts, so that a question of Friday night takes the whole weekend."
                ),
                choices=calendars,
                free=False,
            ),
            Field(
                "min_n",
                ("min_n",),
                _("Least number of cases"),
                _(
                    "A figure of fewer cases is withheld: it would say more about chance than about you. A "
                    "metric that protects people never goes below its own minimum."
                ),
                written.whole,
                usual=_("each metric's own"),
                numeric=True,
            ),
        ),
    ),
    Group(
        "definitions",
        _("What the definitions leave to you"),
        (
            Field(
                "first_contact_days",
                ("definitions", "first_contact_days"),
                _("Days of a first-contact resolution"),
                _(
                    "A new contact about the same topic within so many days means that the first one did not "
                    "solve it. More days make the rate lower. From 1 to 90."
                ),
                written.whole,
                usual="7",
                numeric=True,
            ),
            Field(
                "unresolved_after",
                ("definitions", "unresolved_after"),
                _("Spans of “unresolved after”"),
                _(
                    "After each of these spans the share of tickets still open is read; the first one is the "
                    "main figure."
                ),
                written.spans,
                _listed,
                usual="1d, 4h, 3d, 7d, 30d",
            ),
            Field(
                "horizon_days",
                ("definitions", "horizon_days"),
                _("Days without a purchase until a customer is lost"),
                _(
                    "For customers without a contract. Fewer days make churn higher; and a second purchase "
                    "counts as repurchase only within them."
                ),
                written.whole,
                usual="365",
                numeric=True,
            ),
            Field(
                "lifespan_years",
                ("definitions", "lifespan_years"),
                _("Years that a customer stays"),
                _("For the customer lifetime value. Leave it empty to take it from your data."),
                written.number,
                usual=_("taken from the data"),
                numeric=True,
            ),
            Field(
                "margin",
                ("definitions", "margin"),
                _("Margin"),
                _(
                    "Share of the revenue that you keep, as 0.35: the customer lifetime value is multiplied "
                    "by it. With 1 it speaks of revenue."
                ),
                written.number,
                usual="1",
                numeric=True,
            ),
        ),
    ),
)
FIELDS = tuple(field for group in GROUPS for field in group.fields)
