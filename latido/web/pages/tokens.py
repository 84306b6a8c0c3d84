"""API tokens: programs that ask in one's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from latido.errors import FieldError, UsageError
from latido.http.access import own_write, token_write, tokens_read
from latido.http.cookies import ONCE, brief, forget_brief, set_brief
from latido.http.trail import record
from latido.i18n import _
from latido.state.names import RIGHT_NAMES, listed
from latido.state.person import Right
from latido.web.forms import Typed, text, typed
from latido.web.page import Page

if TYPE_CHECKING:
    from starlette.responses import Response

    from latido.web.ask import Ask

HOME = "/tokens"
DAYS = (30, 90, 365)
FRESH = Typed({"rights": ("read",), "days": ("90",)})


def show(ask: Ask) -> Response:
    """The tokens, the key of one just made, and the form to make one."""
    return _page(ask, FRESH)


def create(ask: Ask) -> Response:
    """Make one; its key is shown on the next page, once."""
    person = own_write(ask.asker)
    try:
        with ask.state.transaction():
            made = ask.state.tokens.create(person, text(ask.form, "name"), _rights(ask), _days(ask))
            record(ask.state, ask.asker, ask.request, "token.created", f"token {made.token.id}")
    except UsageError as error:
        return _page(ask, typed(ask.form, error), 422)
    answer = ask.see_other(HOME)
    set_brief(answer, ask.request, ONCE, made.key, HOME)
    return answer


def revoke(ask: Ask) -> Response:
    """End one."""
    token = token_write(ask.asker, ask.state, ask.param["id"])
    with ask.state.transaction():
        ask.state.tokens.revoke(token.id)
        record(ask.state, ask.asker, ask.request, "token.revoked", f"token {token.id}")
    return ask.see_other(HOME, _("The token “{name}” is revoked.", name=token.name))


def _rights(ask: Ask) -> list[str]:
    return [str(right) for right in ask.form.getlist("rights")]


def _days(ask: Ask) -> int | None:
    chosen = text(ask.form, "days")
    if chosen == "":
        return None
    if not (chosen.isascii() and chosen.isdigit()):
        raise FieldError("days", _("“{value}” is not a number of days.", value=chosen))
    return int(chosen)


def _page(ask: Ask, form: Typed, status: int = 200) -> Response:
    tokens = tokens_read(ask.asker, ask.state)
    mine = [(right, RIGHT_NAMES[right]) for right in get_args(Right) if ask.asker.may(right)]
    answer = ask.page(
        "tokens.html", status, tokens=tokens, typed=form, rights=mine, days=DAYS, listed=listed,
        key=brief(ask.request, ONCE), all=ask.asker.may("people"), base=str(ask.request.base_url),
    )  # fmt: skip
    forget_brief(answer, ask.request, ONCE, HOME)
    return answer


ROUTES = (
    Page(HOME, show, right="read"),
    Page(HOME, create, right="read", methods=("POST",)),
    Page(HOME + "/{id:int}/revoke", revoke, right="read", methods=("POST",)),
)
