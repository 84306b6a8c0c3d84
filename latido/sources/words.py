"""Words that mean yes, no and nothing, in Spanish and English."""

TRUE = frozenset({"yes", "y", "true", "t", "1", "sí", "si", "s", "verdadero", "v", "x", "✓", "✔", "on"})
FALSE = frozenset({"no", "n", "false", "f", "0", "falso", "off"})
MISSING = (
    "",
    "?",
    "na",
    "n/a",
    "#n/a",
    "null",
    "none",
    "nan",
    "NaN",
    "nil",
    "-",
    "--",
    "—",
    "s/d",
    "n/d",
    "nd",
    "sin datos",
    "(blank)",
    "\\n",
)
