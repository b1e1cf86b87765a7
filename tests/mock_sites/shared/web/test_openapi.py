"""The test controls do what their description says, whatever is sent to them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from flask import Flask
from schemathesis import GenerationMode

from mock_sites import SITES
from mock_sites.__main__ import CREATE
from mock_sites.shared.controls.control import PREFIX
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.settings import StackSettings
from mock_sites.shared.runtime.site import Site
from mock_sites.shared.web.openapi import controls_of, description
from tests.support.described import CHECKS, assert_resolves, call_generated, operations_of
from tests.support.shared_keys import shared_keys

ADDRESS = f"{PREFIX}/openapi.json"
HEADERS = {"Authorization": f"Bearer {shared_keys().control_token}"}


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
    for operation in operations_of(schema):
        if mode == GenerationMode.NEGATIVE and not list(operation.body):
            continue
        call_generated(operation, mode, CHECKS, HEADERS)


def test_every_control_is_described(site: Site) -> None:
    served = site.app.test_client().get(ADDRESS, headers=HEADERS)

    assert served.json is not None
    routes = {rule.rule for rule in site.app.url_map.iter_rules() if rule.rule.startswith(PREFIX)}
    assert {path.replace("{", "<").replace("}", ">") for path in served.json["paths"]} == routes


def test_the_description_is_openapi_and_every_reference_leads_somewhere(site: Site) -> None:
    served = site.app.test_client().get(ADDRESS, headers=HEADERS).json

    assert_resolves(served)


def test_a_control_that_says_nothing_of_itself_is_noticed() -> None:
    app = Flask("silent")
    app.add_url_rule(f"{PREFIX}/silent", view_func=lambda: "")

    with pytest.raises(LookupError, match="silent is not documented"):
        description(app, controls_of("silent", PREFIX))
