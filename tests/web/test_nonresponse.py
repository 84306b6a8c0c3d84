"""Who did not answer: the page of a company that keeps whom it asked, and of one that does not."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp

from starlette.applications import Starlette
from starlette.testclient import TestClient

from latido.app import create_app
from tests.cast import Cast, cast_of
from tests.surveyed import surveyed
from tests.web.figures import served
from tests.web.visitors import state_of, visitor

PAGE = "/nonresponse?weeks=all&whole=1"


@cache
def asking() -> tuple[Starlette, Cast]:
    """The application over a company that keeps whom it asked; made once, only read."""
    root = Path(mkdtemp(prefix="latido-web-")) / "surveyed"
    copytree(surveyed(), root, ignore=lambda _folder, names: {"state.db", "cache"} & set(names))
    app = create_app(root)
    return app, cast_of(state_of(app))


def viewer() -> TestClient:
    app, people = asking()
    return visitor(app, people.viewer)


def test_raw_and_weighted_stand_side_by_side() -> None:
    page = viewer().get(PAGE).text
    assert [word in page for word in ("as answered", "weighted", "by the second method")] == [True] * 3


def test_who_answers_is_drawn_and_written() -> None:
    page = viewer().get(PAGE).text
    assert "Slow, handed-over or reopened tickets of the last 180 days" in page
    assert page.count('<svg class="range tells"') >= 2


def test_the_slider_works_without_a_script() -> None:
    page = viewer().get(f"{PAGE}&shift=-12").text
    assert "12 points worse than people like them" in page
    assert 'value="-12.0"' in page


def test_the_slider_stays_within_its_ends() -> None:
    assert 'value="-60.0"' in viewer().get(f"{PAGE}&shift=-1000").text
    assert 'value="0.0"' in viewer().get(f"{PAGE}&shift=far").text


def test_what_was_chosen_stays_when_the_period_changes() -> None:
    page = viewer().get(f"{PAGE}&metric=nps&shift=-12").text
    assert '<input type="hidden" name="shift" value="-12" form="bar">' in page


def test_a_survey_that_nobody_was_asked_has_what_to_import() -> None:
    assert "one row per invitation" in viewer().get(f"{PAGE}&metric=csat").text


def test_filters_that_invitations_do_not_know_are_said() -> None:
    assert "does not know all of the filters" in viewer().get(f"{PAGE}&where=status=open").text


def test_filters_by_the_kind_of_survey_hold() -> None:
    assert "weighted" in viewer().get(f"{PAGE}&where=survey_kind=relationship").text


def test_where_nobody_keeps_invitations_there_is_an_empty_state() -> None:
    app, people = served()
    assert "one row per invitation" in visitor(app, people.viewer).get(PAGE).text


def test_the_metric_s_page_has_the_weighted_score_too() -> None:
    told = viewer().get("/metrics/nps/nonresponse?weeks=all&whole=1").text
    assert 'id="weighted"' in told
    assert "weighted for those who did not, it is" in told
    assert "/nonresponse?weeks=all&amp;metric=nps" in told


def test_the_metric_s_page_asks_for_it() -> None:
    assert 'hx-get="/metrics/nps/nonresponse?weeks=all"' in viewer().get("/metrics/nps?weeks=all").text


def test_metrics_that_are_no_surveys_have_none() -> None:
    assert 'id="weighted"' not in viewer().get("/metrics/resolution_time?weeks=all").text


def test_the_outsider_is_sent_to_sign_in() -> None:
    app, _people = asking()
    assert visitor(app).get(PAGE).status_code == 303
