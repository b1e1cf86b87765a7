"""The description of a site's test controls, made from the routes themselves (OpenAPI 3.1).

Each route says with ``documented`` what it takes and answers, in the models that it works with;
a route that does not is refused when the description is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import Flask
from pydantic import BaseModel, TypeAdapter
from pydantic.json_schema import models_json_schema
from werkzeug.routing import Rule

View = TypeVar("View", bound=Callable[..., Any])
REF = "#/components/schemas/{model}"
METHODS = ("GET", "POST", "PATCH", "DELETE")


class Error(BaseModel):
    """The error of a call."""

    error: str


class WrongBody(Error):
    """The error of a body that does not fit."""

    details: list[dict[str, Any]]


# What a call can be answered besides its own answer.
OTHERWISE: Mapping[int, tuple[str, type[BaseModel]]] = {
    401: ("The control token is missing or wrong.", Error),
    404: ("There is nothing of that name.", Error),
    409: ("A rule of the site refuses it.", Error),
    422: ("The body does not fit.", WrongBody),
}


@dataclass(frozen=True)
class Operation:
    """The description of a route: what it does, takes and answers."""

    summary: str
    answer: Any
    status: int = 200
    body: type[BaseModel] | None = None
    query: Sequence[str] = ()
    otherwise: Sequence[int] = field(default=())


def documented(summary: str, answer: Any, **more: Any) -> Callable[[View], View]:
    """Say what a control does and (as a type) answers; ``more`` as in :class:`Operation`."""

    def note(view: View) -> View:
        view.__operation__ = Operation(summary, answer, **more)  # type: ignore[attr-defined]
        return view

    return note


def description(app: Flask, name: str, prefix: str) -> dict[str, Any]:
    """The OpenAPI description of the routes below ``prefix``.

    Raises LookupError for a route that does not say what it does.
    """
    paths: dict[str, dict[str, Any]] = {}
    answers: dict[str, Any] = {}
    models: set[type[BaseModel]] = {Error, WrongBody}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(prefix):
            operation = _operation(app, rule)
            models |= {operation.body} if operation.body else set()
            path = re.sub(r"<(\w+)>", r"{\1}", rule.rule)
            for method in sorted((rule.methods or set()) & set(METHODS)):
                described = _described(operation, rule, answers)
                paths.setdefault(path, {})[method.lower()] = described
    _, schemas = models_json_schema([(m, "validation") for m in _named(models)], ref_template=REF)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"Test controls of the {name}", "version": "1"},
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": answers | schemas["$defs"],
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _named(models: set[type[BaseModel]]) -> list[type[BaseModel]]:
    return sorted(models, key=lambda model: model.__name__)


def _operation(app: Flask, rule: Rule) -> Operation:
    operation = getattr(app.view_functions[rule.endpoint], "__operation__", None)
    if not isinstance(operation, Operation):
        raise LookupError(f"{rule.rule} is not documented: put @documented above it")
    return operation


def _described(operation: Operation, rule: Rule, answers: dict[str, Any]) -> dict[str, Any]:
    """One operation; the models that its answer refers to are added to ``answers``."""
    described: dict[str, Any] = {
        "summary": operation.summary,
        "parameters": [*map(_in_path, sorted(rule.arguments)), *map(_in_query, operation.query)],
        "responses": _responses(operation, rule, answers),
    }
    if operation.body is not None:
        schema = {"$ref": REF.format(model=operation.body.__name__)}
        content = {"application/json": {"schema": schema}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _responses(operation: Operation, rule: Rule, answers: dict[str, Any]) -> dict[str, Any]:
    statuses = {401, *operation.otherwise}
    statuses |= {404} if rule.arguments else set()
    statuses |= {422} if operation.body else set()
    responses = {
        str(status): _response(text, {"$ref": REF.format(model=model.__name__)})
        for status, (text, model) in OTHERWISE.items()
        if status in statuses
    }
    adapter = TypeAdapter(operation.answer)
    answer = adapter.json_schema(mode="serialization", ref_template=REF)
    answers |= answer.pop("$defs", {})
    return {str(operation.status): _response("Done.", answer), **responses}


def _response(text: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": text, "content": {"application/json": {"schema": schema}}}


def _in_path(name: str) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(name: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": {"type": "string"}}
