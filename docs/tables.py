"""The page of the canonical tables."""

from __future__ import annotations

from collections.abc import Iterable

from latido.i18n import language
from latido.model import TABLES, Column, Table
from latido.model.table import SYSTEM

WORDS = {
    "en": {
        "title": "Tables",
        "intro": "Whatever a file is called and however it is laid out, its rows become rows of these tables. They are "
        "declared once, in `latido/model/`; the checks on import, the wizard that proposes a mapping and this page "
        "follow that declaration. Instants are kept in UTC. A column of a file that has no place here can be kept "
        "as `x_` and its name, and figures may be split by it.",
        "key": "A row is known by",
        "order": "Rejected unless",
        "months": "Kept by month of",
        "head": ("Column", "Type", "Meaning", "Rules"),
        "required": "required",
        "personal": "personal",
        "dimension": "figures may be split by it",
        "system": "Every table",
        "system_intro": "These columns are added to every table.",
        "empty": "empty means",
        "one_of": "one of",
        "text": "text",
        "integer": "whole number",
        "number": "number",
        "boolean": "yes or no",
        "instant": "instant",
        "date": "date",
    },
    "es": {
        "title": "Tablas",
        "intro": "Se llame como se llame un archivo y esté como esté dispuesto, sus filas acaban en estas tablas. "
        "Se declaran una sola vez, en `latido/model/`; de esa declaración salen las comprobaciones al importar, el "
        "asistente que propone la correspondencia y esta página. Los instantes se guardan en UTC. Una columna que no "
        "tenga sitio aquí puede conservarse como `x_` y su nombre, y las cifras pueden desglosarse por ella.",
        "key": "Una fila se conoce por",
        "order": "Se rechaza salvo que",
        "months": "Se guarda por el mes de",
        "head": ("Columna", "Tipo", "Significado", "Reglas"),
        "required": "obligatoria",
        "personal": "personal",
        "dimension": "desglosa las cifras",
        "system": "Todas las tablas",
        "system_intro": "Estas columnas se añaden a todas las tablas.",
        "empty": "vacío significa",
        "one_of": "uno de",
        "text": "texto",
        "integer": "número entero",
        "number": "número",
        "boolean": "sí o no",
        "instant": "instante",
        "date": "fecha",
    },
}


def page() -> str:
    """All tables, in the current language."""
    parts = [f"# {_w('title')}", str(_w("intro")), *map(_section, TABLES.values()), _system()]
    return "\n\n".join(parts) + "\n"


def _w(key: str) -> str:
    return WORDS[language()][key]  # type: ignore[return-value]


def _section(table: Table) -> str:
    facts = [f"{_w('key')} {_codes(table.key)}."]
    facts += [f"{_w('months')} `{table.time}`."] if table.time else []
    facts += [f"{_w('order')} `{early}` ≤ `{late}`." for early, late in table.order]
    return f"## {table.name}\n\n{table.meaning}. {' '.join(facts)}\n\n{_columns(table.columns)}"


def _system() -> str:
    return f"## {_w('system')}\n\n{_w('system_intro')}\n\n{_columns(SYSTEM)}"


def _columns(columns: Iterable[Column]) -> str:
    head = [_row(_w("head")), "|---|---|---|---|"]
    return "\n".join(head + [_row((f"`{c.name}`", _w(c.type), str(c.meaning), _rules(c))) for c in columns])


def _rules(column: Column) -> str:
    rules = [_w(mark) for mark in ("required", "personal", "dimension") if getattr(column, mark)]
    rules += [f"≥ {column.low:g}"] if column.low is not None else []
    rules += [f"≤ {column.high:g}"] if column.high is not None else []
    rules += [f"{_w('empty')} `{column.default}`"] if column.default is not None else []
    rules += [f"{_w('one_of')} {_codes(column.allowed)}"] if column.allowed else []
    return "; ".join(rules)


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"
