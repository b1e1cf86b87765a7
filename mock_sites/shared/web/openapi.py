"""The descriptions of a site's interfaces for programs, made from the routes (OpenAPI 3.1).

Each route says with ``documented`` what it takes and answers, in the models that it works with;
a route that does not is refused when the description is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Flask
from pydantic import BaseModel, TypeAdapter
from werkzeug.routing import Rule

View = TypeVar("View", bound=Callable[..., Any])
Described = dict[str, Any]
REF = "#/components/schemas/{model}"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
JSON = "application/json"


class Error(BaseModel):
    """The error of a call."""

    error: str


class WrongBody(Error):
    """The error of a body that does not fit."""

    details: list[dict[str, Any]]


@dataclass(frozen=True)
class Interface:
    """What all operations below a prefix share.

    ``errors``: for each status when it is answered, and the type of its body. An operation can be
    answered with those of ``always``, ``with_path`` (if its path has a value), ``with_body`` (if it
    takes one) and its own. ``security``: the security schemes, all of which a call needs.
    ``parameters``: schemas of values in paths and queries, by name. ``headers``: those of every
    answer, and what they hold. ``leaves_out``: blueprints that are no operations. ``groups``: the
    title of each blueprint.
    """

    title: str
    prefix: str
    errors: Mapping[int, tuple[str, Any]]
    security: Mapping[str, Mapping[str, str]]
    text: str = ""
    always: Sequence[int] = ()
    with_path: Sequence[int] = ()
    with_body: Sequence[int] = ()
    parameters: Mapping[str, Described] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    leaves_out: Collection[str] = ()
    groups: Mapping[str, str] = field(default_factory=dict)


def controls_of(site: str, prefix: str) -> Interface:
    """The interface of a site's test controls."""
    return Interface(
        title=f"Test controls of the {site}",
        prefix=prefix,
        errors={
            401: ("The control token is missing or wrong.", Error),
            404: ("There is nothing of that name.", Error),
            409: ("A rule of the site refuses it.", Error),
            422: ("The body does not fit.", WrongBody),
        },
        security={"token": {"type": "http", "scheme": "bearer"}},
        always=(401,),
        with_path=(404,),
        with_body=(422,),
    )


@dataclass(frozen=True)
class Operation:
    """The description of a route: what it does, takes and answers."""

    summary: str
    answer: Any
    status: int = 200
    body: type[BaseModel] | None = None
    query: Sequence[str] = ()
    otherwise: Sequence[int] = field(default=())
    media: str = JSON


def documented(summary: str, answer: Any, **more: Any) -> Callable[[View], View]:
    """Say what a route does and (as a type) answers; ``more`` as in :class:`Operation`."""

    def note(view: View) -> View:
        view.__operation__ = Operation(summary, answer, **more)  # type: ignore[attr-defined]
        return view

    return note


def described_rules(app: Flask, interface: Interface) -> list[Rule]:
    """The routes of an interface that are operations."""
    return [
        rule
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(interface.prefix) and _group(rule) not in interface.leaves_out
    ]


def description(app: Flask, interface: Interface) -> Described:
    """The OpenAPI description of an interface.

    Raises LookupError for a route that does not say what it does.
    """
    operations = [(rule, _operation(app, rule)) for rule in described_rules(app, interface)]
    schemas = _Schemas(interface, [operation for _, operation in operations])
    paths: dict[str, Described] = {}
    for rule, operation in operations:
        path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
        for method in sorted((rule.methods or set()) & set(METHODS)):
            described = _described(interface, operation, rule, schemas)
            paths.setdefault(path, {})[method.lower()] = described
    return {
        "openapi": "3.1.0",
        "info": {
            "title": interface.title,
            "version": "1",
            **({"description": interface.text} if interface.text else {}),
        },
        "security": [{name: [] for name in interface.security}],
        "tags": [{"name": name} for name in interface.groups.values()],
        "paths": paths,
        "components": {
            "schemas": schemas.named,
            "securitySchemes": {name: dict(facts) for name, facts in interface.security.items()},
        },
    }


class _Schemas:
    """The schemas of every type that is sent or answered; types with a name stand once."""

    def __init__(self, interface: Interface, operations: Collection[Operation]) -> None:
        errors = (kind for _, kind in interface.errors.values())
        answers = [*(each.answer for each in operations), *errors]
        bodies = [each.body for each in operations if each.body is not None]
        sent, answered = _once(bodies, "validation"), _once(answers, "serialization")
        self._found, definitions = TypeAdapter.json_schemas([*sent, *answered], ref_template=REF)
        self.named: Described = definitions.get("$defs", {})

    def sent(self, model: type[BaseModel]) -> Described:
        """The schema of a body."""
        return self._found[repr(model), "validation"]

    def answered(self, kind: Any) -> Described:
        """The schema of an answer."""
        return self._found[repr(kind), "serialization"]


def _once(kinds: Sequence[Any], mode: Any) -> list[tuple[str, Any, TypeAdapter[Any]]]:
    by_name = {repr(kind): kind for kind in kinds}
    return [(name, mode, TypeAdapter(kind)) for name, kind in by_name.items()]


def _group(rule: Rule) -> str:
    endpoint: str = rule.endpoint
    return endpoint.partition(".")[0]


def _operation(app: Flask, rule: Rule) -> Operation:
    operation = getattr(app.view_functions[rule.endpoint], "__operation__", None)
    if not isinstance(operation, Operation):
        raise LookupError(f"{rule.rule} is not documented: put @documented above it")
    return operation


def _described(
    interface: Interface, operation: Operation, rule: Rule, schemas: _Schemas
) -> Described:
    described: Described = {
        "summary": operation.summary,
        "parameters": [
            *(_parameter(interface, name, "path") for name in sorted(rule.arguments)),
            *(_parameter(interface, name, "query") for name in operation.query),
        ],
        "responses": _responses(interface, operation, rule, schemas),
    }
    if _group(rule) in interface.groups:
        described["tags"] = [interface.groups[_group(rule)]]
    if operation.body is not None:
        content = {JSON: {"schema": schemas.sent(operation.body)}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _responses(
    interface: Interface, operation: Operation, rule: Rule, schemas: _Schemas
) -> Described:
    statuses = {*interface.always, *operation.otherwise}
    statuses |= set(interface.with_path) if rule.arguments else set()
    statuses |= set(interface.with_body) if operation.body else set()
    answer = schemas.answered(operation.answer)
    responses = {str(operation.status): _response(interface, "Done.", answer, operation.media)}
    for status, (text, kind) in interface.errors.items():
        if status in statuses:
            responses[str(status)] = _response(interface, text, schemas.answered(kind), JSON)
    return responses


def _response(interface: Interface, text: str, schema: Described, media: str) -> Described:
    headers = {
        name: {"description": meaning, "required": True, "schema": {"type": "string"}}
        for name, meaning in interface.headers.items()
    }
    content = {media: {"schema": schema}}
    return {"description": text, "content": content, **({"headers": headers} if headers else {})}


def _parameter(interface: Interface, name: str, place: str) -> Described:
    usual = {"type": "string", "minLength": 1} if place == "path" else {"type": "string"}
    schema = interface.parameters.get(name, usual)
    return {"name": name, "in": place, "required": place == "path", "schema": schema}
