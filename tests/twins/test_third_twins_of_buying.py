"""The difference of every third twin of shop and vault is there, and they can still be used."""

from __future__ import annotations

from tests.support.shop_fixture import Customer, ShopFixture
from tests.support.vault_fixture import BILLING, VaultFixture, VaultVisitor
from tests.support.walk import Walk

from .test_later_shop_twins import checkout, links, links_on_phone, orders, sheet
from .test_later_vault_twins import CARD, cards, main_card
from .test_later_vault_twins import links as links_in_vault


def test_order_status_is_a_row_of_stages(customer: Customer) -> None:
    walk = checkout(customer)
    assert orders(walk)
    assert '<li aria-current="step">Awaiting payment</li><li>Paid</li>' in walk.html


def test_cart_offers_gift_wrapping(shop: ShopFixture, customer: Customer) -> None:
    walk = Walk(customer.client).open("/").use("Cart")
    assert "Gift wrap" in walk.text
    assert walk.html.count('name="wrapped"') == 1
    assert orders(walk.use("Buy", ticked=["teapot"]))


def test_checkout_takes_coupons(customer: Customer) -> None:
    walk = checkout(customer)
    page = walk.address
    assert "There is no such code." in walk.use("Apply", promo="AUTUMN").text
    assert orders(walk.open(page))


def test_profile_is_in_the_account_menu(shop: ShopFixture, customer: Customer) -> None:
    walk = Walk(customer.client).open("/")
    assert "<li><details><summary>" in walk.html
    assert "My Alipay" in walk.use("My profile").text


def test_sums_have_their_tax_beside_them(customer: Customer) -> None:
    walk = checkout(customer)
    assert "Delivery RUB 0.00 VAT included RUB" in walk.text
    assert orders(walk)
    assert "VAT included" in walk.text


def test_product_page_sells_related_goods(shop: ShopFixture, customer: Customer) -> None:
    walk = Walk(customer.client).open("/products/teapot")
    assert walk.html.count("Add to cart</button>") == 3
    walk.use("Add to cart", quantity="1")
    assert shop.cart() == {"teapot": 3}
    walk.use_numbered("Add to cart", 1)
    assert len(shop.cart()) == 2


def test_chosen_card_opens_the_block(shop: ShopFixture, customer: Customer) -> None:
    walk = checkout(customer)
    assert '<h2 id="payment-heading">Payment methods</h2>' in walk.html
    assert "<summary>How would you like to pay?</summary>" in walk.html
    assert links(shop, walk)
    assert "Visa •••• 1111</bdi></summary>" in walk.html


def test_mobile_ways_have_headings(shop: ShopFixture, on_phone: Customer) -> None:
    walk = sheet(on_phone)
    assert links_on_phone(shop, walk)
    assert walk.text.index("Your cards") < walk.text.index("Add new card")
    assert walk.text.index("Add new card") < walk.text.index("Without a card")


def test_each_card_has_a_menu(vault: VaultFixture, holder: VaultVisitor) -> None:
    walk = cards(holder)
    assert links_in_vault(walk)
    assert "<summary>Actions<span" in walk.html
    walk.use("Set as main")
    assert main_card(vault) == "1111"
    assert "The card has been updated." in walk.use("Edit").use("Save", **BILLING).text


def test_main_card_is_one_choice(vault: VaultFixture, holder: VaultVisitor) -> None:
    walk = cards(holder)
    assert links_in_vault(walk)
    assert walk.html.count('type="radio" form="main" name="main"') == 2
    assert main_card(vault) == "4444"


def test_language_is_a_list_box(vault: VaultFixture, holder: VaultVisitor) -> None:
    walk = cards(holder)
    assert '<option value="ru" lang="ru">Русский</option>' in walk.html
    assert "Банковские карты" in walk.use("OK", language="ru").text


def test_held_cent_is_told_in_steps(vault: VaultFixture, holder: VaultVisitor) -> None:
    walk = cards(holder).use("Add card").use("Save", **CARD, **BILLING)
    assert "RUB 0.01 is held on Visa •••• 1111 now." in walk.text
    assert "It is given back within one day or less." in walk.text
    assert "Then the link of the card is final." in walk.text
