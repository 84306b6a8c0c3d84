"""The API against whatever its own description allows, and what it does not: it never breaks, and keeps its word."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from latido.api.operation import Operation
from latido.api.resources import OPERATIONS
from tests.api.conftest import Api

CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
BOUNDED = settings(
    max_examples=10,
    derandomize=True,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def described(api: Api) -> schemathesis.BaseSchema:
    """The API as it describes itself."""
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", api.app)


@pytest.mark.parametrize("mode", GenerationMode)
# What takes the shop's data away comes last.
@pytest.mark.parametrize("operation", sorted(OPERATIONS, key=lambda o: o.name == "imports_undo"), ids=lambda o: o.name)
def test_nothing_that_is_sent_breaks_it(
    api: Api, described: schemathesis.BaseSchema, operation: Operation, mode: GenerationMode
) -> None:
    cases = described[operation.path.replace(":path", "")][operation.method].as_strategy(generation_mode=mode)

    @BOUNDED
    @given(cases)
    def run(case: Case) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {api.keys['owner']}"}, checks=list(CHECKS))

    run()
