"""What the tests of all sites together begin with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checkout_conformance.people import Buyer, invent_buyer
from steps.support.controls import Controls


@pytest.fixture
def new_visitor(controls: Controls, buyer_seed: str) -> Callable[[str], Buyer]:
    """Invent somebody with an account on every site and some money; another word, another one."""

    def new(word: str) -> Buyer:
        buyer = invent_buyer(f"{buyer_seed} {word}")
        who = (buyer.phone, buyer.password, buyer.name)
        controls.add_wallet_buyer(*who, {"RUB": 500_000})
        controls.add_shop_customer(*who)
        controls.add_vault_holder(*who)
        return buyer

    return new
