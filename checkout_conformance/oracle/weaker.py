"""The weaker forms of an assertion: a part for the whole, at least one for a count, any for one."""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from checkout_conformance.oracle.switch import NAME

ANYTHING = "__import__('re').compile(r'\\S')"
# How a step writes a pattern, and the pattern that any text has in it.
PATTERN, ALREADY_ANYTHING = "re.compile(", r"re.compile('\\S')"
NOTHING = "''"
# The method, and the method that asks for less with the same arguments.
LESS = {"to_have_text": "to_contain_text", "to_be_editable": "to_be_visible"}
# The methods whose last argument may be anything.
OF_ANY = (
    *("to_contain_text", "to_have_attribute", "to_have_value"),
    *("to_have_accessible_name", "to_have_accessible_description"),
)


def weaker(
    assertion: ast.stmt, constants: Mapping[str, str] = MappingProxyType({})
) -> dict[str, ast.stmt]:
    """Return the weaker forms of an assertion, by the names of their operators.

    ``constants`` are the sources of the module's constants. A form that asks for the same is left
    out: a pattern may be anywhere in a text, so a text that contains it is nothing less. So is any
    value in place of none: it is not less, but something else.
    """
    found: dict[str, ast.stmt] = {}
    seen: Counter[str] = Counter()
    for name, mutant in (*_of_expect(assertion, constants), *_of_conditions(assertion)):
        seen[name] += 1
        found[f"{name}-{seen[name]}" if seen[name] > 1 else name] = mutant
    return found


def _of_expect(assertion: ast.stmt, constants: Mapping[str, str]) -> Iterator[tuple[str, ast.stmt]]:
    """Weaken the method of an ``expect``, wherever the assertion names it."""
    for number, node in enumerate(ast.walk(assertion)):
        if not (isinstance(node, ast.Attribute) and _is_expect(node.value)):
            continue
        call = _call_of(assertion, node)
        asked = _asked(call, constants)
        if node.attr in LESS and not asked.startswith(PATTERN):
            mutant, same = _copy(assertion, number)
            same.attr = LESS[node.attr]
            yield "part", mutant
        if node.attr in OF_ANY and call and asked not in (ALREADY_ANYTHING, NOTHING):
            yield "anything", _with_last_argument(assertion, call, ANYTHING)
        if node.attr == "to_have_count" and call and not _is_zero(call.args[-1]):
            yield "at-least-one", _of_locator(node, "expect(({}).first).to_be_visible()")
        if node.attr == "to_be_visible":
            yield "hidden-too", _of_locator(node, f"{NAME}.hidden_too(lambda: {{}})")


def _of_conditions(assertion: ast.stmt) -> Iterator[tuple[str, ast.stmt]]:
    """Leave out one of the conditions that hold together."""
    for number, node in enumerate(ast.walk(assertion)):
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
            for gone in range(len(node.values)):
                mutant = copy.deepcopy(assertion)
                same = list(ast.walk(mutant))[number]
                assert isinstance(same, ast.BoolOp)
                same.values[gone] = ast.Constant(True)
                yield "one-less", mutant


def _is_expect(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "expect"


def _is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0


def _copy(assertion: ast.stmt, number: int) -> tuple[ast.stmt, ast.Attribute]:
    mutant = copy.deepcopy(assertion)
    same = list(ast.walk(mutant))[number]
    assert isinstance(same, ast.Attribute)
    return mutant, same


def _call_of(assertion: ast.stmt, method: ast.Attribute) -> ast.Call | None:
    """Find the call of a method; its arguments may be those of ``expect_that``."""
    for node in ast.walk(assertion):
        if isinstance(node, ast.Call) and node.args and method in (node.func, *node.args):
            return node if node.args[-1] is not method else None
    return None


def _asked(call: ast.Call | None, constants: Mapping[str, str]) -> str:
    """The source of what is asked for; of a constant, of its value."""
    source = ast.unparse(call.args[-1]) if call else ""
    return constants.get(source, source)


def _with_last_argument(assertion: ast.stmt, call: ast.Call, text: str) -> ast.stmt:
    number = next(n for n, node in enumerate(ast.walk(assertion)) if node is call)
    mutant = copy.deepcopy(assertion)
    same = list(ast.walk(mutant))[number]
    assert isinstance(same, ast.Call)
    same.args[-1] = ast.parse(text, mode="eval").body
    return mutant


def _of_locator(method: ast.Attribute, pattern: str) -> ast.stmt:
    assert isinstance(method.value, ast.Call)
    return ast.parse(pattern.format(ast.unparse(method.value.args[0]))).body[0]
