"""The difference of every later twin is there, and the procedure can still be completed."""

from __future__ import annotations

import re

from tests.support.shop_fixture import SAVED, Customer, ShopFixture, words
from tests.support.wallet_fixture import WalletFixture


def paid(wallet: WalletFixture) -> str:
    """What the page says once Steam is paid."""
    buyer = wallet.buyer()
    path = buyer.be_sent_code()
    return buyer.send(path, code=wallet.outside.codes[-1]).text


def test_home_has_another_view(wallet: WalletFixture) -> None:
    assert ">View all</a>" in wallet.buyer().open("/").text
    wallet.issue()
    assert re.findall(">(View[^<]*)</a>", wallet.buyer().open("/").text) == ["View", "View all"]


def test_menu_stands_in_the_footer_too(wallet: WalletFixture) -> None:
    home = wallet.buyer().open("/").text
    assert home.count(">Pay</a>") == 2
    assert ">Pay</a>" in home.partition("<footer>")[2]
    assert "Paid" in paid(wallet)


def test_confirm_says_what_comes_next(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    assert ">Confirm and get a code</button>" in buyer.open(buyer.enter()).text
    assert ">Confirm and pay</button>" in buyer.open(buyer.be_sent_code()).text
    assert "Paid" in paid(wallet)


def test_recently_viewed_stands_below(shop: ShopFixture, customer: Customer) -> None:
    customer.send("/cart/teapot/remove")
    assert ">Porcelain teapot</a>" in customer.open("/cart").partition("Recently viewed")[2]
    customer.order()
    assert len(shop.orders()) == 1


def test_newsletter_is_offered_on_every_page(shop: ShopFixture, customer: Customer) -> None:
    checkout = customer.buy("teapot")
    assert ">Confirm subscription</button>" in customer.open(checkout)
    assert "Thank you" in words(customer.send("/newsletter", {"mail": "a@b.example"}))
    customer.press(checkout, "confirm-card", **SAVED)
    assert len(shop.shop.cards.known(shop.person().id)) == 1
    assert shop.orders() == []
