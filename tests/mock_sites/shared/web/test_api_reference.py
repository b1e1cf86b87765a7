"""The reference of a merchant interface, as a developer reads it at ``/docs``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser
from werkzeug.test import Client

from mock_sites.__main__ import CREATE
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.settings import StackSettings
from mock_sites.shared.web.api_reference import limits_of, name_of, operations_by_group
from tests.support.shared_keys import shared_keys


@pytest.fixture(params=["wallet", "vault"])
def client(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Client]:
    ports = {name: number for number, name in enumerate(CREATE, start=1)}
    stack = StackSettings(data=tmp_path, ports=ports, keys=shared_keys(), controls=False)
    site = CREATE[request.param](stack, Clock())
    yield site.app.test_client()
    site.close()


def page(client: Client) -> LexborHTMLParser:
    answer = client.get("/docs")
    assert answer.status_code == 200
    return LexborHTMLParser(answer.text)


def test_the_page_shows_every_operation_with_each_status(client: Client) -> None:
    described = client.get("/docs/openapi.json").json
    assert described is not None
    shown = {
        call.text(): {status.text() for status in section.css("dt") if status.text().isdigit()}
        for section in page(client).css("section")
        for call in section.css(".call")
    }

    assert shown == {
        f"{method.upper()} {path}": set(facts["responses"])
        for path, methods in described["paths"].items()
        for method, facts in methods.items()
    }


def test_the_page_shows_every_type_with_each_field_and_example(client: Client) -> None:
    described = client.get("/docs/openapi.json").json
    assert described is not None
    found = page(client)
    for name, schema in described["components"]["schemas"].items():
        [section] = found.css(f"section[aria-labelledby='type-{name}']")
        fields = [field.text() for field in section.css("dt code")]
        assert set(fields) == set(schema.get("properties", {})), name
    bodies = [
        operation
        for methods in described["paths"].values()
        for operation in methods.values()
        if "requestBody" in operation
    ]
    assert bodies
    assert len(found.css("pre.example")) == len(bodies)


def test_every_link_of_the_page_leads_somewhere(client: Client) -> None:
    found = page(client)
    ids = [each.attributes["id"] for each in found.css("[id]")]
    inside = [
        (link.attributes["href"] or "").removeprefix("#") for link in found.css("main a[href^='#']")
    ]

    assert len(ids) == len(set(ids))
    assert inside
    assert set(inside) <= set(ids)


def test_the_page_runs_no_script_of_its_own_and_loads_nothing_remote(client: Client) -> None:
    answer = client.get("/docs")
    loaded = re.findall(r'(?:src|href)="([^"#]+)"', answer.text)

    assert page(client).css("main script, main [style], main style") == []
    assert [unescape(each) for each in loaded if "//" in each] == []
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_reference_is_in_english_on_a_page_of_any_language(client: Client) -> None:
    client.get("/docs?language=ar", follow_redirects=True)

    found = page(client)

    assert len(found.css("html[dir=rtl]")) == 1
    assert [part.attributes["dir"] for part in found.css("main > [lang=en]")] == ["ltr"]


def test_a_schema_is_told_in_words() -> None:
    assert name_of({"$ref": "#/components/schemas/Amount"}) == "Amount"
    assert name_of({"type": "string"}) == ""
    assert limits_of({"type": "string", "minLength": 1, "maxLength": 64}) == [
        "length at least 1",
        "length at most 64",
    ]


def test_an_operation_stands_in_its_group() -> None:
    facts = {"summary": "Read", "tags": ["Bills"]}
    described = {"tags": [{"name": "Bills"}], "paths": {"/bills/{bill_id}": {"get": facts}}}

    [operation] = operations_by_group(described)["Bills"]

    assert (operation.method, operation.path) == ("GET", "/bills/{bill_id}")
    assert operation.anchor == "GET-bills-bill_id"
