"""The pages, each in its file; this is the one list of them."""

from latido.web.page import Page
from latido.web.pages import (
    audit,
    families,
    first_start,
    metric,
    metric_parts,
    moved,
    oidc,
    people,
    profile,
    pulse,
    rows,
    sign_in,
    sign_out,
    tokens,
)

PAGES: tuple[Page, ...] = (
    *pulse.ROUTES,
    *families.ROUTES,
    *moved.ROUTES,
    *metric.ROUTES,
    *metric_parts.ROUTES,
    *rows.ROUTES,
    *first_start.ROUTES,
    *sign_in.ROUTES,
    *oidc.ROUTES,
    *sign_out.ROUTES,
    *people.ROUTES,
    *profile.ROUTES,
    *tokens.ROUTES,
    *audit.ROUTES,
)
