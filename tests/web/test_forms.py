"""What somebody typed, shown again."""

from __future__ import annotations

from starlette.datastructures import FormData, UploadFile

from latido.errors import FieldError, InputError
from latido.i18n import Message
from latido.web.forms import Typed, given, text, typed

WRONG = FieldError("email", Message("It is none."))
SENT = FormData([("email", "ana"), ("rights", "read"), ("rights", "rows"), ("password", "secret"), ("again", "secret")])


def test_what_was_typed_is_kept_but_no_password() -> None:
    form = typed(SENT, WRONG)
    assert (form["email"], form.has("rights", "rows"), form["password"], form["again"]) == ("ana", True, "", "")


def test_an_error_stands_beside_its_field() -> None:
    form = typed(SENT, WRONG)
    assert (form.wrong("email"), form.wrong("name"), form.problem) == (WRONG, None, None)


def test_an_error_of_no_field_stands_above() -> None:
    error = InputError(Message("No."))
    form = typed(SENT, error)
    assert (form.wrong("email"), form.problem) == (None, error)


def test_an_empty_form_has_nothing_wrong() -> None:
    assert (Typed()["name"], Typed().wrong("name"), Typed().problem) == ("", None, None)


def test_a_form_may_be_filled_in_already() -> None:
    assert (given(name="Ana", language=None)["name"], given(language=None)["language"]) == ("Ana", "")


def test_a_file_is_no_text() -> None:
    assert text(FormData([("name", UploadFile(None))]), "name") == ""  # type: ignore[arg-type]
