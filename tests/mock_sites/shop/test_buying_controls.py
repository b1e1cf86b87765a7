"""The shop's controls that buy: carts, checkouts, orders paid with the wallet, linked cards."""

from __future__ import annotations

import logging
from typing import Any

import httpx
import pytest

from mock_sites.shop.domain.checkout import Checkouts
from tests.mock_sites.shop.test_card_secrets import NUMBER, what_is_left
from tests.support.fake_vault import refused, unreachable
from tests.support.shop_fixture import ADDRESS, Customer, ShopFixture, words

NOBODY = "+79169999999"
NOT_FOUND = {"error": "there is nothing of that name"}
ADDRESS_FIELDS = tuple(ADDRESS)


def fill(fixture: ShopFixture, *products: dict[str, Any], **changes: Any) -> Any:
    """What the control of carts answers to the first customer's products."""
    body = {"phone": fixture.phone(), "products": list(products)}
    return fixture.control("POST", "/carts", body | changes)


def start(fixture: ShopFixture, *products: dict[str, Any], **changes: Any) -> Any:
    """What the control of checkouts answers to the first customer's products."""
    body = {"phone": fixture.phone(), "products": list(products)}
    return fixture.control("POST", "/checkouts", body | changes)


def order(fixture: ShopFixture, *products: dict[str, Any], **changes: Any) -> Any:
    """What the control of orders answers to the first customer's order; a teapot by default."""
    wanted = list(products) or [{"product": "teapot"}]
    body = {"phone": fixture.phone(), "products": wanted, "payment": "wallet"}
    return fixture.control("POST", "/orders", body | changes)


def link(fixture: ShopFixture, **changes: Any) -> Any:
    """What the control of cards answers to the first customer's card."""
    body = {
        "phone": fixture.phone(),
        "number": "4111111111111111",
        "holder": "Anna Petrova",
        "expiry": "09/40",
        "security_code": "737",
    }
    return fixture.control("POST", "/cards", body | changes)


def test_products_come_into_the_cart_by_slug_and_by_name(fixture: ShopFixture) -> None:
    name = fixture.shop.catalogue.product("honey").name

    told = fill(fixture, {"product": name}, {"product": "teapot", "quantity": 2})

    assert told == [{"product": "honey", "quantity": 1}, {"product": "teapot", "quantity": 2}]
    assert fixture.cart() == {"teapot": 2, "honey": 1}
    assert fixture.cart(1) == {}


def test_the_same_product_again_adds_to_it(fixture: ShopFixture) -> None:
    fill(fixture, {"product": "teapot", "quantity": 2})

    assert fill(fixture, {"product": "teapot"}) == [{"product": "teapot", "quantity": 3}]


@pytest.mark.parametrize("quantity", [0, -1, 21, 10**39])
def test_a_quantity_that_the_form_refuses_is_refused(fixture: ShopFixture, quantity: int) -> None:
    told = fill(fixture, {"product": "teapot", "quantity": quantity})

    assert (told, fixture.cart()) == ({"error": "quantity.wrong"}, {})


def test_a_product_that_is_not_sold_is_refused(fixture: ShopFixture) -> None:
    fixture.shop.catalogue.offer("teapot", on_sale=False)

    assert fill(fixture, {"product": "teapot"}) == {"error": "product.not-sold"}


def test_no_unknown_product_and_no_unknown_customer(fixture: ShopFixture) -> None:
    assert fill(fixture, {"product": "flying carpet"}) == NOT_FOUND
    assert fill(fixture, {"product": "teapot"}, phone=NOBODY) == NOT_FOUND
    assert start(fixture, {"product": "teapot"}, phone=NOBODY) == NOT_FOUND
    assert order(fixture, phone=NOBODY) == NOT_FOUND
    assert link(fixture, phone=NOBODY) == NOT_FOUND


