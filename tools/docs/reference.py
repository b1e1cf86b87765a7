"""Reference pages generated from the code: controls, faults, values, target keys, commands."""

from __future__ import annotations

import ast
import inspect
import io
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from importlib import import_module
from typing import Any, get_args, get_origin

import httpx
import pytest
from _pytest.config.argparsing import Parser
from pydantic import BaseModel

from checkout_conformance import plugin
from checkout_conformance.cli import COMMANDS
from checkout_conformance.deviants.collection import deviants_named
from checkout_conformance.project import FEATURES, ROOT
from checkout_conformance.targets.file import TargetFile
from checkout_conformance.targets.values import CAPABILITIES
from mock_sites.shared.controls.faults import KINDS, SCOPES, Kind, Place
from tools.docs.markdown import block, code, escape, table

# What each kind of fault does. A kind without a line here stops the build.
FAULTS: Mapping[Kind, str] = {
    Kind.LATE: "It arrives after `seconds` of the stack's clock.",
    Kind.LOST: "It never arrives.",
    Kind.TWICE: "It arrives twice.",
    Kind.OUT_OF_ORDER: "The next one arrives before it.",
    Kind.WRONG_SIGNATURE: "It arrives with a signature that does not fit.",
    Kind.DOWN: "The connection closes without an answer.",
    Kind.SLOW: "The answer takes `seconds` of real time.",
    Kind.BROKEN: "The answer is status 500.",
    Kind.HALF_A_BODY: "The answer stops after half of its body.",
    Kind.CUT_OFF: "The site does its work, and the connection closes without an answer.",
    Kind.SILENT: "The issuer does not answer.",
    Kind.GONE: "The buyer's session ends.",
}
# Where each place is. Notifications and requests are also about a merchant or a path.
PLACES: Mapping[Place, tuple[str, str]] = {
    Place.MESSAGE: ("A message to the phone", "phone"),
    Place.NOTIFICATION: ("A notification to the merchant", "wallet, vault"),
    Place.REQUEST: ("A request of a program", "every site"),
    Place.ISSUER: ("The answer of a card's issuer", "vault"),
    Place.SESSION: ("The session of a signed-in buyer", "wallet, shop, vault"),
}


def reference_pages() -> dict[str, str]:
    """The text of each page by its path."""
    return {
        "reference/controls.md": controls_page(described_controls()),
        "reference/faults.md": faults_page(),
        "reference/cards.md": cards_page(),
        "reference/target-keys.md": target_keys_page(),
        "reference/deviants.md": deviants_page(),
        "reference/commands.md": commands_page(),
    }


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


def faults_page() -> str:
    """Where faults can strike, and how."""
    rows = [
        [
            code(place),
            PLACES[place][0],
            PLACES[place][1],
            ", ".join(code(kind) for kind in sorted(KINDS[place])),
            ", ".join(code(scope) for scope in sorted(SCOPES[place])),
        ]
        for place in Place
    ]
    kinds = [[code(kind), FAULTS[kind]] for kind in Kind]
    head = ["Place", "What it is", "Sites", "Kinds", "Scopes"]
    return "\n".join(
        [
            "# Faults\n",
            "A fault makes one thing go wrong on a mock site. Set it with"
            " `POST /_control/faults` ([test controls](controls.md)). A fault needs a scope: one"
            " buyer's phone, one merchant, or the beginning of a path. A fault for everybody is"
            " rejected. It strikes `times` times (1 unless given) and then ends.\n",
            "## Places { #places }\n",
            table(head, rows),
            "## Kinds { #kinds }\n",
            table(["Kind", "What happens"], kinds),
        ]
    )


