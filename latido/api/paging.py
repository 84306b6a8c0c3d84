"""Long answers in pages: each says where the next one begins, all of them show the same version of the data."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import datetime
from functools import reduce
from typing import TYPE_CHECKING, Any, NamedTuple

import ibis
from pydantic import BaseModel, ConfigDict

from latido.api.meaning import about
from latido.api.proposals import Row
from latido.api.records import rows_of
from latido.errors import FieldError
from latido.i18n import _

if TYPE_CHECKING:
    from latido.api.call import Call

USUAL, MOST, LONGEST = 100, 1000, 2000
_HIGHEST = 1 << 53  # whole numbers that JSON carries unharmed
Place = tuple[str | int, ...]


class Pages(BaseModel):
    """Which page is wanted."""

    model_config = ConfigDict(extra="forbid")

    limit: int = about(_("How many there are on a page"), default=USUAL, ge=1, le=MOST)
    cursor: str | None = about(
        _("Where the page begins: `next` of the page before"), default=None, min_length=1, max_length=LONGEST
    )


class Page(BaseModel):
    """What every page says besides its items."""

    next: str | None = about(_("The cursor of the next page; none on the last. The header Link leads there too"))
    version: int = about(_("The version of the data that all pages show"))


class Cursor(NamedTuple):
    """Where a page begins.

    Attributes:
        version: The version of the data that the first page showed.
        after: What the last item of the page before was ordered by; or how many items came before.
    """

    version: int
    after: Place

    def written(self) -> str:
        """As it travels."""
        return urlsafe_b64encode(json.dumps([self.version, *self.after]).encode()).decode().rstrip("=")


class Leaf(NamedTuple):
    """One page.

    Attributes:
        items: Its rows.
        next: The cursor of the next page; None on the last.
    """

    items: list[Row]
    next: str | None


class Order(NamedTuple):
    """What items are ordered by: columns that are never empty, the last of them telling equals apart."""

    column: str
    descending: bool = False


def begin(call: Call, pages: Pages, *kinds: type[str | int]) -> Cursor:
    """Where the wanted page begins: at a cursor, else at the beginning of the current version.

    Args:
        call: The request.
        pages: Which page is wanted.
        *kinds: What stands in a cursor of this address, one for each value.

    Raises:
        FieldError: The cursor is none of this address, or what it shows is no longer kept.
    """
    if pages.cursor is None:
        return Cursor(call.answers.version(), ())
    found = _read(pages.cursor)
    if tuple(map(type, found.after)) != kinds or found.version not in call.workspace.lake.log.numbers():
        raise stale()
    return found


def lead_on(call: Call, cursor: Cursor | None) -> str | None:
    """Say where the next page is; the cursor as it travels."""
    if cursor is None:
        return None
    text = cursor.written()
    url = call.request.url.include_query_params(cursor=text)
    call.response.headers["Link"] = f'<{url.path}?{url.query}>; rel="next"'
    return text


def leaf(call: Call, at: Cursor, rows: Any, order: Sequence[Order], most: int) -> Leaf:
    """One page of rows, and where the next one begins."""
    # One more than wanted: whether there is one says if there is a next page.
    found = rows_of(call, _from(rows, order, at.after, most + 1))
    shown = found[:most]
    following = Cursor(at.version, _place(shown[-1], order)) if len(found) > most else None
    return Leaf(shown, lead_on(call, following))


def _from(rows: Any, order: Sequence[Order], after: Place, most: int) -> Any:
    keys = [(ibis.desc if one.descending else ibis.asc)(rows[one.column]) for one in order]
    begun = rows.filter(_beyond(rows, order, after)) if after else rows
    return begun.order_by(keys).limit(most)


def _beyond(rows: Any, order: Sequence[Order], after: Place) -> Any:
    """The first column lies beyond, or is equal and the second lies beyond, and so on."""
    bounds = [_bound(rows[one.column], value) for one, value in zip(order, after, strict=True)]
    tests = []
    for i, one in enumerate(order):
        column = rows[one.column]
        beyond = column < bounds[i] if one.descending else column > bounds[i]
        equal = [rows[order[j].column] == bounds[j] for j in range(i)]
        tests.append(reduce(lambda a, b: a & b, [*equal, beyond]))
    return reduce(lambda a, b: a | b, tests)


def _bound(column: Any, value: str | int) -> Any:
    if not column.type().is_timestamp():
        return value
    try:
        return ibis.literal(datetime.fromisoformat(str(value)).replace(tzinfo=None)).cast("timestamp(6)")
    except ValueError:
        raise stale() from None


def _place(row: Row, order: Sequence[Order]) -> Place:
    """What a row is ordered by, as a cursor holds it."""
    values = (row[one.column] for one in order)
    return tuple(value if isinstance(value, int) else str(value) for value in values)


def _read(text: str) -> Cursor:
    try:
        version, *after = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        "".join(value for value in after if isinstance(value, str)).encode()
    except (ValueError, TypeError, RecursionError):
        raise stale() from None
    if not all(map(_sound, (version, *after))) or not isinstance(version, int):
        raise stale()
    return Cursor(version, tuple(after))


def _sound(value: object) -> bool:
    return (isinstance(value, str) and "\0" not in value) or (type(value) is int and 0 <= value < _HIGHEST)


def stale() -> FieldError:
    """The error of a cursor that cannot be followed."""
    return FieldError(
        "cursor", _("This cursor leads nowhere, or no longer."), _("Begin again without one, from the first page.")
    )
