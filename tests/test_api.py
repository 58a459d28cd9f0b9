"""The interface keeps to its own document, whatever is asked: schemathesis asks."""

from typing import Any

import pytest
import schemathesis
from _served import DESK, filled
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import checks
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from summitry.web import app

CHECKS = [
    checks.not_a_server_error,
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
]


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Any:
    web = app(filled(str(tmp_path_factory.mktemp("api") / "book.db")), DESK)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", web)


def test_the_interface_keeps_to_its_document(document: Any) -> None:
    asked: list[str] = []
    for found in document.get_all_operations():
        operation = found.ok()
        asked.append(operation.label)

        @settings(
            max_examples=20,
            deadline=None,
            derandomize=True,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def one(case: Any) -> None:
            case.call_and_validate(checks=CHECKS, headers={"Host": "localhost"})

        one()
    assert "GET /api/v1/diary" in asked
    assert all(label.startswith("GET ") for label in asked), "what writes is no part of it"
