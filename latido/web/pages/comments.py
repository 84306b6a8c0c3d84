"""Comments: what people said, beside the score that they gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from latido.i18n import _, number
from latido.metrics.names import value_name
from latido.metrics.present import interval_cell, quantity
from latido.web.instants import When, instant
from latido.web.labels import Look, band, bands
from latido.web.life import scored
from latido.web.lists import Field, form, listing, pages
from latido.web.page import Page
from latido.workspace.bands import BANDS, Band
from latido.workspace.comments import Comment, CommentSearch, Division, data_end, found, known_values, segments
from latido.workspace.search import Piece, marked, words_of

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from starlette.responses import Response

    from latido.web.ask import Ask
    from latido.web.lists import Listing
    from latido.workspace.comments import CommentPage

MOST = 6  # kinds of questions whose scores are summed up
GOOD, MIDDLE = ("promoter", "good"), ("passive",)


@dataclass(frozen=True)
class Row:
    """A comment in the list.

    Attributes:
        pieces: What was said, cut where it holds what is looked for.
        score: The score in words; empty where there is none.
        look: How it is meant.
        question: What was asked.
        when: When it was answered.
        customer: Who said it; empty where that is nobody's to know, or nobody knows.
        customer_href: Their page.
        ticket: What it is about.
        ticket_href: Its page.
        beside: Survey, channel, topic, stage, brand.
    """

    pieces: Sequence[Piece]
    score: str
    look: Look | None
    question: str
    when: When | None
    customer: str
    customer_href: str
    ticket: str
    ticket_href: str
    beside: Sequence[str]


@dataclass(frozen=True)
class Share:
    """How many answers are meant in one way, and the address of these alone."""

    look: Look
    text: str
    href: str
    chosen: bool


@dataclass(frozen=True)
class Part:
    """A stretch of the bar of shares, in per cent."""

    tone: str
    x: str
    width: str


@dataclass(frozen=True)
class Summary:
    """How the scores of one kind of question divide.

    Attributes:
        label: The question and the kind of survey.
        value: The figure; empty where there is none.
        interval: Its interval.
        n: How many gave a score.
        parts: The bar.
        shares: How many by band.
    """

    label: str
    value: str
    interval: str
    n: int
    parts: Sequence[Part]
    shares: Sequence[Share]


def show(ask: Ask) -> Response:
    """The page."""
    asked, version, teams = listing(ask, [""], own=("band",)), ask.answers.version(), ask.asker.teams
    search = _search(ask, asked)
    page: CommentPage = ask.answers.once(("comments", search, version), lambda: found(ask.workspace, search, version))
    known = ask.answers.once(("comments' values", teams, version), lambda: known_values(ask.workspace, teams, version))
    kept = ask.answers.once(("comments' segments", version), lambda: segments(ask.workspace, version))
    chosen = asked.own.get("band", "")
    field = Field("band", str(_("Any score")), bands(), chosen)
    words, zone = words_of(asked.text), ask.workspace.config.zone
    return ask.page(
        "comments.html",
        f=form(ask, asked, known, {}, own=(field,), segments=kept),
        rows=[_row(comment, words, zone) for comment in page.comments],
        count=page.all,
        pages=pages(asked, len(page.comments), page.all),
        divisions=[_summary(one, asked) for one in page.divisions[:MOST]],
        nothing=not asked.narrowed and not page.all,
    )


def _search(ask: Ask, asked: Listing) -> CommentSearch:
    version = ask.answers.version()
    end = ask.answers.once(("comments' end", version), lambda: data_end(ask.workspace, version))
    chosen = asked.own.get("band", "")
    return CommentSearch(
        text=asked.text,
        band=chosen if chosen in {*BANDS, "none"} else "",
        where=asked.where,
        span=asked.span(end, ask.workspace.config.time_zone),
        teams=ask.asker.teams,
        first=asked.first,
    )


def _row(one: Comment, words: tuple[str, ...], zone: ZoneInfo) -> Row:
    # Who answered a blind survey did not tell it to us.
    known = one.customer_id if not one.blind else None
    ticket = one.subject_id if one.subject == "ticket" else None
    return Row(
        pieces=marked(one.comment, words),
        score=scored(one.score, one.scale_high),
        look=band(one.band),
        question=value_name("kind", one.kind),
        when=instant(one.answered, zone) if one.answered else None,
        customer=(one.customer or known or "") if known else "",
        customer_href=f"/customers/{quote(known, safe='')}" if known else "",
        ticket=(one.ticket or str(_("Ticket {number}", number=ticket))) if ticket else "",
        ticket_href=f"/tickets/{quote(ticket, safe='')}" if ticket else "",
        beside=_beside(one),
    )


def _beside(one: Comment) -> list[str]:
    told = (one.survey, value_name("channel", one.channel), one.stage, one.topic, one.rated_brand if one.blind else "")
    return [text for text in told if text]


def _summary(one: Division, asked: Listing) -> Summary:
    unit = "points" if one.kind == "nps" else "%"
    told = [value_name("kind", one.kind), value_name("survey_kind", one.survey_kind), one.rated_brand or ""]
    return Summary(
        label=" · ".join(text for text in told if text),
        value=quantity(one.figure.value, unit) if one.figure else "",
        interval=interval_cell(one.figure, unit).text if one.figure else "",
        n=one.n,
        parts=_parts(one.counts, one.n),
        shares=[share for name, n in one.counts.items() if n and (share := _share(name, n, asked))],
    )


def _parts(counts: Mapping[Band, int], n: int) -> list[Part]:
    """The bar: good, in between, bad."""
    told, x = [], 0.0
    for name, count in counts.items():
        tone = "good" if name in GOOD else "passive" if name in MIDDLE else "bad"
        width = 100 * count / n if n else 0
        told.append(Part(tone, f"{x:.2f}%", f"{width:.2f}%"))
        x += width
    return [part for part in told if part.width != "0.00%"]


def _share(name: Band, n: int, asked: Listing) -> Share | None:
    look, chosen = band(name), asked.own.get("band") == name
    return Share(look, number(n), asked.href(band="" if chosen else name), chosen) if look else None


ROUTES = (Page("/comments", show, right="rows"),)