def cards_page() -> str:
    """The published test cards, and the values that are always rejected."""
    cards = tomllib.loads((FEATURES / "test_cards.toml").read_text(encoding="utf-8"))["card"]
    refusals = tomllib.loads((FEATURES / "refusals.toml").read_text(encoding="utf-8"))["refusal"]
    return "\n".join(
        [
            "# Test cards and rejected values\n",
            "The vault accepts the published test cards only. Use any later expiry date and any"
            " security code of the right length. The table is made from"
            " `features/test_cards.toml`.\n",
            "## Test cards { #cards }\n",
            table(
                ["Card", "Number", "Result"],
                [[escape(c["name"]), code(c["number"]), escape(c["meaning"])] for c in cards],
            ),
            "## Values that are always rejected { #values }\n",
            "These values have a fixed result, like the test cards. The table is made from"
            " `features/refusals.toml`.\n",
            table(
                ["What", "Value", "Result"],
                [[escape(r["kind"]), code(r["value"]), escape(r["meaning"])] for r in refusals],
            ),
        ]
    )


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
        name = f"Table `{named}`" if named else "Top level"
        rows = [
            [code(key), escape(_type(model, key)), _default(field), escape(docs[key])]
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
    """Every model of the file, with how the file calls its table."""
    return {TargetFile: "", **_below(TargetFile, "")}


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
        yield from _inside(
            inner, get_origin(annotation) if get_origin(annotation) in (dict, list) else kind
        )


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


def _default(field: Any) -> str:
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


def deviants_page() -> str:
    """Every wrong site, by kind."""
    deviants = deviants_named()
    lines = [
        "# List of deviants\n",
        f"{len(deviants)} wrong sites, by the module of `deviants/wrong/` that defines them. How to"
        " run and write them: [deviants and mutants](../results/deviants.md).\n",
    ]
    for kind in sorted({one.kind for one in deviants}):
        rows = [
            [code(one.name), one.clause, one.site, escape(one.sentence)]
            for one in deviants
            if one.kind == kind
        ]
        lines += [
            f"## {escape(kind.replace('_', ' ').capitalize())} {{ #{kind} }}\n",
            table(["Name", "Clause", "Site", "What is wrong"], rows),
        ]
    return "\n".join(lines)


def commands_page() -> str:
    """Every command with its options, as it prints them, and every target of make."""
    lines = [
        "# Commands and options\n",
        "In a checkout, write `.venv/bin/python -m checkout_conformance …` instead of"
        " `checkout-conformance …`.\n",
        "## make { #make }\n",
        table(["Command", "What it does"], [[code(f"make {n}"), escape(w)] for n, w in targets()]),
    ]
    for words in subcommands():
        lines += [
            f"## checkout-conformance {' '.join(words)} {{ #{'-'.join(words)} }}\n",
            block(help_of(words).replace(str(ROOT) + "/", "")),
        ]
    lines += ["## Options for pytest { #pytest }\n"]
    lines += ["`run` and `make accept` pass these on to pytest.\n"]
    lines += [table(["Option", "What it does"], pytest_options())]
    return "\n".join(lines)


def targets() -> list[tuple[str, str]]:
    """The targets of the Makefile that explain themselves."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return re.findall(r"^([a-z-]+):.*?## (.+)$", text, flags=re.MULTILINE)


def subcommands() -> list[list[str]]:
    """Every subcommand; deviants has subcommands of its own."""
    own = re.search(r"\{([\w,]+)\}", help_of(["deviants"]))
    below = own[1].split(",") if own else []
    return [[name] for name in COMMANDS if name != "deviants"] + [
        ["deviants", name] for name in below
    ]


def help_of(words: list[str]) -> str:
    """What the subcommand prints for ``--help``."""
    main: Callable[[list[str]], int] = import_module(COMMANDS[words[0]][1]).main
    printed = io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        redirect_stdout(printed),
        redirect_stderr(printed),
    ):
        patch.setenv("COLUMNS", "90")
        with pytest.raises(SystemExit):
            main([*words[1:], "--help"])
    return printed.getvalue()


def pytest_options() -> list[list[str]]:
    """The options that the engine and this project add to pytest."""
    parser = Parser(_ispytest=True)
    for name in [plugin.__name__, *plugin.pytest_plugins]:
        add = getattr(import_module(name), "pytest_addoption", None)
        if add:
            add(parser)
    options = [option for group in [*parser._groups, parser._anonymous] for option in group.options]
    return [[code(", ".join(o.names())), escape(str(o.attrs().get("help", "")))] for o in options]
