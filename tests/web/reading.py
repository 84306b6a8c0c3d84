"""Reading pages as people do, in the small company in which everything happened once."""

from __future__ import annotations

import re
from html import unescape

from starlette.testclient import TestClient

from tests.lives import served
from tests.web.visitors import visitor


def browser(role: str | None = "owner", language: str = "en") -> TestClient:
    """A browser of somebody of a role; of nobody for None."""
    app, people = served()
    found = visitor(app, getattr(people, role) if role else None)
    found.headers["Accept-Language"] = language
    return found


def page(address: str, role: str = "owner", language: str = "en") -> str:
    """A page, as it is sent."""
    answer = browser(role, language).get(address)
    assert answer.status_code == 200, answer.text
    return answer.text


def said(address: str, role: str = "owner", language: str = "en") -> str:
    """What a page says, without its marks, every space a plain one."""
    main = page(address, role, language).split("<main", 1)[1]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def breaks_the_policy(shown: str) -> list[str]:
    """What a page holds that its own policy forbids: styles and scripts in line, handlers."""
    return re.findall(r'\sstyle="|\son\w+="|<script(?! defer src=| type="application/json")', shown)
