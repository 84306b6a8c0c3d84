"""Who somebody is here, whom an identity provider vouches for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latido.errors import ForbiddenError
from latido.i18n import _

if TYPE_CHECKING:
    from latido.config.settings import OidcSettings
    from latido.http.oidc import Subject
    from latido.state import Person, State


def welcome(state: State, settings: OidcSettings, subject: Subject) -> Person:
    """The person: known from before, invited by their address, or new where the settings let anybody in.

    Args:
        state: Where people are known.
        settings: Which addresses may come in, and what new people become.
        subject: By the provider's word.

    Raises:
        ForbiddenError: They may not come in.
    """
    _check_domain(settings, subject)
    with state.transaction(alone=True):
        known = state.providers.person(subject.issuer, subject.id)
        person = known or _linked(state, settings, subject)
    if not person.active:
        raise ForbiddenError(_("You may not sign in here any more."), _("An owner can let you in again."))
    return person


def _linked(state: State, settings: OidcSettings, subject: Subject) -> Person:
    """The one of this address, now known by the provider's number: addresses change hands, numbers do not."""
    person = state.people.by_email(subject.email) if subject.email else None
    if person and state.providers.knows(subject.issuer, person):
        rule = _("Somebody else signed in with {email} before.", email=subject.email)
        raise ForbiddenError(rule, _("An owner can change that address."))
    return state.providers.link(subject.issuer, subject.id, person or _new(state, settings, subject))


def _new(state: State, settings: OidcSettings, subject: Subject) -> Person:
    if not subject.email:
        raise ForbiddenError(_("{name} does not vouch for your e-mail address.", name=settings.name))
    if settings.role is None:
        raise ForbiddenError(_("Nobody has invited {email}.", email=subject.email), _("An owner can."))
    return state.people.add(subject.name or subject.email, subject.email, settings.role, joined=True)


def _check_domain(settings: OidcSettings, subject: Subject) -> None:
    domain = subject.email.rpartition("@")[2].casefold()
    if settings.domains and domain not in {allowed.casefold() for allowed in settings.domains}:
        raise ForbiddenError(
            _("People of “{domain}” do not sign in here this way.", domain=domain or "—"),
            _("Known: {names}.", names=", ".join(settings.domains)),
        )
