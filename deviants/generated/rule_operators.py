"""The operators on rules and routes: what may be wrong in one node of a function.

Each takes a node and yields what it does wrong there, in words, and the source of the node instead.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

# In words, and the source instead of the node.
Wrong = tuple[str, str]
Operator = Callable[[ast.AST], Iterator[Wrong]]
HELPERS = "__import__('deviants.generated.helpers', fromlist=['helpers'])"
# Calls that change nothing by themselves: they write changes, take a lock, or log.
NO_EFFECTS = ("flush", "get", "warning", "info", "debug")
# Calls that count: twice is more than once. A row that is added twice is added once.
COUNTED = ("move", "queue", "pay", "issue", "append", "extend", "_send_code", "_queue")
BOUNDARIES: dict[type[ast.cmpop], str] = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
CLEANERS = ("strip", "casefold", "lower", "upper", "replace")
QUANTITIES = ("quantity",)
LISTS = ("list", "Sequence", "tuple", "dict")


def without_filter(node: ast.AST) -> Iterator[Wrong]:
    """A query without one of its conditions: another buyer's rows, or all of them."""
    if isinstance(node, ast.Call) and _called(node) == "where":
        for argument in node.args:
            left = [ast.unparse(one) for one in node.args if one is not argument]
            query = _owner(node)
            yield (
                f"does not ask for {ast.unparse(argument)}",
                f"{query}.where({', '.join(left)})" if left else query,
            )
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd):
        for gone, kept in ((node.left, node.right), (node.right, node.left)):
            yield f"does not ask for {ast.unparse(gone)}", ast.unparse(kept)


def other_order(node: ast.AST) -> Iterator[Wrong]:
    """A query in the reverse order: the oldest instead of the newest."""
    if isinstance(node, ast.Call) and _called(node) == "order_by" and node.args:
        first = node.args[0]
        if isinstance(first, ast.Call) and _called(first) == "desc":
            turned = _owner(first)
        else:
            turned = f"{ast.unparse(first)}.desc()"
        rest = [ast.unparse(one) for one in node.args[1:]]
        query = _owner(node)
        yield "in the reverse order", f"{query}.order_by({', '.join([turned, *rest])})"


def cut_list(node: ast.AST) -> Iterator[Wrong]:
    """A list that is cut to one, or to a short first page, or reversed."""
    if isinstance(node, (ast.ListComp, ast.List)) and not isinstance(
        getattr(node, "ctx", None), ast.Store
    ):
        text = ast.unparse(node)
        if text != "[]":
            yield "only the first one", f"{text}[:1]"
            yield "only the last one", f"{text}[-1:]"
            yield "in the reverse order", f"{text}[::-1]"
    if isinstance(node, ast.Call) and _called(node) == "all" and not node.args:
        text = ast.unparse(node)
        yield "only the first one", f"{text}[:1]"
        yield "only the first two", f"{text}[:2]"
        yield "only the last one", f"{text}[-1:]"
    if isinstance(node, ast.Call) and _called(node) == "list" and node.args:
        yield "only the first one", f"{ast.unparse(node)}[:1]"
        yield "only the first two", f"{ast.unparse(node)}[:2]"


def other_row(node: ast.AST) -> Iterator[Wrong]:
    """The newest or the oldest row instead of the chosen one."""
    if isinstance(node, ast.Call) and _called(node) in ("get", "get_one") and len(node.args) > 1:
        session, row = _owner(node), ast.unparse(node.args[0])
        if session == "session" and row.endswith("Row"):
            for words in ("newest", "oldest"):
                yield (
                    f"the {words} {row} instead of the chosen one",
                    f"{HELPERS}.{words}({session}, {row})",
                )


def quantity_ignored(node: ast.AST) -> Iterator[Wrong]:
    """One piece, whatever the quantity is."""
    name = getattr(node, "attr", getattr(node, "id", None))
    if name in QUANTITIES and isinstance(getattr(node, "ctx", None), ast.Load):
        yield "one piece, whatever the quantity is", "1"


