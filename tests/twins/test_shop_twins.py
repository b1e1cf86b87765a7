"""The difference of every twin of the shop is there, and the buyer can still order."""

from __future__ import annotations

import re
import time

from tests.support.fake_vault import API, refused
from tests.support.shop_fixture import (
    ADDRESS,
    BY_CARD,
    BY_WALLET,
    CARD,
    SAVED,
    Customer,
    ShopFixture,
    words,
)
from twins.right.answers import SECONDS

TEAPOT = {"ticked": ["teapot"]}


def checkout(customer: Customer) -> str:
    """The path of a checkout."""
    return customer.send_to("/cart", TEAPOT).request.path


def payment(customer: Customer) -> str:
    """The path of the payment methods on a phone."""
    sheet = checkout(customer)
    return customer.send_to(sheet, {**ADDRESS, "address": "new"}, page=sheet).request.path


def orders_at(customer: Customer, path: str, **form: str) -> str:
    """Order with the wallet on a checkout; the path of what comes."""
    return customer.send_to(path, {**ADDRESS, **BY_WALLET, **form}, page=path).request.path


def test_shop_fields_have_stars(customer: Customer) -> None:
    assert '<label for="card_number">Card number *</label>' in customer.open(checkout(customer))


def test_cart_link_counts_the_pieces(customer: Customer) -> None:
    assert ">Cart (2)</a>" in customer.open("/")


def test_add_card_has_a_plus(shop: ShopFixture, customer: Customer) -> None:
    shop.vault.link(shop.phone(), "4111111111111111")
    assert ">+ Add card</button>" in customer.open(checkout(customer))


def test_card_method_names_the_networks(customer: Customer) -> None:
    assert "Card Visa, Mastercard, Mir Online" in words(customer.open(checkout(customer)))


def test_qiwi_tells_its_fee(customer: Customer) -> None:
    assert "QIWI Wallet (0 %)" in words(customer.open(checkout(customer)))


def test_mobile_pay_tells_the_amount(on_phone: Customer) -> None:
    sheet = on_phone.open(checkout(on_phone))
    assert "<button>Pay RUB\N{NO-BREAK SPACE}4,760.00</button>" in sheet


def test_whole_amounts_have_no_decimals(customer: Customer) -> None:
    home = customer.open("/")
    assert "2\N{NO-BREAK SPACE}380\N{NO-BREAK SPACE}₽" in home
    assert "245,50\N{NO-BREAK SPACE}₽" in home


def test_cards_are_masked_with_stars(shop: ShopFixture, customer: Customer) -> None:
    shop.vault.link(shop.phone(), "4111111111111111")
    assert "Visa **** 1111" in customer.open(checkout(customer))


def test_prices_are_higher(customer: Customer) -> None:
    assert "RUB\N{NO-BREAK SPACE}2,480.00" in customer.open("/products/teapot")


def test_shop_has_no_main(customer: Customer) -> None:
    home = customer.open("/")
    assert "<main" not in home
    assert '<section id="content"' in home


def test_shop_menu_is_no_nav(customer: Customer) -> None:
    home = customer.open("/")
    assert '<nav aria-label="Main menu">' not in home
    assert re.search(r'<div class="menu">[\s\S]+>Cart</a>', home)


def test_mobile_menu_is_folded(on_phone: Customer) -> None:
    home = on_phone.open("/")
    assert re.search(r"<details><summary>Menu</summary><ul>[\s\S]+Cart</a>[\s\S]+</details>", home)


def test_alipay_stands_in_a_section(customer: Customer) -> None:
    assert re.search(r"<section [^>]*>\s*<h2[^>]*>My Alipay<", customer.open("/profile"))


def test_cart_is_a_list(customer: Customer) -> None:
    cart = customer.open("/cart")
    assert "<table" not in cart
    assert re.search(r"<li class=\"card\">\s*<label><input[^>]+> Porcelain teapot</label>", cart)
    assert checkout(customer).startswith("/checkout/")


def test_fold_control_stands_in_the_heading(shop: ShopFixture, customer: Customer) -> None:
    path = checkout(customer)
    assert 'aria-expanded="true">Payment methods' in customer.open(path)
    shop.vault.link(shop.phone(), "4111111111111111")
    folded = customer.open(path)
    assert re.search(
        r"<h2[^>]*><button[^>]*\"false\">Payment methods [\s\S]+?</button></h2>", folded
    )
    assert '<div id="methods" hidden>' in folded
    assert "<details" not in folded


