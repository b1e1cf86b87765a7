"""Change a function from outside: replace one node of its source, and compile it anew."""

from __future__ import annotations
import __future__

import ast
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

New = ast.AST | list[ast.stmt]
LOOKED_AT = (
    *(ast.Call, ast.BinOp, ast.BoolOp, ast.IfExp, ast.Compare, ast.keyword, ast.If),
    *(ast.Assign, ast.AugAssign, ast.Expr, ast.ListComp, ast.List, ast.Attribute, ast.Name),
)


@dataclass(frozen=True)
class Function:
    """A function of the reference sites, by its module and its qualified name."""

    module: str
    name: str

    def itself(self) -> FunctionType:
        """The function, out of what decorates it. Raises AttributeError."""
        found: Any = import_module(self.module)
        for part in self.name.split("."):
            found = inspect.getattr_static(found, part)
        found = getattr(found, "fget", found)
        function = inspect.unwrap(found)
        assert isinstance(function, FunctionType)
        return function

    def nodes(self) -> Iterator[tuple[int, ast.AST]]:
        """The nodes of the body that an operator may look at, numbered as in ``ast.walk``."""
        tree = _definition(_parsed(self.module), self.name)
        head = {id(node) for part in (tree.args, tree.returns) if part for node in ast.walk(part)}
        head |= {id(node) for part in tree.decorator_list for node in ast.walk(part)}
        return (
            (number, node)
            for number, node in enumerate(ast.walk(tree))
            if isinstance(node, LOOKED_AT) and id(node) not in head
        )

    def with_node(self, number: int, new: Callable[[], New]) -> CodeType:
        """Compile the function with another node at that number."""
        tree = _definition(ast.parse(_source(self.module)), self.name)
        target = next(node for at, node in enumerate(ast.walk(tree)) if at == number)
        tree.decorator_list = []
        module = ast.Module([_Swap(target, new()).visit(tree)], [])
        ast.fix_missing_locations(module)
        code = compile(
            module,
            self.itself().__code__.co_filename,
            "exec",
            flags=__future__.annotations.compiler_flag,
            dont_inherit=True,
        )
        return next(
            each
            for each in code.co_consts
            if isinstance(each, CodeType) and each.co_name == tree.name
        )


def _source(module: str) -> str:
    return Path(str(import_module(module).__file__)).read_text(encoding="utf-8")


@cache
def _parsed(module: str) -> ast.Module:
    return ast.parse(_source(module))


def _definition(module: ast.Module, name: str) -> ast.FunctionDef:
    """Find a function by its qualified name."""
    found: ast.Module | ast.ClassDef | ast.FunctionDef = module
    for part in name.split("."):
        found = next(
            one
            for one in found.body
            if isinstance(one, (ast.ClassDef, ast.FunctionDef)) and one.name == part
        )
    assert isinstance(found, ast.FunctionDef)
    return found


class _Swap(ast.NodeTransformer):
    def __init__(self, target: ast.AST, new: New) -> None:
        self._target, self._new = target, new

    def visit(self, node: ast.AST) -> Any:
        return self._new if node is self._target else self.generic_visit(node)


def expression(text: str) -> ast.expr:
    """Parse one expression."""
    return ast.parse(text, mode="eval").body


def statements(text: str) -> list[ast.stmt]:
    """Parse statements."""
    return ast.parse(text).body
