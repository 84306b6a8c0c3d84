"""The pages, each in its file; this is the one list of them."""

from latido.web.page import Page
from latido.web.pages import families, metric, metric_parts, moved, pulse, rows

PAGES: tuple[Page, ...] = (
    *pulse.ROUTES,
    *families.ROUTES,
    *moved.ROUTES,
    *metric.ROUTES,
    *metric_parts.ROUTES,
    *rows.ROUTES,
)
