"""What a page asks for before a purchase is paid: the whole price, or nothing that it says."""

from __future__ import annotations

import pytest

from checkout_conformance.targets.target import Target
from steps.pages.shop import Shop
from steps.purchase import page_asks_for
from steps.support.amounts import NamedAmount
from tests.support.opened_page import opened
from tests.support.recording_site import RecordingSite

BOTH = NamedAmount(264000, "RUB")
LISTED = "<ul><li>Slippers 1 190.00 ₽</li><li>Tea glass 1 450.00 ₽</li></ul>"


def shop_with(site: RecordingSite, content: str) -> Shop:
    return Shop(opened(site, content), Target("mock", "en"))


@pytest.mark.parametrize(
    "content",
    [
        "<p>To pay: 2 640.00 ₽</p>",
        f"{LISTED}<p>To pay: 2 640.00 ₽</p>",
        LISTED,
        "<p>0.01 ₽ is held on the card</p>",
        "<p>Choose a card</p>",
    ],
    ids=["sum", "prices and sum", "prices alone", "a cent", "no amount"],
)
def test_the_whole_price_or_none_is_right(site: RecordingSite, content: str) -> None:
    page_asks_for(shop_with(site, content), BOTH)


@pytest.mark.parametrize(
    "content",
    ["<p>To pay: 1 450.00 ₽</p>", "<p>To pay: 2 640.00 ₸</p>", f"{LISTED}<p>Pay 1 190.00 ₽</p>"],
    ids=["another sum", "another currency", "prices and another sum"],
)
def test_another_amount_is_wrong(site: RecordingSite, content: str) -> None:
    with pytest.raises(AssertionError):
        page_asks_for(shop_with(site, content), BOTH)
