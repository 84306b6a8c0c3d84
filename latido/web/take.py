"""Files that people take along."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
from starlette.responses import Response

from latido.i18n import _

if TYPE_CHECKING:
    from latido.web.summary import Told

KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}


def download(body: bytes, name: str, kind: str) -> Response:
    """A file to be kept under this name.

    Args:
        body: Its bytes.
        name: Its name, in ASCII.
        kind: Its media type.
    """
    return Response(body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def about(told: Sequence[Told]) -> dict[str, pd.DataFrame]:
    """The first sheet of a workbook: what its figures are figures of."""
    rows = [(one.label, one.text) for one in told]
    return {str(_("About")): pd.DataFrame(rows, columns=[str(_("What")), str(_("Value"))])}
