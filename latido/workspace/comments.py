"""What people said in surveys, beside the score that they gave, and how the scores divide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import ibis

from latido.facts.expr import flag, join_columns
from latido.metrics.methods.clusters import by_customer, effect
from latido.metrics.methods.shares import percent
from latido.metrics.nps import NPS
from latido.stats.nps import nps
from latido.stats.shares import wilson
from latido.workspace import listing, reach
from latido.workspace.bands import BANDS, Band, banded
from latido.workspace.listing import PAGE, Span, by_dimension, choices, fitting, narrowed
from latido.workspace.search import holds, words_of

if TYPE_CHECKING:
    import pandas as pd

    from latido.metrics.query import Condition
    from latido.stats.estimate import Estimate
    from latido.workspace.workspace import Workspace

DIMENSIONS = ("survey", "channel", "stage", "language", "topic")
_SPLITS = ("kind", "survey_kind", "scale", "rated_brand")  # figures over these are never merged
_SHARES = ("csat", "ces", "recommend")  # questions whose share of good ratings is a figure of its own


@dataclass(frozen=True)
class CommentSearch:
    """What is looked for.

    Attributes:
        text: Words of the comment.
        band: How the score is meant; empty for all, `none` for comments without a score.
        where: Filters.
        span: When it was answered.
        teams: Only what is about these or about their tickets; empty for all.
        first: How many to skip.
    """

    text: str = ""
    band: str = ""
    where: tuple[Condition, ...] = ()
    span: Span = field(default_factory=Span)
    teams: tuple[str, ...] = ()
    first: int = 0


@dataclass(frozen=True)
class Comment:
    """What somebody said; see `answer_facts`."""

    answer_id: str
    comment: str
    kind: str
    score: float | None
    scale_low: float
    scale_high: float
    band: Band | None
    survey: str | None
    answered: datetime | None
    channel: str | None
    stage: str | None
    topic: str | None
    language: str | None
    blind: bool
    rated_brand: str | None
    subject: str | None
    subject_id: str | None
    customer_id: str | None
    customer: str | None
    ticket: str | None


@dataclass(frozen=True)
class Division:
    """How those who commented divide, of one kind of question and survey.

    Attributes:
        kind: What the question measures.
        survey_kind: Relationship, transactional or blind.
        scale: From where to where.
        rated_brand: The brand, where respondents did not know who asked.
        n: How many gave a score.
        counts: How many by band.
        figure: The net promoter score, or the share of good ratings in per cent; None where neither is a figure.
    """

    kind: str
    survey_kind: str
    scale: str
    rated_brand: str | None
    n: int
    counts: Mapping[Band, int]
    figure: Estimate | None


@dataclass(frozen=True)
class CommentPage:
    """Some of the comments that were looked for.

    Attributes:
        comments: They.
        all: How many there are.
        divisions: How their scores divide, whatever the band that was asked for.
    """

    comments: tuple[Comment, ...]
    all: int
    divisions: tuple[Division, ...]


def found(workspace: Workspace, asked: CommentSearch, version: int | None = None) -> CommentPage:
    """The comments that are looked for.

    Raises:
        UnknownNameError: Answers have no dimension that is filtered by.
    """
    tables = workspace.tables(version)
    rows = matching(workspace, tables, asked)
    mine = rows.filter(_in_band(rows, asked.band)) if asked.band else rows
    count = int(workspace.engine.execute(mine.count()))
    shown = workspace.engine.arrow(_page(mine, tables, asked)).to_pylist() if count else []
    return CommentPage(tuple(Comment(**row) for row in shown), count, _divisions(workspace, rows))


def data_end(workspace: Workspace, version: int | None = None) -> datetime:
    """Instant up to which the data speak of answers; UTC, naive."""
    return listing.data_end(workspace, NPS, version)


def known_values(
    workspace: Workspace, teams: tuple[str, ...], version: int | None = None
) -> dict[str, tuple[str, ...]]:
    """Values that comments can be filtered by."""
    rows = _commented(reach.answers(workspace.tables(version), teams))
    return by_dimension(workspace.engine.arrow(choices(rows, DIMENSIONS)).to_pylist())


def segments(workspace: Workspace, version: int | None = None) -> tuple[str, ...]:
    """Names of the saved segments that comments can be filtered by."""
    return fitting(reach.answers(workspace.tables(version)), workspace.segments)


def matching(workspace: Workspace, tables: Mapping[str, Any], asked: CommentSearch) -> Any:
    """The answers that are looked for, of any band, with their band."""
    rows = asked.span.of(_commented(reach.answers(tables, asked.teams)), "answered")
    rows = banded(narrowed(rows, "comments", asked.where), tables, workspace.settings)
    return rows.filter(holds(rows.comment, words_of(asked.text))) if asked.text.strip() else rows


def _commented(rows: Any) -> Any:
    return rows.filter(rows.comment.notnull() & (rows.comment != ""))


def _in_band(rows: Any, band: str) -> Any:
    return rows.band.isnull() if band == "none" else rows.band == band


def _page(rows: Any, tables: Mapping[str, Any], asked: CommentSearch) -> Any:
    order = [ibis.desc("answered"), ibis.desc("answer_id")]
    page = rows.order_by(order).limit(PAGE, offset=asked.first)
    named = join_columns(page, tables["customers"], "customer_id", {"customer": "name"})
    about = join_columns(named, tables["tickets"], "subject_id", {"ticket": "subject"}, key="ticket_id")
    about = about.mutate(blind=about.blind.fill_null(False))
    return about.order_by(order).select(*Comment.__dataclass_fields__)


def _divisions(workspace: Workspace, rows: Any) -> tuple[Division, ...]:
    """In one query, each respondent's answers together: they count for less than as many respondents."""
    scored = rows.filter(rows.band.notnull())
    point = ibis.cases((scored.band.isin(("promoter", "good")), 1), (scored.band == "detractor", -1), else_=0)
    valued = scored.mutate(value=point.cast("int64"))
    sums: dict[str, Any] = {band: flag(valued.band == band).sum() for band in BANDS}
    frame = workspace.engine.execute(by_customer(valued, list(_SPLITS), sums, "customer_id"))
    told = [_division(row) for _i, row in frame.iterrows()]
    return tuple(sorted(told, key=lambda d: (-d.n, d.kind, d.survey_kind, d.rated_brand or "")))


def _division(row: pd.Series[Any]) -> Division:
    counts: dict[Band, int] = {band: int(row[band]) for band in BANDS}
    brand = row["rated_brand"] if isinstance(row["rated_brand"], str) else None
    n = sum(counts.values())
    return Division(row["kind"], row["survey_kind"], row["scale"], brand, n, counts, _figure(row, counts, n))


def _figure(row: pd.Series[Any], counts: Mapping[Band, int], n: int) -> Estimate | None:
    if row["kind"] == "nps" and row["scale"] == "0-10":
        return nps(counts["promoter"], counts["passive"], counts["detractor"], deff=effect(row, 0.95))
    return percent(wilson(counts["good"], n, deff=effect(row, 0.95))) if row["kind"] in _SHARES else None
