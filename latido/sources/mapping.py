"""A mapping: how a foreign file becomes canonical rows, small enough to read, exact enough to replay.

```toml
[[tables]]
table = "tickets"
where = { column = "Status No.", equals = "1" }

[tables.columns]
ticket_id = { column = "Ticket", split = " / ", part = 1 }
created = { column = "Timestamp", dates = "dmy" }
priority = { column = "Severity", values = { "1" = "urgent", "2" = "high" }, otherwise = "normal" }
x_site = "Site"
```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from collections.abc import Mapping as Dict
from pathlib import Path
from typing import Annotated, Any

import tomli_w
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from latido.errors import InputError, LatidoError, UnknownNameError
from latido.i18n import Message, _
from latido.model.catalog import table as canonical
from latido.model.table import EXTRA_PREFIX, SYSTEM, Table
from latido.sources.encoding import known
from latido.sources.numbers import Sign
from latido.sources.sheet import Layout
from latido.sources.stamps import Order
from latido.sources.zones import zone

UPDATED = SYSTEM[0].name
ORIGINS = ("column", "columns", "first", "constant", "row_number", "fingerprint")
LAYOUT = ("encoding", "delimiter", "header", "skip", "names", "widths", "sheet", "records")


def _listed(value: object) -> object:
    return [value] if isinstance(value, str | dict) else value


def _rule(value: object) -> object:
    return {"column": value} if isinstance(value, str) else value


def _word(value: object) -> object:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


Word = Annotated[str, BeforeValidator(_word)]
Words = Annotated[tuple[Word, ...], BeforeValidator(_listed)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Condition(_Part):
    """Which rows of the file count.

    Attributes:
        column: Foreign column.
        equals: It is one of these.
        other_than: It is none of these (`not` in the file).
        filled: It holds something, or (`false`) nothing.
    """

    column: str
    equals: Words = ()
    other_than: Words = Field(default=(), alias="not")
    filled: bool | None = None


class Rule(_Part):
    """How the cells of one canonical column come about. Exactly one origin, then what is done to it.

    Attributes:
        column: Foreign column.
        columns: Several, put together with `join` between them; empty where one of them is.
        join: What stands between them.
        first: Several, of which the first that holds something counts.
        constant: The same for all rows.
        row_number: The row's number in this very file: `<file>-<number>`.
        fingerprint: A digest of the whole row: the same row in another file has the same one.
        split: Cut the text at this mark.
        part: Which piece, the first being 1, the last −1.
        values: Foreign words and what they become.
        otherwise: What other words become.
        dates: Order of day and month: `dmy`, `mdy`, `ymd`.
        decimal: Decimal sign.
        times: What numbers are multiplied by.
        default: What an empty cell means.
        prefix: Put before every text.
        suffix: Put after every text.
    """

    column: str | None = None
    columns: tuple[str, ...] = ()
    join: str = "-"
    first: tuple[str, ...] = ()
    constant: str | int | float | bool | None = None
    row_number: bool = False
    fingerprint: bool = False
    split: str | None = None
    part: int = 1
    values: dict[str, Word] = Field(default_factory=dict)
    otherwise: Word | None = None
    dates: Order | None = None
    decimal: Sign | None = None
    times: float = 1
    default: str | int | float | bool | None = None
    prefix: str = ""
    suffix: str = ""

    @property
    def foreign(self) -> tuple[str, ...]:
        """The foreign columns it draws on."""
        return (*((self.column,) if self.column is not None else ()), *self.columns, *self.first)


class TableMap(_Part):
    """One canonical table drawn from the file.

    Attributes:
        table: Its name.
        where: Conditions, all of which must hold.
        columns: Canonical column → how its cells come about.
    """

    table: str
    where: Annotated[tuple[Condition, ...], BeforeValidator(_listed)] = ()
    columns: dict[str, Annotated[Rule, BeforeValidator(_rule)]]

    @property
    def canonical(self) -> Table:
        """The table's declaration."""
        return canonical(self.table)