def test_a_checkout_is_started_with_what_is_asked_for(
    fixture: ShopFixture, customer: Customer
) -> None:
    fill(fixture, {"product": "honey"}, {"product": "teapot"})

    told = start(fixture, {"product": "teapot"})

    found = fixture.shop.checkouts.get(fixture.person().id, told["uid"])
    assert {line.product_slug: line.quantity for line in found.lines} == {"teapot": 2}
    assert fixture.cart() == {"honey": 1, "teapot": 2}
    assert fixture.shop.catalogue.product("teapot").name in words(customer.open(told["path"]))


def test_a_checkout_that_is_too_expensive_is_refused(fixture: ShopFixture) -> None:
    fixture.shop.catalogue.reprice("teapot", 999_999_99)

    told = start(fixture, {"product": "teapot", "quantity": 2})

    assert told == {"error": "cart.too-expensive"}


def test_an_order_is_placed_and_its_invoice_issued(
    fixture: ShopFixture, customer: Customer
) -> None:
    told = order(fixture, {"product": "teapot", "quantity": 2}, {"product": "honey"})

    [placed] = fixture.orders()
    lines = {line.product_slug: line.quantity for line in placed.lines}
    assert lines == {"teapot": 2, "honey": 1}
    assert told == {
        "uid": placed.uid,
        "number": placed.number,
        "means": "QIWI_WALLET",
        "state": "AWAITING_PAYMENT",
        "total_minor": placed.total_minor,
        "currency": "RUB",
        # The wallet of these tests names a bill by the order.
        "invoice": placed.uid,
        "path": f"/orders/{placed.uid}",
    }
    assert list(fixture.wallet.bills) == [placed.uid]
    assert fixture.cart() == {}
    assert f"invoice_uid={placed.uid}" in customer.open(f"/orders/{placed.uid}")


def test_only_what_is_asked_for_is_ordered(fixture: ShopFixture) -> None:
    fill(fixture, {"product": "honey"})

    order(fixture)

    assert fixture.cart() == {"honey": 1}


def test_an_order_goes_to_a_whole_address(fixture: ShopFixture) -> None:
    order(fixture)

    person = fixture.person()
    assert address_of(fixture) == (
        person.name,
        person.phone,
        "Kazan",
        "Bauman Street 12, flat 3",
        "420111",
    )


def test_an_order_goes_to_the_address_that_was_used_last(fixture: ShopFixture) -> None:
    order(fixture, address=ADDRESS)
    assert address_of(fixture) == tuple(ADDRESS.values())

    order(fixture, address={"city": "Tver"})

    assert address_of(fixture) == tuple({**ADDRESS, "city": "Tver"}.values())


def address_of(fixture: ShopFixture) -> tuple[str, ...]:
    """Where the newest order goes."""
    newest = fixture.orders()[0]
    return tuple(getattr(newest, name) for name in ADDRESS_FIELDS)


@pytest.mark.parametrize(
    ("address", "code"), [({"city": ""}, "city.empty"), ({"phone": "12"}, "phone.wrong")]
)
def test_an_address_that_the_form_refuses_is_refused(
    fixture: ShopFixture, address: dict[str, str], code: str
) -> None:
    assert order(fixture, address=address) == {"error": code}
    assert fixture.orders() == []


def test_an_order_that_is_too_expensive_is_refused(fixture: ShopFixture) -> None:
    fixture.shop.catalogue.reprice("teapot", 999_999_99)

    assert order(fixture, {"product": "teapot", "quantity": 2}) == {"error": "cart.too-expensive"}
    assert (fixture.orders(), fixture.wallet.bills) == ([], {})


