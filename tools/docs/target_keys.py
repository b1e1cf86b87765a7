"""The reference of the keys of a target file, from its model."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from checkout_conformance.content import content
from checkout_conformance.data import DataTable
from checkout_conformance.targets.file import TargetFile
from checkout_conformance.targets.values import CAPABILITIES
from tools.docs.markdown import code, escape, table

TOP = {True: "Top level", False: "Top level: data of the features"}


def target_keys_page() -> str:
    """Every key of a target file: its type, its default and its meaning."""
    lines = [
        "# Keys of a target file\n",
        "Made from the model in `checkout_conformance/targets/file.py`. An example with every"
        " table: `targets/staging.example.toml`. How to use one:"
        " [your own shop](../start/own-shop.md).\n",
    ]
    for model, named in _models().items():
        docs = _attribute_docs(model)
        name = f"Table `{named}`" if named else TOP[issubclass(model, TargetFile)]
        rows = [
            [code(key), escape(_type(model, key)), _default(model, field), escape(docs[key])]
            for key, field in model.model_fields.items()
        ]
        lines += [
            f"## {name} {{ #{model.__name__.lower()} }}\n",
            f"{(inspect.getdoc(model) or '').partition(chr(10))[0]}\n",
            table(["Key", "Type", "Default", "Meaning"], rows),
        ]
    lines += [
        "## Capabilities for `lacks` { #lacks }\n",
        "`lacks` also takes any label of `features/glossary.toml`.\n",
        table(["Name", "Meaning"], [[code(n), escape(m)] for n, m in CAPABILITIES.items()]),
    ]
    return "\n".join(lines)


def _models() -> dict[type[BaseModel], str]:
    """Every model of the file, with how the file calls its table; then those of the data."""
    data = content().data
    return {TargetFile: "", **_below(TargetFile, ""), data: "", **_below(data, "")}


def _below(model: type[BaseModel], path: str) -> dict[type[BaseModel], str]:
    found: dict[type[BaseModel], str] = {}
    for key, field in model.model_fields.items():
        name = f"{path}.{key}".lstrip(".")
        for kind, inner in _inside(field.annotation, None):
            here = f"{name}.NAME" if kind is dict else name
            found[inner] = f"[[{here}]]" if kind is list else f"[{here}]"
            found |= _below(inner, here)
    return found


def _inside(annotation: Any, kind: Any) -> Iterator[tuple[Any, type[BaseModel]]]:
    """The models in an annotation, with the container that holds each."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield kind, annotation
    for inner in get_args(annotation):
        origin = dict if get_origin(annotation) is Mapping else get_origin(annotation)
        yield from _inside(inner, origin if origin in (dict, list) else kind)


def _type(model: type[BaseModel], key: str) -> str:
    """The type as the model's schema says it."""
    return _kind_of(model.model_json_schema()["properties"][key])


def _kind_of(schema: Mapping[str, Any]) -> str:
    if "$ref" in schema:
        names = {model.__name__: named for model, named in _models().items()}
        name = schema["$ref"].rpartition("/")[2]
        return f"table {names.get(name, name)}"
    if "anyOf" in schema:
        kinds = [_kind_of(one) for one in schema["anyOf"]]
        return " or ".join(dict.fromkeys(kind for kind in kinds if kind != "null"))
    if "enum" in schema or "const" in schema:
        return ", ".join(f'"{value}"' for value in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"list of {_kind_of(schema['items'])}"
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"table of {_kind_of(schema['additionalProperties'])}"
    if schema.get("format") == "password":
        return "name of an environment variable"
    return str(schema.get("type", "any"))


def _default(model: type[BaseModel], field: Any) -> str:
    if issubclass(model, DataTable):
        return "as in the features' data" if field.is_required() else ""
    if field.is_required():
        return "required"
    value = field.get_default(call_default_factory=True)
    if value is None or value == {} or value == [] or isinstance(value, BaseModel):
        return ""
    return code(json.dumps(value))


def _attribute_docs(model: type[BaseModel]) -> dict[str, str]:
    """The docstrings below the fields of a model: a field without one stops the build."""
    tree = ast.parse(inspect.getsource(model)).body[0]
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for field, after in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            text = after.value if isinstance(after, ast.Expr) else None
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                found[field.target.id] = inspect.cleandoc(text.value)
    return found
