"""The picture of the project's parts and its import rules, drawn from import-linter's contracts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from checkout_conformance.project import ROOT
from tools.docs.markdown import code, escape, table

TEMPLATES = Path(__file__).with_name("templates")
# In a page of docs/, the table of the rules stands here.
RULES_HERE = "<!-- the import rules -->"


def contracts() -> dict[str, dict[str, Any]]:
    """The import rules of pyproject.toml by their ids."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {rule["id"]: rule for rule in settings["tool"]["importlinter"]["contracts"]}


def picture() -> str:
    """The picture as SVG."""
    rules = contracts()
    engine = [_in_one_line(layer) for layer in rules["engine-layers"]["layers"]]
    engine = [layer for layer in engine if layer != "__main__"]
    shared = rules["shared-layers"]["layers"]
    sites = rules["sites-apart"]["layers"][1].split(" | ")
    bottom = 352 + 28 * max(len(engine), len(shared) + 5) + 12
    template = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True).get_template(
        "house.svg"
    )
    return template.render(engine=engine, shared=shared, sites=sites, bottom=bottom)


def rules_table() -> str:
    """The import rules as a table."""
    rows = [[escape(rule["name"]), _meaning(rule)] for rule in contracts().values()]
    return table(["Rule", "What it says"], rows)


def _meaning(rule: dict[str, Any]) -> str:
    if rule["type"] == "forbidden":
        return (
            f"{_names(rule['source_modules'])} must not import {_names(rule['forbidden_modules'])}"
        )
    if rule["type"] == "layers":
        inside = f"in {_names(rule['containers'])}, " if "containers" in rule else ""
        layers = [code(_in_one_line(layer)) for layer in rule["layers"]]
        return f"{inside}each may import what stands to its right: " + " → ".join(layers)
    return f"no cycles between the modules of {_names(rule.get('ancestors', []))}"


def _names(modules: list[str]) -> str:
    return ", ".join(code(module) for module in modules)


def _in_one_line(layer: str) -> str:
    return layer.replace(" | ", " · ").replace(" : ", " · ")