def test_a_price_that_changes_meanwhile_is_refused(
    fixture: ShopFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = Checkouts.start

    def then_reprice(self: Checkouts, *args: Any) -> str:
        uid = start(self, *args)
        fixture.shop.catalogue.reprice("teapot", 1)
        return uid

    monkeypatch.setattr(Checkouts, "start", then_reprice)

    assert order(fixture) == {"error": "line.new-price"}
    assert fixture.orders() == []


def test_an_order_stands_without_an_invoice_if_the_wallet_is_unreachable(
    fixture: ShopFixture,
) -> None:
    fixture.wallet.error = httpx.ConnectError("nobody is there")

    told = order(fixture)

    assert (told["state"], told["invoice"]) == ("AWAITING_PAYMENT", None)


@pytest.mark.parametrize("changes", [{"payment": "card"}, {"products": []}, {"price": 1}])
def test_a_body_that_does_not_fit_orders_nothing(
    fixture: ShopFixture, changes: dict[str, Any]
) -> None:
    assert order(fixture, **changes)["error"] == "the body does not fit"
    assert fixture.orders() == []


def test_a_card_is_linked_through_the_vault_without_an_order(fixture: ShopFixture) -> None:
    told = link(fixture, products=[{"product": "teapot"}])

    [card] = fixture.vault.cards[fixture.phone()]
    assert told == {"card_token": card["cardToken"]}
    [known] = fixture.shop.cards.known(fixture.person().id)
    assert (known.token, known.last_four) == (card["cardToken"], "1111")
    assert (fixture.cart(), fixture.orders()) == ({"teapot": 1}, [])


def test_no_card_is_linked_with_an_empty_cart(fixture: ShopFixture) -> None:
    assert link(fixture) == {"error": "cart.empty"}
    assert fixture.vault.cards == {}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "4111111111111112"}, "card_number.mistyped"),
        ({"expiry": "01/20"}, "expiry.past"),
        ({"security_code": "7371"}, "security_code.wrong-length"),
        ({"holder": ""}, "card_holder.empty"),
    ],
)
def test_a_card_that_the_form_refuses_is_refused(
    fixture: ShopFixture, changes: dict[str, str], code: str
) -> None:
    assert link(fixture, products=[{"product": "teapot"}], **changes) == {"error": code}
    assert (fixture.vault.asked, fixture.cart()) == ([], {})


def test_what_the_issuer_refuses_is_refused(fixture: ShopFixture) -> None:
    fixture.vault.says_no = refused("CARD_DECLINED")

    assert link(fixture, products=[{"product": "teapot"}]) == {"error": "card.declined"}


def test_a_vault_that_is_unreachable_is_reported(fixture: ShopFixture) -> None:
    fixture.vault.before = unreachable

    assert link(fixture, products=[{"product": "teapot"}]) == {"error": "vault.unreachable"}


@pytest.mark.parametrize("changes", [{}, {"expiry": "01/20"}, {"more": 1}])
def test_nothing_of_a_card_is_left_behind(
    fixture: ShopFixture,
    customer: Customer,
    caplog: pytest.LogCaptureFixture,
    changes: dict[str, Any],
) -> None:
    caplog.set_level(logging.DEBUG)

    told = link(fixture, products=[{"product": "teapot"}], **{"number": NUMBER} | changes)

    assert NUMBER not in f"{told}{what_is_left(fixture, customer, caplog.text)}"


def test_a_checkout_with_its_address_leads_to_the_form_for_a_card(fixture: ShopFixture) -> None:
    told = start(fixture, {"product": "teapot"}, address={"street": "Arbat Lane 7"})

    assert told["card_form"] == f"/mobile/{told['uid']}/card"
    draft = fixture.shop.addresses.draft(fixture.person(), told["uid"])
    assert (draft.street, draft.city) == ("Arbat Lane 7", "Kazan")
    [kept] = fixture.shop.addresses.used(fixture.person().id)
    assert (kept.street, draft.began_with) == ("Arbat Lane 7", str(kept.id))


def test_a_checkout_with_a_wrong_address_tells_the_rule(fixture: ShopFixture) -> None:
    told = start(fixture, {"product": "teapot"}, address={"postal_code": "1"})

    assert set(told) == {"error"}
    assert fixture.shop.addresses.used(fixture.person().id) == []