def state_kept(node: ast.AST) -> Iterator[Wrong]:
    """A state that is not updated."""
    if isinstance(node, (ast.Assign, ast.AugAssign)):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            if isinstance(target, ast.Attribute):
                yield f"does not set {ast.unparse(target)}", "pass"
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                yield from _partly_kept(target, node.value)


def _partly_kept(target: ast.Tuple, value: ast.Tuple) -> Iterator[Wrong]:
    pairs = [
        (ast.unparse(one), ast.unparse(new))
        for one, new in zip(target.elts, value.elts, strict=True)
    ]
    for name, _ in pairs:
        if "." in name:
            kept = [f"{one} = {new}" for one, new in pairs if one != name]
            yield f"does not set {name}", "; ".join(kept) or "pass"


def effect_missing(node: ast.AST) -> Iterator[Wrong]:
    """An effect that is missing."""
    call = node.value if isinstance(node, ast.Expr) else None
    if isinstance(call, ast.Call) and _called(call) not in NO_EFFECTS:
        yield f"leaves out {ast.unparse(call)}", "pass"


def effect_twice(node: ast.AST) -> Iterator[Wrong]:
    """An effect that happens twice."""
    call = node.value if isinstance(node, ast.Expr) else None
    if isinstance(call, ast.Call) and _called(call) in COUNTED:
        text = ast.unparse(call)
        yield f"does {text} twice", f"{text}\n{text}"
    if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Attribute):
        text = ast.unparse(node)
        yield f"does {text} twice", f"{text}\n{text}"


def refusal_missing(node: ast.AST) -> Iterator[Wrong]:
    """A condition under which something is refused is not looked at."""
    if isinstance(node, ast.If) and not node.orelse and _refuses(node.body[-1]):
        yield f"does not refuse if {ast.unparse(node.test)}", "pass"


def condition_missing(node: ast.AST) -> Iterator[Wrong]:
    """One of several conditions that hold together is not looked at."""
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        for gone in node.values:
            kept = [ast.unparse(one) for one in node.values if one is not gone]
            yield f"does not ask whether {ast.unparse(gone)}", f"({' and '.join(kept)})"


def default_instead(node: ast.AST) -> Iterator[Wrong]:
    """The default instead of what was chosen."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        asked = ast.unparse(node.func)
        if asked in ("request.args.get", "request.form.get"):
            default = ast.unparse(node.args[1]) if len(node.args) > 1 else "None"
            yield f"does not look at {ast.unparse(node.args[0])}", f"({default})"
        if asked in ("request.args.getlist", "request.form.getlist"):
            yield (
                f"looks only at the first {ast.unparse(node.args[0])}",
                f"{ast.unparse(node)}[:1]",
            )
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
        rest = " or ".join(ast.unparse(one) for one in node.values[1:])
        yield f"does not look at {ast.unparse(node.values[0])}", f"({rest})"
    if isinstance(node, ast.IfExp):
        text = ast.unparse(node)
        yield f"always {ast.unparse(node.body)} in {text}", f"({ast.unparse(node.body)})"
        yield f"always {ast.unparse(node.orelse)} in {text}", f"({ast.unparse(node.orelse)})"


def boundary(node: ast.AST) -> Iterator[Wrong]:
    """A limit that is off by one."""
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in BOUNDARIES:
        sign = BOUNDARIES[type(node.ops[0])]
        left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
        yield f"{left} {sign} {right} is enough", f"({left} {sign} {right})"


def comparison_cut(node: ast.AST) -> Iterator[Wrong]:
    """Only the beginning of two texts is compared."""
    if isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Eq, ast.NotEq)):
        left, right = ast.unparse(node.left), ast.unparse(node.comparators[0])
        if any(word in left for word in ("phone", "slug", "comment")):
            sign = "==" if isinstance(node.ops[0], ast.Eq) else "!="
            yield (
                f"compares only the beginnings of {left} and {right}",
                f"(str({left})[:4] {sign} str({right})[:4])",
            )


def written_differently(node: ast.AST) -> Iterator[Wrong]:
    """What was typed counts as it is written: spaces, letter case, digits of another script."""
    cleaned = node.func if isinstance(node, ast.Call) and _called(node) in CLEANERS else None
    if isinstance(cleaned, ast.Attribute) and not isinstance(cleaned.value, ast.Constant):
        yield f"without {ast.unparse(node)}", ast.unparse(cleaned.value)
    if isinstance(node, ast.Call) and _called(node) == "parse_digits" and node.args:
        yield "only digits from 0 to 9", ast.unparse(node.args[0])


def unit_swapped(node: ast.AST) -> Iterator[Wrong]:
    """Another unit or currency."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "Money" and len(node.args) == 2:
        minor, currency = map(ast.unparse, node.args)
        yield "a hundredfold amount", f"Money(({minor}) * 100, {currency})"
        yield "another currency", f"Money({minor}, {HELPERS}.other_currency({currency}))"
    if isinstance(node, ast.keyword) and node.arg == "currency":
        yield "another currency", f"currency={HELPERS}.other_currency({ast.unparse(node.value)})"
    if isinstance(node, ast.keyword) and node.arg in ("amount", "total_minor", "price_minor"):
        text = ast.unparse(node.value)
        yield f"a hundredfold {node.arg}", f"{node.arg}=({text}) * 100"


