"""What everybody sees first is found out before anybody asks."""

from __future__ import annotations

from latido.web import moves
from latido.web.view import View
from latido.web.warm import first_changes
from latido.workspace import open as opened
from latido.workspace.answers import Answers
from tests.company import company


def test_what_moved_is_begun_before_somebody_asks() -> None:
    answers = Answers(opened(company()))
    first_changes(answers)
    question = moves.asked(answers, View(), moves.there(answers))
    assert question is not None
    begun = moves.begun(answers, question)
    assert begun is moves.begun(answers, question, patience=None)
    assert begun.result().now == question.key[2]
