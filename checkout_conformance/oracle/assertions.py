"""Find the assertions of a module, and write each mutant beside it.

Every assertion becomes a choice: the mutant that is switched on, else the assertion itself. So one
process tries all mutants without importing anything again.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from checkout_conformance.oracle.switch import DROP, NEGATE
from checkout_conformance.oracle.switch import NAME as SWITCH
from checkout_conformance.oracle.weaker import weaker

NOT_BY_PYTEST = "PYTEST_DONT_REWRITE"
CHECKS = ("check_that", "expect_that")


@dataclass(frozen=True)
class Assertion:
    """An assertion: its place (module, function, number there), line, source and mutants."""

    place: str
    line: int
    source: str
    operators: tuple[str, ...]


def assertions_in(source: str, module: str) -> list[Assertion]:
    """Return the assertions of a module's source, in their order."""
    found = _Instrument(module)
    found.visit(ast.parse(source))
    return found.assertions


def assertions_of(folder: Path, package: str) -> list[Assertion]:
    """Return the assertions of all modules of a package in that folder."""
    found: list[Assertion] = []
    for file in sorted(folder.rglob("*.py")):
        parts = file.relative_to(folder).with_suffix("").parts
        module = ".".join([package, *(part for part in parts if part != "__init__")])
        found += assertions_in(file.read_text(encoding="utf-8"), module)
    return found


def instrumented(source: str | bytes, module: str, path: str) -> ast.Module:
    """Parse a module with a choice in place of each assertion."""
    tree = ast.parse(source, path)
    _Instrument(module).visit(tree)
    line = f"from checkout_conformance.oracle.switch import SWITCH as {SWITCH}"
    # Behind the docstring and what comes from __future__.
    after = next((n for n, one in enumerate(tree.body) if not _is_first(one)), len(tree.body))
    tree.body[after:after] = ast.parse(line).body
    # pytest warns of a plugin that it cannot rewrite, unless the plugin says so itself.
    told = ast.get_docstring(tree)
    tree.body[: told is not None] = [ast.Expr(ast.Constant(f"{told} {NOT_BY_PYTEST}"))]
    return ast.fix_missing_locations(tree)


def _is_first(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.ImportFrom):
        return statement.module == "__future__"
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


class _Instrument(ast.NodeTransformer):
    def __init__(self, module: str) -> None:
        self._module = module
        self._inside: list[str] = []
        self._count: Counter[str] = Counter()
        self._constants: dict[str, str] = {}
        self.assertions: list[Assertion] = []

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        if not self._inside:
            source = ast.unparse(node.value)
            self._constants |= {ast.unparse(target): source for target in node.targets}
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._enter(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return self._enter(node)

    def _enter(self, node: ast.ClassDef | ast.FunctionDef) -> ast.AST:
        self._inside.append(node.name)
        self.generic_visit(node)
        self._inside.pop()
        return node

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        return self._choice(node, ast.Assert(ast.UnaryOp(ast.Not(), node.test), node.msg))

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        if not is_assertion(node.value):
            return node
        call = ast.Call(
            ast.Attribute(ast.Name(SWITCH, ast.Load()), "negate", ast.Load()),
            [ast.Lambda(ast.arguments([], [], None, [], [], None, []), node.value)],
            [],
        )
        return self._choice(node, ast.Expr(call))

    def _choice(self, node: ast.stmt, negated: ast.stmt) -> ast.AST:
        function = ".".join(self._inside)
        self._count[function] += 1
        place = f"{self._module}:{function}:{self._count[function]}"
        mutants: dict[str, ast.stmt] = {
            DROP: ast.Pass(),
            NEGATE: negated,
            **weaker(node, self._constants),
        }
        self.assertions.append(Assertion(place, node.lineno, ast.unparse(node), tuple(mutants)))
        chosen: list[ast.stmt] = [node]
        for operator, mutant in mutants.items():
            test = ast.parse(f"_oracle == {operator!r}", mode="eval").body
            chosen = [ast.If(test, [copy.deepcopy(mutant)], chosen)]
        first, last = f"_oracle = {SWITCH}.at({place!r})", f"{SWITCH}.held({place!r})"
        body = [*ast.parse(first).body, *chosen, *ast.parse(last).body]
        return ast.copy_location(ast.If(ast.Constant(True), body, []), node)


def is_assertion(node: ast.expr) -> bool:
    """Return whether an expression is an assertion of Playwright's kind or of the engine."""
    if not isinstance(node, ast.Call):
        return False
    if isinstance(node.func, ast.Name):
        return node.func.id in CHECKS
    return (
        isinstance(node.func, ast.Attribute)
        and node.func.attr.removeprefix("not_").startswith("to_")
        and isinstance(node.func.value, ast.Call)
        and ast.unparse(node.func.value.func) == "expect"
    )
