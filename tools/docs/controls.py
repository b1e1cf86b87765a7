"""The reference of the test controls, from what the served sites say of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import httpx

from checkout_conformance.project import ROOT
from tools.docs.markdown import code, escape, table


def described_controls() -> dict[str, Any]:
    """The OpenAPI description of every site's controls, as the sites serve it."""
    with _served() as facts:
        headers = {"Authorization": f"Bearer {facts['control_token']}"}
        with httpx.Client(headers=headers, trust_env=False, timeout=20) as client:
            return {
                site: client.get(_loopback(where["url"]) + "/_control/openapi.json").json()
                for site, where in facts["sites"].items()
            }


@contextmanager
def _served() -> Iterator[dict[str, Any]]:
    command = [sys.executable, "-m", "mock_sites", "--json", "--controls", "--port-base", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())
        finally:
            process.terminate()


def _loopback(url: str) -> str:
    return re.sub(r"//[\w.]+localhost", "//127.0.0.1", url)


def controls_page(described: Mapping[str, Any]) -> str:
    """Every control of every site; those that all sites have stand once."""
    paths = {site: _operations(description) for site, description in described.items()}
    shared = set.intersection(*(set(found) for found in paths.values()))
    first = next(iter(described))
    lines = [
        "# Test controls\n",
        "The sites offer these calls only when `serve` is started with `--controls`. Each call"
        " needs the header `Authorization: Bearer …` with the token that `serve` prints. The sites"
        " describe them at `/_control/openapi.json`; this page is made from that description.\n",
        "## Every site { #every-site }\n",
        *_rows({key: paths[first][key] for key in sorted(shared)}, described[first]),
    ]
    for site, found in paths.items():
        own = {key: found[key] for key in sorted(set(found) - shared)}
        if own:
            lines += [f"## {site.capitalize()} {{ #{site} }}\n", *_rows(own, described[site])]
    return "\n".join(lines)


def _operations(description: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (path, method): operation
        for path, methods in description["paths"].items()
        for method, operation in methods.items()
    }


def _rows(
    operations: Mapping[tuple[str, str], Mapping[str, Any]], description: Mapping[str, Any]
) -> Iterator[str]:
    rows = []
    for (path, method), operation in operations.items():
        takes = [*_parameters(operation), *_body(operation, description)]
        call = code(f"{method.upper()} {path}")
        rows.append([call, escape(operation.get("summary", "")), "<br>".join(takes) or "nothing"])
    yield table(["Call", "What it does", "Takes"], rows)


def _parameters(operation: Mapping[str, Any]) -> Iterator[str]:
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "query":
            needed = ", required" if parameter.get("required") else ""
            yield f"query {code(parameter['name'])}{needed}"


def _body(operation: Mapping[str, Any], description: Mapping[str, Any]) -> Iterator[str]:
    content = operation.get("requestBody", {}).get("content", {})
    for kind in content.values():
        schema = _resolved(kind["schema"], description)
        needed = schema.get("required", [])
        for name, value in schema.get("properties", {}).items():
            optional = "" if name in needed else ", optional"
            yield f"{code(name)}: {escape(_kind(value, description))}{optional}"


def _resolved(schema: Mapping[str, Any], description: Mapping[str, Any]) -> Mapping[str, Any]:
    found: Any = schema
    if "$ref" in schema:
        found = description
        for name in schema["$ref"].removeprefix("#/").split("/"):
            found = found[name]
    return dict(found)


def _kind(schema: Mapping[str, Any], description: Mapping[str, Any]) -> str:
    schema = _resolved(schema, description)
    if "anyOf" in schema:
        kinds = [_kind(one, description) for one in schema["anyOf"]]
        return " or ".join(kind for kind in kinds if kind != "null")
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    return str(schema.get("type", "any"))
