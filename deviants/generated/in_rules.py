"""Faults in the functions of the sites: their rules, their routes, their queries."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import partial

from checkout_conformance.deviants.change import Change
from deviants.generated.faults import Fault, places
from deviants.generated.rewriting import Function, New, expression, statements
from deviants.generated.rule_operators import OPERATORS, Wrong


def faults(place: str | None = None) -> Iterator[Fault]:
    """Every operator on every node of the functions that ``places.toml`` names, or of one place."""
    for module, functions in places()["functions"].items():
        for name, (clause, noun, *parts) in functions.items():
            function = Function(module, name)
            if place not in (None, _place(function)):
                continue
            for number, node in function.nodes():
                for operator, apply in OPERATORS.items():
                    for wrong in apply(node):
                        at = _clause_at(node, clause, *parts)
                        yield _fault(function, number, node, operator, wrong, at, noun)


def _fault(
    function: Function,
    number: int,
    node: ast.AST,
    operator: str,
    wrong: Wrong,
    clause: str,
    noun: str,
) -> Fault:
    told, instead = wrong
    site = function.module.split(".")[1]
    return Fault(
        operator=operator,
        site=SITE_OF_SHARED.get(clause[0], site) if site == "shared" else site,
        clause=clause,
        place=_place(function),
        noun=noun,
        detail=told,
        told=told,
        make=partial(_change, function, number, type(node), instead),
    )


def _clause_at(node: ast.AST, clause: str, parts: Mapping[str, str] | None = None) -> str:
    """The clause of a part of a function: its own, by a text in it, or that of the function."""
    text = ast.unparse(node)
    return next((own for words, own in (parts or {}).items() if words in text), clause)


# What the sites share is changed on all of them; a deviant is named after the one it is seen on.
SITE_OF_SHARED = {"W": "wallet", "C": "vault"}


def _place(function: Function) -> str:
    module = function.module.removeprefix("mock_sites.").replace(".domain", "").split(".")
    name = function.name.split(".")[-1].strip("_")
    return "-".join([*module, name]).replace("_", "-").lower()


def _change(
    function: Function, number: int, kind: type[ast.AST], instead: str, site: Change
) -> None:
    site.code(function.itself(), function.with_node(number, partial(_parsed, kind, instead)))


def _parsed(kind: type[ast.AST], text: str) -> New:
    if issubclass(kind, ast.stmt):
        return statements(text)
    if issubclass(kind, ast.keyword):
        call = expression(f"call({text})")
        assert isinstance(call, ast.Call)
        return call.keywords[0]
    return expression(text)
