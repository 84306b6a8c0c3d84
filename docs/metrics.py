"""The page of the metrics."""

from __future__ import annotations

from latido.i18n import language
from latido.metrics.catalog import METRICS
from latido.metrics.metric import Metric

FAMILIES = ("service", "experience", "interaction", "employee")
WORDS = {
    "en": {
        "title": "Metrics",
        "intro": "What every figure means. Each is declared once, in `latido/metrics/`, and this page is written from "
        "that declaration. All figures carry an interval at 95 %, the count they rest on, and what was left out. Where "
        "vendors disagree about a metric, their reading is a *preset* of it: `latido measure NAME --preset PRESET`. "
        "What the intervals are, and why, stands in [statistics](../statistics.md).",
        "service": "Service",
        "experience": "Experience",
        "interaction": "Interaction",
        "employee": "Employees",
        "formula": "Definition",
        "unit": "Unit",
        "interval": "Interval",
        "source": "Source",
        "table": "Reads",
        "min_n": "Withheld below",
        "presets": "Presets",
        "traps": "Traps",
        "left_out": "Left out",
        "splits": "Never merged over",
        "higher": "higher is better",
        "lower": "lower is better",
    },
    "es": {
        "title": "Métricas",
        "intro": "Qué significa cada cifra. Cada una se declara una sola vez, en `latido/metrics/`, y esta página se "
        "escribe a partir de esa declaración. Todas las cifras llevan un intervalo del 95 %, el recuento en que se "
        "apoyan y lo que se ha dejado fuera. Donde los proveedores discrepan sobre una métrica, la de cada uno es una "
        "*lectura* con nombre: `latido measure MÉTRICA --preset NOMBRE`. Qué son los intervalos, y por qué esos, se explica "
        "en [estadística](../statistics.md).",
        "service": "Servicio",
        "experience": "Experiencia",
        "interaction": "Interacción",
        "employee": "Empleados",
        "formula": "Definición",
        "unit": "Unidad",
        "interval": "Intervalo",
        "source": "Fuente",
        "table": "Lee",
        "min_n": "Se retiene por debajo de",
        "presets": "Lecturas",
        "traps": "Trampas",
        "left_out": "Se deja fuera",
        "splits": "Nunca se mezcla entre",
        "higher": "más es mejor",
        "lower": "menos es mejor",
    },
}


def page() -> str:
    """All metrics by family, in the current language."""
    families = [part for family in FAMILIES for part in _family(family)]
    return "\n\n".join([f"# {_w('title')}", _w("intro"), *families]) + "\n"


def _w(key: str) -> str:
    return WORDS[language()][key]


def _family(family: str) -> list[str]:
    return [f"## {_w(family)}", *(_section(m) for m in METRICS.values() if m.family == family)]


def _section(metric: Metric) -> str:
    blocks = [
        f"### {metric.name}",
        f"**{metric.label}** · {_unit(metric)}",
        _facts(metric),
        _list("presets", [f"`{p.name}`: {p.meaning}" for p in metric.presets]),
        _list("left_out", [f"{rule.label} (`{rule.reason}`)" for rule in metric.left_out]),
        _list("traps", [str(trap) for trap in metric.traps]),
    ]
    return "\n\n".join(block for block in blocks if block)


def _unit(metric: Metric) -> str:
    return f"{metric.unit}, {_w(metric.better)}" if metric.better else metric.unit


def _facts(metric: Metric) -> str:
    facts = {
        "formula": str(metric.formula),
        "interval": str(metric.interval),
        "source": str(metric.source),
        "table": f"`{metric.table}`",
        "splits": ", ".join(f"`{name}`" for name in metric.splits),
        "min_n": f"n = {metric.min_n}" if metric.min_n > 1 else "",
    }
    return "\n".join(f"- {_w(key)}: {text}" for key, text in facts.items() if text)


def _list(key: str, items: list[str]) -> str:
    return f"{_w(key)}:\n\n" + "\n".join(f"- {item}" for item in items) if items else ""
