"""Figures in the documentation are those of the code."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import timedelta

import pytest

from checkout_conformance.clauses import read_clauses
from checkout_conformance.deviants.collection import deviants_named
from mock_sites.shared.accounts import people
from mock_sites.shared.runtime import incoming
from mock_sites.shared.values import one_time_codes
from mock_sites.wallet.domain import code_limits, codes
from tests.support.documentation import ROOT

DOCS = ROOT / "docs"
WORDS = {5: "Five", 6: "six", 15: "fifteen", 18: "eighteen", 30: "thirty", 100: "hundred"}


def page(name: str) -> str:
    """The text of a page, on one line."""
    return " ".join((DOCS / name).read_text(encoding="utf-8").split())


def minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def payees() -> int:
    text = (ROOT / "mock_sites" / "wallet" / "payees.toml").read_text(encoding="utf-8")
    return sum(len(category["payee"]) for category in tomllib.loads(text)["category"])


RULES = "sites/rules.md"
FIGURES: list[tuple[str, Callable[[], str]]] = [
    (RULES, lambda: f"A code has {WORDS[one_time_codes.DIGITS]} digits"),
    (RULES, lambda: f"valid for {WORDS[minutes(codes.VALID_FOR)].lower()} minutes"),
    (RULES, lambda: f"after {WORDS[codes.NEW_ONE_AFTER.seconds]} seconds"),
    (RULES, lambda: f"| wrong codes for a payment | {codes.WRONG_ALLOWED} |"),
    (RULES, lambda: f"one invoice, within an hour | {code_limits.WRONG_FOR_INVOICE} |"),
    (RULES, lambda: f"a buyer, within an hour | {code_limits.WRONG_FOR_BUYER} |"),
    (RULES, lambda: "{} a minute, {} an hour".format(*(most for _, most in code_limits.MESSAGES))),
    (RULES, lambda: f"newest {WORDS[people.MOST_SESSIONS]} are kept"),
    (RULES, lambda: f"Its head may have {incoming.LONGEST_HEADERS_BYTES // 1024} KB"),
    (RULES, lambda: f"Its body may have {incoming.LARGEST_BODY_BYTES // 1024} KB"),
    ("sites/index.md", lambda: f"{WORDS[people.WRONG_PASSWORDS_ALLOWED]} wrong passwords"),
    ("sites/index.md", lambda: f"for {WORDS[minutes(people.LOCKOUT)]} minutes"),
    ("sites/index.md", lambda: f"categories with {WORDS[payees()]} payees"),
    ("results/reports.md", lambda: f"of {len(read_clauses())} clauses"),
]


@pytest.mark.parametrize(("name", "figure"), FIGURES)
def test_a_figure_is_that_of_the_code(name: str, figure: Callable[[], str]) -> None:
    assert figure() in page(name)


def test_there_are_as_many_deviants_as_the_page_says() -> None:
    said = re.search(r"holds over (\d+) of them", page("results/deviants.md"))

    assert said is not None
    assert len(deviants_named()) > int(said[1])


def test_the_example_of_a_line_leads_all_the_way() -> None:
    feature = ROOT / "features" / "wallet" / "paying_on_the_wallet_site.feature"
    lines = [line.strip() for line in feature.read_text(encoding="utf-8").splitlines()]
    arabic = ROOT / "features" / "ar" / feature.relative_to(ROOT / "features")
    text = page("write/from-line-to-row.md")

    line = lines.index('And the buyer presses "Pay"')
    (clause,) = [one for one in lines[:line] if one.startswith("# W")][-1:]
    assert clause.split()[1] == "W1.4"
    assert "و يضغط المشتري «دفع»" in arabic.read_text(encoding="utf-8")
    assert '["Pay"]' in (ROOT / "features" / "glossary.toml").read_text(encoding="utf-8")
    assert "W1.4" in text
    assert "`/pay/to/<slug>`" in text
