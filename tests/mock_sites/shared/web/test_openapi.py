"""The test controls do what their description says, whatever is sent to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.definitions import OPENAPI_31

from mock_sites import SITES
from mock_sites.__main__ import CREATE
from mock_sites.shared.controls.control import PREFIX
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.settings import StackSettings
from mock_sites.shared.runtime.site import Site
from mock_sites.shared.web.openapi import description
from tests.support.shared_keys import shared_keys

ADDRESS = f"{PREFIX}/openapi.json"
HEADERS = {"Authorization": f"Bearer {shared_keys().control_token}"}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    ports = {name: number for number, name in enumerate(SITES, start=1)}
    stack = StackSettings(data=tmp_path, ports=ports, keys=shared_keys(), controls=True)
    site = CREATE[request.param](stack, Clock())
    yield site
    site.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_no_answer_of_a_control_is_broken_or_undocumented(site: Site, mode: GenerationMode) -> None:
    schema = schemathesis.openapi.from_wsgi(ADDRESS, site.app, headers=HEADERS)
    for found in schema.get_all_operations():
        assert isinstance(found, Ok), found
        operation = found.ok()
        if mode == GenerationMode.NEGATIVE and not list(operation.body):
            continue

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
        def fits(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(checks=CHECKS, headers=HEADERS)

        fits()


def test_every_control_is_described(site: Site) -> None:
    served = site.app.test_client().get(ADDRESS, headers=HEADERS)

    assert served.json is not None
    routes = {rule.rule for rule in site.app.url_map.iter_rules() if rule.rule.startswith(PREFIX)}
    assert {path.replace("{", "<").replace("}", ">") for path in served.json["paths"]} == routes


def test_the_description_is_openapi_and_every_reference_leads_somewhere(site: Site) -> None:
    served = site.app.test_client().get(ADDRESS, headers=HEADERS).json

    jsonschema_rs.validator_for(OPENAPI_31).validate(served)
    for reference in references(served):
        assert resolved(served, reference) is not None, reference


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


def test_a_control_that_says_nothing_of_itself_is_noticed() -> None:
    app = Flask("silent")
    app.add_url_rule(f"{PREFIX}/silent", view_func=lambda: "")

    with pytest.raises(LookupError, match="silent is not documented"):
        description(app, "silent", PREFIX)
