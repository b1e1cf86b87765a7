"""The payees of the scenarios have labels, and are among those of the mock wallet."""

from __future__ import annotations

import pytest

from checkout_conformance.targets.glossary import Glossary
from mock_sites.wallet.domain.catalogue import categories
from steps.support.payees import BY_NAME


@pytest.mark.parametrize("name", BY_NAME)
def test_a_payee_stands_in_its_category_and_asks_for_its_field(name: str) -> None:
    payee = BY_NAME[name]
    assert {payee.name, payee.category, payee.field} <= Glossary("en").names()
    [category] = [one for one in categories() if one.name == payee.category]
    [found] = [one for one in category.payees if one.name == payee.name]
    assert found.account_label == payee.field


def test_there_is_a_payee_of_every_category() -> None:
    assert {payee.category for payee in BY_NAME.values()} == {one.name for one in categories()}