def neighbour_opened(node: ast.AST) -> Iterator[Wrong]:
    """The browser is sent to the neighbouring page."""
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "url_for" and node.args:
        endpoint = node.args[0]
        if isinstance(endpoint, ast.Constant) and endpoint.value in NEIGHBOURS:
            new = ", ".join([repr(NEIGHBOURS[endpoint.value]), *map(ast.unparse, node.args[1:])])
            keywords = ", ".join(ast.unparse(one) for one in node.keywords)
            yield (
                f"leads to {NEIGHBOURS[endpoint.value]} instead of {endpoint.value}",
                f"url_for({', '.join(filter(None, [new, keywords]))})",
            )


# Pages that take the same arguments.
NEIGHBOURS = {
    "checkout.checkout": "checkout.waiting",
    "mobile.payment": "mobile.sheet",
    "mobile.sheet": "mobile.payment",
    "mobile.card": "mobile.payment",
    "orders.order": "orders.orders",
    "orders.orders": "profile.profile",
    "cart.cart": "catalogue.home",
    "catalogue.product": "catalogue.home",
    "catalogue.home": "cart.cart",
    "profile.leaving": "profile.profile",
    "profile.profile": "profile.leaving",
    "payments.check": "payments.receipt",
    "payments.code": "payments.check",
    "payments.receipt": "home.history",
    "invoices.means": "invoices.index",
    "invoices.pay": "invoices.means",
    "invoices.index": "home.history",
    "pay.payee": "pay.index",
    "pay.category": "pay.index",
    "pay.index": "invoices.index",
    "home.index": "home.history",
    "cards.index": "home.index",
    "cards.add": "cards.index",
    "cards.edit": "cards.index",
}


def _refuses(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.Raise):
        return True
    given = statement.value if isinstance(statement, ast.Return) else None
    return isinstance(given, ast.Call) and ast.unparse(given.func) == "Refusal"


def _owner(call: ast.Call) -> str:
    """Return the source of what a method is called on."""
    assert isinstance(call.func, ast.Attribute), ast.unparse(call)
    return ast.unparse(call.func.value)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)


# By the name that the operator has in the names of deviants.
OPERATORS: dict[str, Operator] = {
    "without-filter": without_filter,
    "other-order": other_order,
    "cut-list": cut_list,
    "other-row": other_row,
    "quantity-ignored": quantity_ignored,
    "state-kept": state_kept,
    "effect-missing": effect_missing,
    "effect-twice": effect_twice,
    "refusal-missing": refusal_missing,
    "condition-missing": condition_missing,
    "default-instead": default_instead,
    "boundary": boundary,
    "comparison-cut": comparison_cut,
    "written-differently": written_differently,
    "unit-swapped": unit_swapped,
    "neighbour-opened": neighbour_opened,
}
