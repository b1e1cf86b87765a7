"""Each operator finds where it fits, and says what it does wrong there."""

from __future__ import annotations

import ast

import pytest

from deviants.generated import page_operators, rule_operators
from deviants.generated.rewriting import Function

RULES = {
    "without-filter": ("rows.where(A.x == 1, A.y == 2)", "rows.where(A.y == 2)"),
    "other-order": ("rows.order_by(A.at.desc(), A.id)", "rows.order_by(A.at, A.id)"),
    "cut-list": ("[one for one in rows]", "[one for one in rows][:1]"),
    "quantity-ignored": ("line.quantity", "1"),
    "condition-missing": ("a and b", "(b)"),
    "default-instead": ("request.args.get('card')", "(None)"),
    "boundary": ("a < b", "(a <= b)"),
    "comparison-cut": ("a.phone == b", "(str(a.phone)[:4] == str(b)[:4])"),
    "written-differently": ("text.strip()", "text"),
    "unit-swapped": ("Money(minor, 'RUB')", "Money((minor) * 100, 'RUB')"),
    "neighbour-opened": ("url_for('cart.cart')", "url_for('catalogue.home')"),
}
STATEMENTS = {
    "state-kept": ("card.main = True", "pass"),
    "effect-missing": ("session.delete(card)", "pass"),
    "effect-twice": ("seen.append(card)", "seen.append(card)\nseen.append(card)"),
    "refusal-missing": ("if over:\n    raise Refusal('card.over')", "pass"),
}
PAGES = {
    "hidden": ("<button>{{ _('Pay') }}</button>", "<button hidden>{{ _('Pay') }}</button>"),
    "condition-missing": ("{% if paid %}", "{% if true %}"),
    "neighbours-label": (
        "<a>{{ _('Pay') }}</a>\n<a>{{ _('Keep') }}</a>",
        "<a>{{ _('Keep') }}</a>\n<a>{{ _('Keep') }}</a>",
    ),
    "other-language": ("<a>{{ _('Pay') }}</a>", "<a>{{ in_other_language('Pay') }}</a>"),
    "cut-list": ("{% for card in cards %}", "{% for card in ((cards) | list)[:1] %}"),
    "other-row": (
        '{% for one in cards %}<a href="{{ one.uid }}"></a>{% endfor %}',
        '{% for one in cards %}<a href="{{ ((cards) | list)[0].uid }}"></a>{% endfor %}',
    ),
    "unit-swapped": ("{{ a.total | money }}", "{{ a.total | in_other_currency | money }}"),
    "quantity-ignored": ("{{ line.quantity }} ×", "{{ 1 }} ×"),
    "first-remembered": ("{{ card.holder }}", '{{ card.holder | first_seen("card.holder") }}'),
    "value-missing": ("{{ card.holder }}", '{{ "" }}'),
    "state-removed": ("<input checked>", "<input>"),
    "neighbour-opened": ("{{ url_for('cart.cart') }}", "{{ url_for('catalogue.home') }}"),
}


def instead(operator: str, node: ast.AST) -> str:
    """The source that an operator writes first instead of a node."""
    return next(source for _, source in rule_operators.OPERATORS[operator](node))


@pytest.mark.parametrize("operator", RULES)
def test_an_operator_changes_an_expression(operator: str) -> None:
    source, wrong = RULES[operator]
    assert instead(operator, ast.parse(source, mode="eval").body) == wrong


@pytest.mark.parametrize("operator", STATEMENTS)
def test_an_operator_changes_a_statement(operator: str) -> None:
    source, wrong = STATEMENTS[operator]
    assert instead(operator, ast.parse(source).body[0]) == wrong


def test_another_row_is_taken_than_the_chosen_one() -> None:
    node = ast.parse("session.get(CardRow, token)", mode="eval").body
    assert "newest(session, CardRow)" in instead("other-row", node)


def test_every_rule_operator_is_tried_here() -> None:
    assert {*RULES, *STATEMENTS, "other-row"} == set(rule_operators.OPERATORS)


@pytest.mark.parametrize("operator", PAGES)
def test_an_operator_changes_a_page(operator: str) -> None:
    source, wrong = PAGES[operator]
    piece = next(page_operators.OPERATORS[operator](source))
    assert source[: piece.start] + piece.instead + source[piece.end :] == wrong
    assert piece.told


def test_every_page_operator_is_tried_here() -> None:
    assert set(PAGES) == set(page_operators.OPERATORS)


@pytest.mark.parametrize("operator", rule_operators.OPERATORS)
def test_an_operator_leaves_alone_what_it_does_not_fit(operator: str) -> None:
    node = ast.parse("answer = 42").body[0]
    assert list(rule_operators.OPERATORS[operator](node)) == []


def test_a_function_is_compiled_with_another_node() -> None:
    function = Function("mock_sites.shared.values.published_refusals", "of_account")
    calls = [number for number, node in function.nodes() if isinstance(node, ast.Call)]
    code = function.with_node(calls[0], lambda: ast.Constant(None))
    assert code.co_name == "of_account"
    assert code.co_code != function.itself().__code__.co_code
