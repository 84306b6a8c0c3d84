"""The page of the command line."""

from __future__ import annotations

from click import Context

from latido.cli.grammar import Argument, Command, Explained, Option
from latido.cli.main import COMMANDS, EXIT_CODES, cli
from latido.i18n import language

WORDS = {
    "en": {
        "title": "Command line",
        "intro": "`latido --help` and `latido COMMAND --help` say what stands here. The options of `latido` itself come "
        "before the command, those of a command after it.",
        "workspace": "Commands work on a workspace, a folder with a `latido.toml`: the one that `--workspace` names, "
        "else the one in the environment variable `LATIDO_WORKSPACE`, else the current folder.",
        "formats": "Whatever prints figures prints them for people; with `--json` or `--csv` for machines: decimal points, "
        "ISO dates, the same names in every language, nothing where a value is not known. Errors and progress go to "
        "standard error. Colours need a terminal, and `NO_COLOR` turns them off.",
        "options": "Options of `latido`",
        "codes": "Exit codes",
        "code": "Code",
        "meaning": "Meaning",
        "argument": "Argument or option",
        "examples": "Examples",
    },
    "es": {
        "title": "Línea de órdenes",
        "intro": "`latido --help` y `latido ORDEN --help` dicen lo que hay aquí. Las opciones del propio `latido` van antes "
        "de la orden; las de una orden, después.",
        "workspace": "Las órdenes trabajan sobre un espacio de trabajo, una carpeta con un `latido.toml`: la que nombra "
        "`--workspace`; si no, la de la variable de entorno `LATIDO_WORKSPACE`; si no, la carpeta actual.",
        "formats": "Todo lo que imprime cifras las imprime para personas; con `--json` o `--csv`, para máquinas: punto "
        "decimal, fechas ISO, los mismos nombres en todos los idiomas, nada donde no se conoce un valor. Los errores y el "
        "avance van a la salida de errores. Los colores necesitan una terminal, y `NO_COLOR` los apaga.",
        "options": "Opciones de `latido`",
        "codes": "Códigos de salida",
        "code": "Código",
        "meaning": "Significado",
        "argument": "Argumento u opción",
        "examples": "Ejemplos",
    },
}


def page() -> str:
    """All commands, in the current language."""
    context = Context(cli, info_name="latido")
    commands = [part for name in COMMANDS for part in _command(name, context)]
    codes = [f"| {code} | {meaning} |" for code, meaning in EXIT_CODES]
    blocks = [
        f"# {_w('title')}",
        *(_w(key) for key in ("intro", "workspace", "formats")),
        f"## {_w('options')}",
        _params(cli, context),
        *commands,
        f"## {_w('codes')}",
        "\n".join([f"| {_w('code')} | {_w('meaning')} |", "|---|---|", *codes]),
    ]
    return "\n\n".join(blocks) + "\n"


def _w(key: str) -> str:
    return WORDS[language()][key]


def _command(name: str, root: Context) -> list[str]:
    command = cli.get_command(root, name)
    assert isinstance(command, Command)  # noqa: S101 - mypy's sake
    context = Context(command, parent=root, info_name=name)
    usage = " ".join(command.collect_usage_pieces(context))
    return [
        f"## latido {name}",
        str(command.text),
        f"```text\nlatido {name} {usage}\n```",
        _params(command, context),
        f"{_w('examples')}:",
        "```bash\n" + "\n".join(f"# {meaning}\n{line}" for line, meaning in command.examples) + "\n```",
    ]


def _params(command: Explained, context: Context) -> str:
    params = [p for p in command.get_params(context) if isinstance(p, Argument | Option)]
    rows = [_row(*p.get_help_record(context)) for p in params]
    return "\n".join([f"| {_w('argument')} | {_w('meaning')} |", "|---|---|", *rows])


def _row(name: str, meaning: str) -> str:
    return f"| `{name.replace('|', chr(92) + '|')}` | {meaning} |"
