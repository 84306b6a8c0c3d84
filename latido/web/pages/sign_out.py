"""Signing out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from latido.http.cookies import end_session
from latido.i18n import _
from latido.web.page import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.web.ask import Ask


def sign_out(ask: Ask) -> Response:
    """End the session, here and in the browser."""
    if ask.asker.key:
        ask.state.sessions.end(ask.asker.key)
    answer = ask.see_other("/sign-in", _("You have signed out."))
    end_session(answer, ask.request)
    return answer


ROUTES = (Page("/sign-out", sign_out, right=None, methods=("POST",)),)