def test_save_card_is_a_switch(customer: Customer) -> None:
    assert 'name="save_card" role="switch"' in customer.open(checkout(customer))


def test_mobile_save_card_is_a_tick_box(on_phone: Customer) -> None:
    form = on_phone.open(f"{checkout(on_phone)}/card")
    assert 'name="save_card"' in form
    assert 'role="switch"' not in form


def test_cart_recommends_something_to_buy(customer: Customer) -> None:
    cart = customer.open("/cart")
    assert '<a class="button second" href="/products/gingerbread">Buy</a>' in cart
    assert "<button>Buy</button>" in cart


def test_shop_footer_has_a_cart(customer: Customer) -> None:
    assert '<footer><a href="/cart">Cart</a>' in customer.open("/")


def test_vault_opens_in_a_new_tab(customer: Customer) -> None:
    assert re.search(r'target="_blank"[^>]*>Continue<', customer.open("/profile/alipay"))


def test_browser_asks_before_leaving(shop: ShopFixture, customer: Customer) -> None:
    profile = customer.open("/profile")
    assert re.search(
        r'href="http://vault[^"]+" rel="noreferrer" data-question="[^"]+">Acc', profile
    )
    assert "/twin/ask.js" in profile
    assert "window.confirm" in customer.open("/twin/ask.js")


def test_mobile_steps_are_dialogs(on_phone: Customer) -> None:
    sheet = on_phone.open(checkout(on_phone))
    assert '<div role="dialog" aria-modal="true" class="sheet" aria-labelledby="step">' in sheet


def test_shop_has_a_cookie_bar(customer: Customer) -> None:
    page = customer.open("/cart")
    answer = re.search(r'aria-label="Cookies"[\s\S]+?href="([^"]+)">Accept all', page)
    assert answer
    assert 'aria-label="Cookies"' not in customer.open(answer[1])


def test_catalogue_comes_in_pages(customer: Customer) -> None:
    names = r'<span>([^<]+)</span>\s*<span class="price"'
    first, last = customer.open("/"), customer.open("/?page=3")
    assert len(re.findall(names, first)) == 4
    assert '<a href="?page=2">Next page</a>' in first
    assert "Next page" not in last
    every = [name for page in "123" for name in re.findall(names, customer.open(f"/?page={page}"))]
    assert len(every) == len(set(every)) == 12
    assert "Porcelain teapot" in customer.open("/?q=teapot")


def test_shop_has_more_online_options(customer: Customer) -> None:
    path = checkout(customer)
    options = re.findall(r'name="online_option" value="([^"]+)"', customer.open(path))
    assert options.index("qiwi-wallet") == 2
    assert len(options) == 5
    assert orders_at(customer, path).startswith("/orders/")


def test_card_comes_last(customer: Customer) -> None:
    page = customer.open(checkout(customer))
    assert re.findall(r'name="payment" value="([^"]+)"( checked)?', page)[-1] == (
        "card",
        " checked",
    )


def test_online_options_are_a_list_box(customer: Customer) -> None:
    path = checkout(customer)
    assert '<option value="qiwi-wallet">QIWI Wallet</option>' in customer.open(path)
    assert orders_at(customer, path).startswith("/orders/")


def test_expiry_is_two_list_boxes(customer: Customer) -> None:
    path = checkout(customer)
    assert re.search(r'<select name="expiry" aria-label="Month"', customer.open(path))
    card = {**SAVED, "press": "confirm-card", "payment": "card"}
    blank = customer.send(path, {**ADDRESS, **card, "expiry": ["", ""]}, page=path)
    assert "Enter the month and year of expiry." in blank
    linked = customer.send(path, {**ADDRESS, **card, "expiry": ["09", "40"]}, page=path)
    assert "The card is linked." in linked
    assert "valid until 09/40" in linked


def test_security_code_comes_before_the_holder(customer: Customer) -> None:
    page = customer.open(checkout(customer))
    assert page.index('id="security_code"') < page.index('id="card_holder"')