class Mapping(_Part):
    """A whole mapping.

    Attributes:
        tables: What is drawn from the file; nothing: hints for the wizard only.
        time_zone: Zone of stamps without offset; None for the workspace's.
        dates: Order of day and month, for all columns that do not say.
        decimal: Decimal sign, for all columns that do not say.
        missing: Marks for nothing besides the usual ones.
        encoding: See `Layout`, as the rest.
    """

    time_zone: str | None = None
    dates: Order | None = None
    decimal: Sign | None = None
    missing: tuple[str, ...] = ()
    encoding: str | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    header: bool | None = None
    skip: int | None = None
    names: tuple[str, ...] = ()
    widths: tuple[tuple[int, int], ...] = ()
    sheet: str | None = None
    records: str | None = None
    tables: tuple[TableMap, ...] = ()

    @property
    def layout(self) -> Layout:
        """What it says about the file's layout."""
        return Layout(**{name: getattr(self, name) for name in LAYOUT})

    @property
    def foreign(self) -> tuple[str, ...]:
        """The foreign columns it draws on, each once."""
        return tuple(
            dict.fromkeys(
                name
                for part in self.tables
                for name in (
                    *(c.column for c in part.where),
                    *(n for rule in part.columns.values() for n in rule.foreign),
                )
            )
        )

    def said(self) -> dict[str, Any]:
        """The mapping as plain values, for `Options.mapping`; what is as usual is left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    def text(self) -> str:
        """The mapping as TOML."""
        said = self.said()
        parts = [_toml_table(part) for part in said.pop("tables", ())]
        return "\n".join([*(_line(key, value) for key, value in said.items()), *parts])


def parse(data: Dict[str, object], name: str = "mapping") -> Mapping:
    """A mapping from what its file says.

    Args:
        data: As TOML gives it.
        name: What people call the file.

    Raises:
        InputError: Something is missing, misspelt or of the wrong kind.
    """
    try:
        mapping = Mapping.model_validate(data)
    except ValidationError as error:
        raise _explained(error, name) from None
    if mapping.time_zone is not None:
        zone(mapping.time_zone)
    if mapping.encoding is not None:
        known(mapping.encoding)
    for part in mapping.tables:
        _check(part, name)
    return mapping


def load(path: Path) -> Mapping:
    """A mapping from its file.

    Raises:
        InputError: There is none, it is not TOML, or it says something that makes no sense.
    """
    try:
        return parse(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
    except FileNotFoundError:
        raise InputError(_("There is no file {file}.", file=str(path))) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(_("{file} is not valid TOML: {why}.", file=path.name, why=str(error))) from None


def _check(part: TableMap, name: str) -> None:
    table = part.canonical
    for key, rule in part.columns.items():
        _check_name(key, table)
        _check_rule(rule, f"{table.name}.{key}", name)
    for column in table.columns:
        if column.required and column.default is None and column.name not in part.columns:
            raise InputError(
                _("{file}: “{table}” cannot do without “{column}”.", file=name, table=table.name, column=column.name),
                _("Say where it comes from: {line}", line=f'{column.name} = "…"'),
            )


def _check_name(column: str, table: Table) -> None:
    if column.lower().startswith(EXTRA_PREFIX):
        if not re.fullmatch(r"x_[a-z0-9_]+", column):
            raise InputError(
                _("“{name}” cannot be the name of a column of your own.", name=column),
                _("Such names begin with x_, followed by small letters, digits and _."),
            )
    elif column not in (*table.names, UPDATED):
        raise UnknownNameError.among(_("column in “{table}”", table=table.name), column, (*table.names, UPDATED))


def _check_rule(rule: Rule, place: str, name: str) -> None:
    given = [origin for origin in ORIGINS if getattr(rule, origin) not in (None, (), False)]
    # `constant = false` is a constant too, and so is 0, which Python takes for the same.
    given += ["constant"] if rule.constant is not None and not rule.constant and rule.constant != "" else []
    if len(given) != 1:
        raise InputError(
            _("{file}: “{place}” needs exactly one of {origins}.", file=name, place=place, origins=", ".join(ORIGINS))
        )


def _explained(error: ValidationError, name: str) -> LatidoError:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return UnknownNameError.among(_("setting in {file}", file=name), str(first["loc"][-1]), _settings(first["loc"]))
    if first["type"] == "missing":
        return InputError(_("{file}: “{place}” is missing.", file=name, place=place))
    return InputError(
        _("{file}: “{place}” cannot be {value}.", file=name, place=place, value=repr(first["input"])), _allowed(first)
    )


def _settings(place: Iterable[int | str]) -> list[str]:
    names = [part for part in place if isinstance(part, str)]
    model: type[BaseModel] = Mapping
    if "columns" in names[:-1]:
        model = Rule
    elif "where" in names[:-1]:
        model = Condition
    elif "tables" in names[:-1]:
        model = TableMap
    return [field.alias or key for key, field in model.model_fields.items()]


def _allowed(problem: Any) -> Message | None:
    expected = problem.get("ctx", {}).get("expected")
    return _("It can be {expected}.", expected=str(expected).replace(" or ", ", ")) if expected else None


def _toml_table(part: dict[str, Any]) -> str:
    """One table, a line for each column: what is nothing but a foreign column is that column's name."""
    columns = {key: rule["column"] if list(rule) == ["column"] else rule for key, rule in part.pop("columns").items()}
    lines = [_line(key, value[0] if key == "where" and len(value) == 1 else value) for key, value in part.items()]
    return "\n".join(
        ["", "[[tables]]", *lines, "", "[tables.columns]", *(_line(key, value) for key, value in columns.items()), ""]
    )


def _line(key: str, value: Any) -> str:
    return f"{_key(key)} = {_inline(value)}"


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(_line(key, inner) for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return tomli_w.dumps({"x": value}).removeprefix("x = ").rstrip("\n")


def _key(key: str) -> str:
    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")
