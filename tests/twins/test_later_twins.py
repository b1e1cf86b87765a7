"""The difference of every later twin is there, and the procedure can still be completed."""

from __future__ import annotations

import re

from tests.support.shop_fixture import ADDRESS, SAVED, Customer, ShopFixture, words
from tests.support.vault_fixture import VaultVisitor
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
    wallet.pay_bill(wallet.buyer(), wallet.issue("order-2"))
    assert "1 unpaid invoice" in wallet.buyer().open("/").text


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
    assert "Enter an e-mail address." in words(customer.send("/newsletter"))
    assert "Thank you" in words(customer.send("/newsletter", {"mail": "a@b.example"}))
    customer.press(checkout, "confirm-card", **SAVED)
    assert len(shop.shop.cards.known(shop.person().id)) == 1
    assert shop.orders() == []


def test_after_paying_comes_the_home_page(wallet: WalletFixture) -> None:
    page = paid(wallet)
    assert "<h1>Your wallet</h1>" in page
    assert "Paid: Steam, RUB\N{NO-BREAK SPACE}150.00." in page
    assert wallet.discrepancies() == []


def test_adding_leads_to_a_page_between(shop: ShopFixture) -> None:
    customer = shop.customer()
    page = customer.put_into_cart("teapot")
    assert "Added to your cart." in page
    assert ">Go to the cart</a>" in page
    assert shop.cart() == {"teapot": 1}
    customer.order("lamp")
    assert len(shop.orders()) == 1


def test_removing_asks_first(shop: ShopFixture, customer: Customer) -> None:
    question = customer.send("/cart/teapot/remove")
    assert "<h1>Remove Porcelain teapot from the cart?</h1>" in question
    assert shop.cart() == {"teapot": 2}
    assert "Removed from your cart." in customer.send("/cart/teapot/remove", {"sure": "y"})
    assert shop.cart() == {}


def test_linked_cards_have_no_dots(shop: ShopFixture, customer: Customer) -> None:
    shop.vault.link(shop.phone(), "4111111111111111")
    checkout = words(customer.open(customer.buy("teapot")))
    assert "Visa, ending in 1111" in checkout
    assert "•" not in checkout
    token = shop.shop.cards.known(shop.person().id)[0].token
    customer.order(payment="card", card=token)
    assert "Paid" in words(customer.open("/orders"))
    assert len(shop.orders()) == 1


def on_payment(on_phone: Customer) -> tuple[str, str]:
    """The address and the text of the page Payment methods of a phone."""
    sheet = on_phone.send_to("/cart", {"ticked": ["teapot"]}).request.path
    payment = on_phone.send_to(sheet, {**ADDRESS, "address": "new"}, page=sheet)
    return sheet, payment.text


def test_steps_are_told_above(shop: ShopFixture, on_phone: Customer) -> None:
    sheet, payment = on_payment(on_phone)
    form = on_phone.open(f"{sheet}/card")
    for page in (on_phone.open(sheet), payment, form):
        assert "Cart Delivery address Payment methods Done" in words(page)
    on_phone.send(f"{sheet}/card", SAVED, page=f"{sheet}/card")
    assert len(shop.shop.cards.known(shop.person().id)) == 1


def test_add_new_card_is_a_button(shop: ShopFixture, on_phone: Customer) -> None:
    sheet, payment = on_payment(on_phone)
    assert re.search('<button class="add" form="new-card">.*Add new card</button>', payment)
    assert f'<form id="new-card" method="get" action="{sheet}/card">' in payment
    on_phone.send(f"{sheet}/card", SAVED, page=f"{sheet}/card")
    assert len(shop.shop.cards.known(shop.person().id)) == 1


def test_oldest_card_comes_first(holder: VaultVisitor) -> None:
    holder.add_card()
    first, second = holder.rows()[-2:]
    assert "Mastercard" in first
    assert "Visa" in second


def test_add_card_stands_below_the_cards(holder: VaultVisitor) -> None:
    page = holder.open("/cards").text
    assert page.count(">Add card</button>") == 1
    assert (
        page.index("</table>") < page.index(">Delete</button>") < page.index(">Add card</button>")
    )
    holder.add_card()
    assert len(holder.tokens()) == 2


def test_form_asks_where_from(holder: VaultVisitor) -> None:
    assert "Where have you heard of us? (optional)" in holder.open("/cards/new").text
    again = holder.add_card(expiry="13/99", heard="From friends").text
    assert "<option selected>From friends</option>" in again
    assert len(holder.tokens()) == 1
    holder.add_card(heard="From friends")
    assert len(holder.tokens()) == 2