def test_cart_is_ticked_from_the_start(customer: Customer) -> None:
    cart = customer.open("/cart")
    assert re.search(r'name="ticked" value="teapot" checked', cart)
    refusal = customer.send("/cart")
    assert "Tick at least one product" in refusal
    assert not re.search(r'name="ticked" value="teapot" checked', refusal)


def test_address_has_a_page_of_its_own(customer: Customer) -> None:
    path = checkout(customer)
    first = customer.open(path)
    assert "Continue to payment</button>" in first
    assert "Payment methods" not in first
    wrong = customer.send(path, {**ADDRESS, "city": "", "press": "address"}, page=path)
    assert "Enter the city or village." in wrong
    assert "Payment methods" not in wrong
    second = customer.send_to(path, {**ADDRESS, "press": "address"}, page=path)
    assert "Payment methods" in second.text
    assert '<input type="hidden" name="street" value="Arbat 1, flat 2">' in second.text
    linked = customer.send_to(
        f"{path}?step=payment",
        {**ADDRESS, **SAVED, "payment": "card", "press": "confirm-card"},
        page=path,
    )
    assert "The card is linked." in linked.text
    assert "Payment methods" in linked.text
    assert orders_at(customer, f"{path}?step=payment").startswith("/orders/")


def test_visitors_are_asked_to_register(shop: ShopFixture) -> None:
    visitor = shop.stranger()
    page = visitor.client.get("/cart", follow_redirects=True)
    assert "<h1>Create an account</h1>" in page.text
    assert 'href="/sign-in?next=/cart">Sign in</a>' in page.text
    form = {"name": "Ivan Smirnov", "phone": "+79161112233", "password": "secret"}
    cart = visitor.send_to("/register?next=/cart", form, page="/register")
    assert cart.request.path == "/cart"
    assert "Ivan Smirnov" in cart.text
    taken = shop.stranger().send("/register", form, page="/register")
    assert "already has an account" in taken
    assert "Sign out" in shop.customer().open("/")


def test_shop_has_other_addresses(customer: Customer) -> None:
    assert 'href="/basket"' in customer.open("/")
    assert customer.client.get("/cart").status_code == 404
    path = customer.send_to("/basket", TEAPOT, page="/basket").request.path
    assert path.startswith("/order/")


def test_shop_refuses_by_422(customer: Customer) -> None:
    answer = customer.send_to("/cart")
    assert answer.status_code == 422
    assert "Tick at least one product" in answer.text


def test_shop_refuses_in_other_words(customer: Customer) -> None:
    assert "Please select what you would like to order." in customer.send("/cart")
    path = checkout(customer)
    mistyped = {"card_number": "4111 1111 1111 1112", "save_card": "y"}
    page = customer.press(path, "confirm-card", **{**CARD, **mistyped})
    assert "look at the number again" in page


def test_shop_answers_slowly(customer: Customer) -> None:
    began = time.monotonic()
    customer.open("/")
    assert time.monotonic() - began >= SECONDS


def test_shop_is_rendered_by_a_script(customer: Customer) -> None:
    assert '<main id="content" tabindex="-1"></main><template id="page">' in customer.open("/")


def test_shop_redirects_twice(shop: ShopFixture, customer: Customer) -> None:
    form = {"csrf_token": _key(customer), **TEAPOT}
    first = customer.client.post("/cart", data=form)
    assert first.status_code == 302
    second = customer.client.get(first.location)
    assert second.status_code == 302
    assert second.location.startswith("/checkout/")
    _ask_for_a_code(shop, at="https://issuer.example/challenge")
    card = {**ADDRESS, **BY_CARD, **CARD, "press": "confirm-card", "csrf_token": _key(customer)}
    paid = customer.client.post(second.location, data=card)
    assert paid.location == "https://issuer.example/challenge"


def _ask_for_a_code(shop: ShopFixture, at: str) -> None:
    """Let the vault answer every payment by sending the buyer to the card's issuer."""
    answer = {"result": refused("PAYMENT_IN_PROCESS", "U"), "normalUrl": at}
    shop.vault.before = lambda path: (
        shop.vault.signed(API + path, answer) if path == "/payments/pay" else None
    )


def _key(customer: Customer) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', customer.open("/cart"))
    assert found
    return found[1]
