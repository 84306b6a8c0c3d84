"""Reads `latido.toml`, and says what is wrong with it where it is wrong."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import SettingsError

from latido.config.alerts import secrets_in
from latido.config.lines import Place, line_of
from latido.config.settings import PREFIX, Config
from latido.config.values import SettingError, nearest
from latido.errors import ConfigError
from latido.i18n import Message, _

FILE = "latido.toml"

_LIST, _TABLE = _("Write a list in brackets."), _("Write a table: its keys below a [heading].")
_EXPECTED = {
    "int": _("Write a number."),
    "float": _("Write a number."),
    "string": _("Write a text in quotes."),
    "tuple": _LIST,
    "list": _LIST,
    "dict": _TABLE,
    "model": _TABLE,
    "date": _("Write a day as 2026-12-24."),
}


class Fault(NamedTuple):
    """One setting that cannot be as it is.

    Attributes:
        place: Which: `("sla", 0, "target")`.
        rule: What is wrong with it.
        hint: The way out.
    """

    place: Place
    rule: Message
    hint: Message | None


class WrongSettingsError(ConfigError):
    """Settings that cannot be; the message tells of the first.

    Args:
        message: What is wrong, and in which line.
        hint: The way out.
        faults: All that is wrong, for forms that show it beside each field.
    """

    def __init__(self, message: Message, hint: Message | None, faults: Sequence[Fault]) -> None:
        super().__init__(message, hint)
        self.faults = faults


def load(root: Path) -> Config:
    """The settings of the workspace in this folder.

    Raises:
        ConfigError: There is no workspace here, or its file is wrong.
    """
    path = root / FILE
    if not path.is_file():
        raise ConfigError(
            _("{folder} is not a latido workspace: it has no {file}.", folder=root, file=FILE),
            _("“latido init” makes one; “latido demo” makes one with a company to look at."),
        )
    return parse(_text(path))


def parse(text: str) -> Config:
    """The settings that this text declares, overridden by the environment."""
    given = declared(text)
    _refuse_secrets(given, text)
    try:
        return Config(**given)
    except ValidationError as error:
        raise _explained(sorted(error.errors(), key=_misspelt_first), text) from error
    except SettingsError as error:
        raise ConfigError(
            _(
                "An environment variable that starts with {prefix} cannot be read: {reason}.",
                prefix=PREFIX,
                reason=error,
            ),
            _("Lists and tables are written there as JSON."),
        ) from error


def _refuse_secrets(given: Mapping[str, Any], text: str) -> None:
    """Keep passwords out of a file that people share, print and keep versions of."""
    for place in secrets_in(given):
        variable = f"{PREFIX}{'__'.join(place)}".upper()
        rule = _("{key} does not belong into this file.", key=".".join(place))
        raise ConfigError(
            _("{file}, line {line}: {rule}", file=FILE, line=line_of(place, text) or 1, rule=rule),
            _("Give it in the environment variable {name}.", name=variable),
        )


def declared(text: str) -> dict[str, Any]:
    """What a text declares, as plain data that nobody has checked yet.

    Raises:
        ConfigError: It is no TOML.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            _("{file} is not written as TOML should be: {reason}.", file=FILE, reason=error),
            _('Texts stand in quotes, lists in brackets: countries = ["ES", "MX"]'),
        ) from error


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(_("{file} is not UTF-8 text.", file=path.name), _("Save it as UTF-8.")) from error


def _explained(details: Sequence[ErrorDetails], text: str) -> WrongSettingsError:
    rule, hint = _rule(details[0])
    place, faults = details[0]["loc"], [_fault(detail) for detail in details]
    variable = f"{PREFIX}{place[0]}".upper() if place else ""
    if any(name.upper() == variable or name.upper().startswith(f"{variable}__") for name in os.environ):
        said = _("The environment variable {name}: {rule}", name=variable, rule=rule)
    elif line := line_of(place, text):
        said = _("{file}, line {line}: {rule}", file=FILE, line=line, rule=rule)
    else:
        said = _("{file}: {rule}", file=FILE, rule=rule)
    return WrongSettingsError(said, hint, faults)


def _fault(detail: ErrorDetails) -> Fault:
    """What is wrong, for somebody who sees the field and not the file."""
    own = detail.get("ctx", {}).get("error")
    if isinstance(own, SettingError):
        return Fault(detail["loc"], own.rule, own.hint)
    if detail["type"] == "missing":
        return Fault(detail["loc"], _("Something must stand here."), None)
    return Fault(detail["loc"], _("“{value}” cannot stand here.", value=detail["input"]), _rule(detail)[1])


def _misspelt_first(detail: ErrorDetails) -> bool:
    return detail["type"] != "extra_forbidden"


def _rule(detail: ErrorDetails) -> tuple[Message, Message | None]:
    place, context, value = detail["loc"], detail.get("ctx", {}), detail["input"]
    key = ".".join(step for step in place if isinstance(step, str))
    if isinstance(fault := context.get("error"), SettingError):
        return (_("{key}: {rule}", key=key, rule=fault.rule) if key else fault.rule), fault.hint
    match detail["type"]:
        case "extra_forbidden":
            known = _known(place)
            listed = _("Known here: {names}.", names=", ".join(known))
            return _("There is no setting called “{key}”.", key=key), nearest(str(place[-1]), known) or listed
        case "missing":
            return _("The setting “{key}” is missing.", key=key), None
        case kind:
            return _("{key} cannot be “{value}”.", key=key, value=value), _expected(kind, context, detail["msg"])


def _expected(kind: str, context: Mapping[str, Any], message: str) -> Message:
    """What should stand there, from the kind of pydantic's complaint."""
    subject = kind.partition("_")[0]
    if subject == "literal":
        return _("Allowed: {names}.", names=context["expected"].replace(" or ", ", "))
    if subject == "less":
        return _("It must not be above {limit}.", limit=context.get("le"))
    if subject == "greater":
        return _("It must be above {limit}.", limit=context.get("gt", context.get("ge", 0) - 1))
    return _EXPECTED.get(subject, _("{reason}.", reason=message))


def _known(place: Place) -> tuple[str, ...]:
    kind: Any = Config
    for step in place[:-1]:
        kind = kind.model_fields[str(step)].annotation if _is_section(kind) else _element(kind)
    return tuple(kind.model_fields) if _is_section(kind) else ()


def _is_section(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _element(kind: Any) -> Any:
    return get_args(kind)[1 if get_origin(kind) in {dict, Mapping} else 0]
