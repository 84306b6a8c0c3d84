"""What is wrong with a field is said in latido's words."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from latido.api.complaints import _OTHER, complaint
from latido.i18n import use


class Sample(BaseModel):
    """One field of each kind."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(default="", max_length=3, min_length=1, pattern="^[a-z]*$")
    number: int = Field(default=1, ge=1, le=5)
    share: float = Field(default=0, allow_inf_nan=False)
    flag: bool = False
    day: date | None = None
    moment: datetime | None = None
    choice: Literal["a", "b"] = "a"
    several: list[str] = Field(default=[], max_length=1)
    named: dict[str, str] = {}


def said(given: Any) -> dict[str, str]:
    """What is wrong, by field."""
    with pytest.raises(ValidationError) as caught:
        Sample.model_validate(given)
    return {one.field: str(one.detail) for one in map(complaint, caught.value.errors())}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"text": "long"}, {"text": "Its length is 3 at most."}),
        ({"text": ""}, {"text": "Its length is 1 at least."}),
        ({"text": "\0"}, {"text": "It holds a character that stands in no text."}),
        ({"text": 3}, {"text": "It is a text."}),
        ({"number": 9}, {"number": "It is 5 at most."}),
        ({"number": "x"}, {"number": "It is a whole number."}),
        ({"share": float("inf")}, {"share": "It is a number."}),
        ({"flag": "perhaps"}, {"flag": "It is true or false."}),
        ({"day": "soon"}, {"day": "It is a day, written as 2025-03-04."}),
        ({"moment": "soon"}, {"moment": "It is an instant, written as 2025-03-04T18:30:00Z."}),
        ({"choice": "c"}, {"choice": "It can be a, b."}),
        ({"several": ["x", "y"]}, {"several": "Their number is 1 at most."}),
        ({"several": [1]}, {"several.0": "It is a text."}),
        ({"several": "x"}, {"several": "It is a list."}),
        ({"named": []}, {"named": "It is an object with named values."}),
        ({"other": 1}, {"other": "There is no field of this name here."}),
    ],
    ids=str,
)
def test_a_rule_is_told_in_plain_words(given: dict[str, Any], told: dict[str, str]) -> None:
    assert said(given) == told


def test_a_rule_is_told_in_the_readers_language() -> None:
    with use("es"):
        assert said({"number": 9}) == {"number": "Es 5 como máximo."}


def test_a_rule_that_nobody_knows_is_told_nevertheless() -> None:
    assert complaint({"type": "never_heard_of", "loc": ("query", "x")}) == ("x", _OTHER)


def test_what_is_wrong_with_all_of_it_is_the_bodys() -> None:
    assert complaint({"type": "missing", "loc": ("body",)}).field == "body"
