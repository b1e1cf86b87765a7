"""Hold a site to its OpenAPI description with Schemathesis."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import jsonschema_rs
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.definitions import OPENAPI_31

Check = Callable[..., Any]
# What holds for every answer.
ANSWER_CHECKS: list[Check] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
CHECKS: list[Check] = [*ANSWER_CHECKS, negative_data_rejection]


def operations_of(schema: Any) -> Iterator[Any]:
    """The operations of a description; one that cannot be read fails the test."""
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        yield found.ok()


def example_of(described: Any, operation: Any) -> Any:
    """The example that a description has of an operation's body; None if it takes none."""
    facts = described["paths"][operation.path][operation.method]
    if "requestBody" not in facts:
        return None
    schema = facts["requestBody"]["content"]["application/json"]["schema"]
    return resolved(described, schema["$ref"])["examples"][0]


def call_generated(
    operation: Any,
    mode: GenerationMode,
    checks: Sequence[Check],
    headers: Mapping[str, str] | None = None,
    change: Callable[[schemathesis.Case[Any]], None] = lambda _case: None,
) -> None:
    """Call an operation with generated data, changed by ``change``, and check each answer."""

    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    def fits(case: schemathesis.Case[Any]) -> None:
        change(case)
        case.call_and_validate(checks=list(checks), headers=dict(headers or {}))

    fits()


def assert_resolves(described: Any) -> None:
    """Check that this is OpenAPI 3.1, and that every reference leads somewhere."""
    jsonschema_rs.validator_for(OPENAPI_31).validate(described)
    for reference in references(described):
        assert resolved(described, reference) is not None, reference


def references(described: Any) -> Iterator[str]:
    """Every ``$ref`` in a description."""
    if isinstance(described, dict):
        yield from [described["$ref"]] if isinstance(described.get("$ref"), str) else []
        described = list(described.values())
    for each in described if isinstance(described, list) else ():
        yield from references(each)


def resolved(described: Any, reference: str) -> Any:
    """What a reference leads to in its own document."""
    assert reference.startswith("#/"), reference
    for name in reference.removeprefix("#/").split("/"):
        described = described.get(name) or {}
    return described or None
