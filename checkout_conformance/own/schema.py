"""``checkout-conformance schema``: what the files of settings and results look like."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

import click
from pydantic import BaseModel

from checkout_conformance.commands import SETTINGS
from checkout_conformance.statuses import Status
from checkout_conformance.team import TABLE

# By name: the module and the class of the model.
MODELS = {
    "checkout": ("checkout_conformance.targets.file", "TargetFile"),
    "target": ("checkout_conformance.targets.file", "TargetFile"),
    "conformance": ("checkout_conformance.reporting.conformance", "Conformance"),
    "deviants": ("checkout_conformance.deviants.matrix", "KillMatrix"),
    "twins": ("checkout_conformance.twins.matrix", "TwinMatrix"),
    "oracle": ("checkout_conformance.oracle.report", "OracleReport"),
}


@click.command(context_settings=SETTINGS)
@click.argument("name", type=click.Choice(list(MODELS)))
def command(name: str) -> int:
    """Print the JSON schema of a file.

    \b
      checkout      checkout.toml: a target file, and the table [project]
      target        a target file
      conformance   conformance.json, what a run says of each clause
      deviants      deviants.json, the kill matrix
      twins         twins.json
      oracle        oracle.json
    """
    print(json.dumps(schema_of(name), indent=1, ensure_ascii=False))
    return Status.CONFORMS


def schema_of(name: str) -> dict[str, Any]:
    """Return the JSON schema of a file. Raises KeyError for an unknown name."""
    module, kind = MODELS[name]
    model: type[BaseModel] = getattr(import_module(module), kind)
    schema = model.model_json_schema()
    if name == "checkout":
        from checkout_conformance.team_table import ProjectTable

        schema["title"] = "checkout.toml"
        schema["properties"][TABLE] = ProjectTable.model_json_schema()
    return schema
