"""A form that is sent by somebody who is not signed in: what is kept of it, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mock_sites.interrupted import KEY
from tests.shop_bench import IPHONE, SITE, Customer, shop_bench
from tests.shop_bench import Bench as ShopBench
from tests.vault_bench import BILLING, VaultVisitor, code_for, field_value, vault_bench, words
from tests.vault_bench import Bench as VaultBench
from tests.visitor import Visitor
from tests.wallet_bench import Bench as WalletBench
from tests.wallet_bench import wallet_bench

AGAIN = "You were signed out, so nothing was sent."
CARD_NUMBER = "4111 1111 1111 1111"


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[ShopBench]:
    with shop_bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def wallet(tmp_path: Path) -> Iterator[WalletBench]:
    with wallet_bench(tmp_path) as bench:
        yield bench


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[VaultBench]:
    with vault_bench(tmp_path) as bench:
        yield bench


def want(
    bench: ShopBench, slug: str = "teapot", quantity: str = "2", number: int = 0, **headers: str
) -> tuple[Customer, str]:
    """Add to cart before signing in, and then sign in; who did, and the page that comes."""
    visitor, page = bench.stranger(), f"/products/{slug}"
    for name, value in headers.items():
        visitor.client.environ_base[name] = value
    sign_in = visitor.send_to(page, {"quantity": quantity}, page=page).request
    assert sign_in.path == "/sign-in"
    return visitor, shop_signed_in(bench, visitor, sign_in.full_path, number)


def shop_signed_in(bench: ShopBench, visitor: Customer, sign_in: str, number: int = 0) -> str:
    person = bench.stack.keys.people[number]
    return visitor.send(sign_in, {"phone": person.phone, "password": person.password}, page=sign_in)


@pytest.mark.parametrize("agent", ["", IPHONE])
def test_what_was_wanted_before_signing_in_lies_in_the_cart_after_it(
    shop: ShopBench, agent: str
) -> None:
    _visitor, page = want(shop, quantity="٢", HTTP_USER_AGENT=agent)

    assert shop.cart() == {"teapot": 2}
    assert "It is in your cart now." in words(page)
    assert "<h1>Porcelain teapot</h1>" in page


def test_it_is_put_there_once(shop: ShopBench) -> None:
    visitor, _page = want(shop)
    visitor.open("/products/teapot")
    visitor.send("/sign-out")
    visitor.sign_in(shop.phone(), shop.stack.keys.people[0].password)

    assert shop.cart() == {"teapot": 2}


def test_nothing_lies_in_anybodys_cart_before(shop: ShopBench) -> None:
    visitor = shop.stranger()
    visitor.send("/products/teapot", {"quantity": "2"}, page="/products/teapot")

    assert shop.cart() == shop.cart(1) == {}


def test_a_wrong_password_in_between_loses_nothing(shop: ShopBench) -> None:
    visitor, page = shop.stranger(), "/products/teapot"
    sign_in = visitor.send_to(page, {"quantity": "2"}, page=page).request.full_path
    visitor.send(sign_in, {"phone": shop.phone(), "password": "wrong"}, page=sign_in)

    shop_signed_in(shop, visitor, sign_in)

    assert shop.cart() == {"teapot": 2}


def test_a_product_sold_out_meanwhile_is_told(shop: ShopBench) -> None:
    visitor, page = shop.stranger(), "/products/teapot"
    sign_in = visitor.send_to(page, {"quantity": "2"}, page=page).request.full_path
    shop.shop.catalogue.offer("teapot", on_sale=False)

    said = words(shop_signed_in(shop, visitor, sign_in))

    assert "“Porcelain teapot” is not sold any more." in said
    assert shop.cart() == {}


@pytest.mark.parametrize("quantity", ["0", "21", "two", ""])
def test_a_quantity_that_cannot_be_is_told_and_still_there(shop: ShopBench, quantity: str) -> None:
    _visitor, page = want(shop, quantity=quantity)

    assert "Enter a whole number from 1 to 20." in words(page)
    assert f'value="{quantity}"' in page
    assert shop.cart() == {}


def test_more_than_the_cart_holds_is_told(shop: ShopBench) -> None:
    shop.customer().put_into_cart("teapot", 19)

    _visitor, page = want(shop)

    assert "19 are in yours" in words(page)
    assert shop.cart() == {"teapot": 19}


def test_a_product_that_never_was_is_not_found(shop: ShopBench) -> None:
    visitor = shop.stranger()
    form = {"csrf_token": "-", "quantity": "1"}
    answer = visitor.client.post("/products/nothing", data=form, headers={"Origin": SITE})

    page = shop_signed_in(shop, visitor, answer.location)

    assert "There is nothing here" in words(page)


def test_another_sites_form_leaves_nothing_to_be_done(shop: ShopBench) -> None:
    visitor = shop.stranger()
    foreign = {"Origin": "http://evil.example", "Referer": "http://evil.example/products/teapot"}
    answer = visitor.client.post("/products/teapot", data={"quantity": "2"}, headers=foreign)
    assert "Set-Cookie" not in answer.headers

    shop_signed_in(shop, visitor, answer.location)

    assert shop.cart() == {}


@pytest.mark.parametrize("sender", ["null", "http://localhost.evil.example", "http://localhost:81"])
def test_only_the_very_site_counts_as_itself(shop: ShopBench, sender: str) -> None:
    visitor = shop.stranger()
    headers = {"Origin": sender}
    answer = visitor.client.post("/products/teapot", data={"quantity": "2"}, headers=headers)
    shop_signed_in(shop, visitor, answer.location)

    assert shop.cart() == {}


@pytest.mark.parametrize(
    "referrer",
    [
        "http://evil.example/cart",
        "http://localhost//evil.example",
        "javascript:alert(1)",
        "/\\evil",
    ],
)
def test_no_referrer_leads_to_another_site(shop: ShopBench, referrer: str) -> None:
    visitor = shop.stranger()
    headers = {"Origin": SITE, "Referer": referrer}
    answer = visitor.client.post("/cart/teapot", data={}, headers=headers)

    person = shop.stack.keys.people[0]
    who = {"phone": person.phone, "password": person.password}
    there = visitor.send_to(answer.location, who, page=answer.location)

    assert there.request.host == "localhost"
    assert there.request.path == "/"


def test_what_was_ticked_and_typed_in_the_cart_is_still_there(shop: ShopBench) -> None:
    customer = shop.customer()
    customer.put_into_cart("teapot")
    sign_in = customer.send_signed_out("/cart", {"ticked": ["teapot"]})
    page = shop_signed_in(shop, customer, sign_in)
    assert 'name="ticked" value="teapot" checked' in page
    assert AGAIN in words(page)

    form = {"teapot-quantity": "7"}
    sign_in = customer.send_signed_out("/cart/teapot", form, page="/cart")
    page = shop_signed_in(shop, customer, sign_in)

    assert 'name="teapot-quantity" value="7"' in page
    assert AGAIN in words(page)
    assert shop.cart() == {"teapot": 1}


def test_a_button_without_a_page_of_its_own_leads_back_to_its_page(shop: ShopBench) -> None:
    customer = shop.customer()
    uid = customer.order()
    page = f"/orders/{uid}"
    sign_in = customer.send_signed_out(f"{page}/cancel", {}, page=f"{page}?language=x")

    shown = words(shop_signed_in(shop, customer, sign_in))

    assert "Order 1" in shown
    assert AGAIN in shown
    assert [order.state for order in shop.orders()] == ["AWAITING_PAYMENT"]


def test_a_sign_in_whose_key_is_old_still_leads_to_the_page(shop: ShopBench) -> None:
    visitor = shop.stranger()
    answer = visitor.client.post("/sign-in?next=/orders", data={"csrf_token": "old"})

    assert answer.location == "/sign-in?next=/orders"


def test_signing_out_forgets_what_was_typed(shop: ShopBench) -> None:
    customer = shop.customer()
    customer.put_into_cart("teapot")
    with customer.client.session_transaction() as session:
        session[KEY] = {"endpoint": "cart.buy", "args": {}, "path": "/cart", "fields": []}
    customer.send("/sign-out", page="/orders")

    with customer.client.session_transaction() as session:
        assert KEY not in session


def test_much_typed_text_does_not_break_the_session(shop: ShopBench) -> None:
    customer = shop.customer()
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")
    random = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(5000))
    sign_in = customer.send_signed_out(checkout, {"street": random})

    page = shop_signed_in(shop, customer, sign_in)

    assert "<h1>Checkout</h1>" in page


def lose(visitor: Visitor, path: str, page: str | None = None, **form: Any) -> str:
    """Send a form after the session has ended; where to sign in."""
    with visitor.client.session_transaction() as session:
        session.clear()
    headers = {"Origin": SITE, "Referer": SITE + (page or path)}
    answer = visitor.client.post(path, data={"csrf_token": "old", **form}, headers=headers)
    assert answer.status_code == 303
    return answer.location


def come_back(bench: WalletBench | VaultBench, visitor: Visitor, sign_in: str) -> str:
    person = bench.stack.keys.people[0]
    return visitor.send(sign_in, phone=person.phone, password=person.password).text


def session_of(visitor: Visitor) -> str:
    with visitor.client.session_transaction() as session:
        return str(dict(session))


def test_a_payees_form_is_filled_in_again(wallet: WalletBench) -> None:
    buyer = wallet.buyer()
    sign_in = lose(buyer, "/pay/to/steam", account="night_owl_42", amount="150.00")

    page = come_back(wallet, buyer, sign_in)

    assert [field_value(page, name) for name in ("account", "amount")] == ["night_owl_42", "150.00"]
    assert AGAIN in words(page)
    assert wallet.rows("SELECT * FROM payments") == []


def test_a_code_is_not_kept_and_its_page_comes_again(wallet: WalletBench) -> None:
    buyer = wallet.buyer()
    path = buyer.be_sent_code()
    sign_in = lose(buyer, path, code=wallet.outside.codes[-1])
    assert wallet.outside.codes[-1] not in session_of(buyer)

    page = come_back(wallet, buyer, sign_in)

    assert "Confirm with the code" in page
    assert AGAIN in words(page)


def test_an_invoices_page_comes_again_with_its_query(wallet: WalletBench) -> None:
    buyer, uid = wallet.buyer(), wallet.issue()
    path = f"/invoices/{uid}/pay?means=qw"

    page = come_back(wallet, buyer, lose(buyer, path))

    assert "Pay the invoice" in page
    assert wallet.outside.messages == []


def test_a_billing_address_is_kept_and_nothing_of_the_card(vault: VaultBench) -> None:
    holder, number = vault.holder(), CARD_NUMBER
    card = {
        "card_number": number,
        "card_holder": "Olga Smirnova",
        "expiry": "12/40",
        "security_code": code_for("4111111111111111"),
    }
    sign_in = lose(holder, "/cards/new", **card, **BILLING)
    kept = session_of(holder)
    assert not [secret for secret in card.values() if secret in kept]

    page = come_back(vault, holder, sign_in)

    assert field_value(page, "address") == BILLING["address"]
    assert 'selected value="RU"' in page
    assert "card data and codes are not kept" in words(page)
    assert vault.cards() == []


def test_a_card_number_in_a_wrong_field_is_not_kept(vault: VaultBench) -> None:
    holder = vault.holder()
    lose(holder, "/cards/new", **BILLING | {"address": f"at {CARD_NUMBER}"})

    assert "4111" not in session_of(holder)


def test_an_edited_card_keeps_its_own_holder_and_expiry(vault: VaultBench) -> None:
    holder: VaultVisitor = vault.holder()
    holder.add_card()
    path = f"/cards/{holder.tokens()[0]}/edit"
    edited = {"card_holder": "Olga", "expiry": "11/39", **BILLING, "address": "Nevsky 5"}

    page = come_back(vault, holder, lose(holder, path, **edited))

    assert field_value(page, "address") == "Nevsky 5"
    assert field_value(page, "card_holder") == "Anna Petrova"


def test_the_question_before_deleting_comes_again(vault: VaultBench) -> None:
    holder = vault.holder()
    holder.add_card()
    token = holder.tokens()[0]
    question = f"/cards/delete?card={token}"

    page = come_back(vault, holder, lose(holder, "/cards/delete", question, card=token))

    assert "<h1>Delete 1 card?</h1>" in page
    assert len(vault.cards()) == 1
