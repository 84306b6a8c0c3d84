"""The page of comments: score beside text, for those who may read them."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from tests.web.reading import breaks_the_policy, browser, page, said


def listed(address: str, role: str = "owner") -> list[str]:
    """What was said, in order, as it is sent."""
    return re.findall(r'<p class="text">(.*?)</p>', page(address, role))


def test_the_outsider_is_asked_to_sign_in() -> None:
    answer = browser(None).get("/comments")
    assert (answer.status_code, answer.headers["location"].startswith("/sign-in?next=")) == (303, True)


def test_the_viewer_reads_no_comment() -> None:
    assert browser("viewer").get("/comments").status_code == 403


def test_a_lead_reads_what_is_about_their_teams() -> None:
    assert len(listed("/comments", "lead")) == 3


@pytest.mark.parametrize(
    "address", ["/comments", "/comments?q=SECRET", "/comments?is.survey=clima", "/comments?band=none"]
)
def test_what_employees_said_never_appears(address: str) -> None:
    shown = said(address)
    assert "chief" not in shown
    assert "wish" not in shown


def test_what_was_written_is_text_and_what_was_found_is_marked() -> None:
    assert listed("/comments?q=rapida+amable") == ["<mark>Rápida</mark> y &lt;b&gt;<mark>amable</mark>&lt;/b&gt;"]


@pytest.mark.parametrize("typed", ["50 %", "'antes'", "%"])
def test_what_looks_like_a_pattern_is_text(typed: str) -> None:
    assert len(listed(f"/comments?q={quote(typed)}")) == 1


def test_a_mark_cannot_break_what_is_escaped() -> None:
    assert listed(f"/comments?q={quote('<b>')}") == ["Rápida y <mark>&lt;b&gt;</mark>amable&lt;/b&gt;"]


def test_a_score_is_told_by_number_sign_and_word() -> None:
    shown = page("/comments?q=carisimo")
    assert re.search(
        r'<span class="badge bad"><svg.*?</svg><b class="num">3/10</b><span>Detractor</span>', shown, re.DOTALL
    )


def test_a_band_narrows_and_can_be_left_again() -> None:
    assert listed("/comments?band=passive") == ["So so"]
    assert re.findall(r'<a class="chip" href="([^"]*)">([^<]*)', page("/comments?band=passive")) == [
        ("/comments", "Passive")
    ]


def test_filters_stand_in_the_address() -> None:
    assert listed("/comments?is.language=en") == ["So so"]
    assert listed("/comments?is.channel=phone&is.stage=usar") == []


def test_those_who_commented_are_summed_up_with_an_interval() -> None:
    assert re.search(r"NPS · Relationship survey 0\.0 95% interval −\S+ to \S+", said("/comments"))


def test_a_comment_leads_to_customer_and_ticket() -> None:
    shown = page("/comments?q=antes")
    assert ('href="/customers/bo"' in shown, 'href="/tickets/3"' in shown) == (True, True)


def test_who_answered_a_blind_survey_stays_unnamed() -> None:
    shown = page("/comments?q=stranger")
    assert "/customers/p1" not in shown


def test_what_nobody_said_says_how_to_look() -> None:
    assert "Nobody said that" in said("/comments?q=zzz")


def test_nothing_on_the_page_breaks_the_policy() -> None:
    assert not breaks_the_policy(page("/comments?q=rapida"))


def test_the_page_speaks_spanish() -> None:
    assert "Encuesta de relación" in said("/comments", language="es")
