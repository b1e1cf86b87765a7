"""An address to return to that nobody can open is told as the shop's deviation."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from checkout_conformance.expectations import UnmetExpectation
from steps.order import return_unpaid

GOOD = ["http://shop.test/order/1", "https://shop.test:8443", "http://[::1]:8002/order?x=1"]


class ShopWith:
    """A shop whose link to the wallet has this address to return to."""

    def __init__(self, address: str) -> None:
        self.opened: list[str] = []
        self.page = SimpleNamespace(goto=self.opened.append)
        self._address = address

    def open_newest_order(self) -> None:
        """Do nothing."""

    def return_address(self) -> str:
        """The address."""
        return self._address

    def press(self, label: str) -> None:
        """Do nothing."""


@pytest.mark.parametrize("address", ["", "/order/1", "javascript:void 0", "http://[no address"])
def test_what_is_no_address_is_the_sites_deviation(address: str) -> None:
    shop = ShopWith(address)
    with pytest.raises(UnmetExpectation, match="an address to which the buyer can return"):
        return_unpaid(cast(Any, shop))
    assert shop.opened == []


@pytest.mark.parametrize("address", GOOD)
def test_an_address_of_the_web_is_opened(address: str) -> None:
    shop = ShopWith(address)
    return_unpaid(cast(Any, shop))
    assert shop.opened == [address]
