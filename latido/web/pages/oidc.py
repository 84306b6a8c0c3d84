"""Signing in by the company's identity provider: there, and back."""

from __future__ import annotations

from secrets import compare_digest
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from latido.errors import ExpiredError, UsageError
from latido.http.cookies import DEPARTURE, brief, forget_brief, set_brief
from latido.http.oidc import Provider
from latido.http.welcome import welcome
from latido.i18n import _
from latido.web.ask import inside
from latido.web.page import Page
from latido.web.pages.sign_in import enter

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.web.ask import Ask

HOME = "/sign-in/oidc"


def leave(ask: Ask) -> Response:
    """Go to the provider; a cookie keeps anybody else from coming back in this one's place."""
    provider = _provider(ask)
    left = ask.state.providers.depart(inside(ask.query.get("next")))
    answer = RedirectResponse(provider.address(left), 303)
    set_brief(answer, ask.request, DEPARTURE, left.key, HOME)
    return answer


def come_back(ask: Ask) -> Response:
    """Come back, and in."""
    provider, key = _provider(ask), ask.query.get("state", "")
    if not key or not compare_digest(key.encode(), brief(ask.request, DEPARTURE).encode()):
        raise ExpiredError(_("This sign-in was not begun in this browser, or too long ago."), _("Sign in again."))
    left = ask.state.providers.arrive(key)
    subject = provider.subject(left, dict(ask.query))
    person = welcome(ask.state, provider.settings, subject)
    answer = enter(ask, person, "provider", left.next)
    forget_brief(answer, ask.request, DEPARTURE, HOME)
    return answer


def _provider(ask: Ask) -> Provider:
    settings = ask.workspace.config.access.oidc
    if not settings.issuer:
        raise UsageError(_("No identity provider is set up here."), _("Sign in with a password."))
    return Provider(settings, f"{ask.request.base_url}{HOME.lstrip('/')}/back")


ROUTES = (
    Page(HOME, leave, right=None),
    Page(f"{HOME}/back", come_back, right=None),
)
