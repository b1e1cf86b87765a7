"""The shop's test controls."""

from __future__ import annotations

from tests.support.shop_bench import Bench


def test_a_customer_can_be_made_and_signs_in(bench: Bench) -> None:
    new = {"phone": "+79165550000", "password": "a b c", "name": "Мария"}

    made = bench.control("POST", "/customers", new)

    assert made == {"id": 3, "phone": "+79165550000"}
    assert "Мария" in bench.stranger().sign_in("+79165550000", "a b c").open("/")


def test_a_phone_has_one_account(bench: Bench) -> None:
    taken = {"phone": bench.stack.keys.people[0].phone, "password": "x", "name": "y"}

    assert bench.control("POST", "/customers", taken) == {"error": "phone.taken"}


def test_a_price_can_be_changed_behind_the_shops_back(bench: Bench) -> None:
    told = bench.control("PATCH", "/products/teapot", {"price_minor": 100, "on_sale": False})

    assert told == {"price_minor": 100, "on_sale": False}
    product = bench.shop.catalogue.product("teapot")
    assert (product.price_minor, product.on_sale) == (100, False)


def test_what_is_not_there_is_said_in_json(bench: Bench) -> None:
    assert bench.control("GET", "/orders/none") == {"error": "there is nothing of that name"}


def test_nothing_is_told_without_the_token(bench: Bench) -> None:
    client = bench.site.app.test_client()

    assert client.get("/_control/orders/none").status_code == 401
    assert client.post("/_control/customers", json={}).status_code == 401
