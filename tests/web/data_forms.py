"""Files, uploaded and imported by a visitor; and the wizard's form as a browser would send it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html import unescape
from pathlib import Path
from shutil import copytree
from tempfile import mkdtemp
from urllib.parse import urlencode

from httpx import Response
from starlette.applications import Starlette
from starlette.testclient import TestClient

import latido
from latido.workspace import Workspace
from tests.company import made, write_answers, write_tickets

Pairs = list[tuple[str, str]]
_FIELD = re.compile(r"<input ([^>]*)>|<select ([^>]*)>(.*?)</select>", re.DOTALL)


def workspace_of(app: Starlette) -> Workspace:
    """The workspace that is served."""
    found: Workspace = app.state.live.now().workspace
    return found


def company(app: Starlette, *files: tuple[str, int, Sequence[str]]) -> None:
    """Fill the workspace with files: name, rows, and words where there should be dates."""
    copytree(_lake(files), app.state.live.root / "lake", dirs_exist_ok=True)


@cache
def _lake(files: tuple[tuple[str, int, Sequence[str]], ...]) -> Path:
    """A lake into which these files were imported, made once."""
    root = made(Path(mkdtemp(prefix="latido-data-")))
    workspace = latido.open(root)
    for name, rows, broken in files:
        path = root / name
        if name == "answers.csv":
            write_answers(path, rows)
        else:
            path.write_bytes(tickets(root, rows, broken=broken))
        workspace.import_files(path)
    workspace.close()
    return root / "lake"


def uploaded(browser: TestClient, name: str, data: bytes) -> str:
    """Upload a file at once; its identifier."""
    begun = browser.post("/data/uploads", data={"name": name, "size": str(len(data))}).json()
    told = browser.put(f"/data/uploads/{begun['id']}", content=data).json()
    assert told["complete"], told
    return str(begun["id"])


def tickets(folder: Path, count: int = 20, *, broken: Sequence[str] = ()) -> bytes:
    """Tickets as CSV; some of their dates made unreadable."""
    text = write_tickets(folder / "tickets.csv", count).read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    for i, word in enumerate(broken, 1):
        cells = lines[i].split(",")
        lines[i] = ",".join([cells[0], word, *cells[2:]])
    return "".join(lines).encode()


def filled(page: str) -> Pairs:
    """The fields of the wizard's form as the page fills them in."""
    begin = page.index('<form class="wizard"')
    form, found = page[begin : page.index("</form>", begin)], []
    for tag, select, options in _FIELD.findall(form):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        value = chosen[1] if chosen and select else (re.findall(r'value="([^"]*)"', tag) or [""])[0]
        found.append((re.findall(r'name="([^"]*)"', tag or select)[0], unescape(value)))
    return found


def sent(browser: TestClient, pairs: Pairs, **changed: str) -> Response:
    """Send the wizard's form with some fields changed (`g0_dates` for `g0-dates`)."""
    names = {name.replace("_", "-") if name.startswith("g") else name: value for name, value in changed.items()}
    body = [(name, value) for name, value in pairs if name not in names] + list(names.items())
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return browser.post("/data/import", content=urlencode(body), headers=headers)


def imported(browser: TestClient, name: str, data: bytes) -> str:
    """Upload and import a file as the wizard proposes; the job's page."""
    page = browser.get("/data/import", params={"file": uploaded(browser, name, data)})
    answer = sent(browser, filled(page.text), action="import")
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def words(page: str) -> str:
    """What stands on a page to be read."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page[page.index("<main") :])).split())
