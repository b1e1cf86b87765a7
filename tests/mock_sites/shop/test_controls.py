"""The shop's test controls."""

from __future__ import annotations

from tests.support.shop_fixture import ShopFixture


def test_a_customer_can_be_made_and_signs_in(fixture: ShopFixture) -> None:
    new = {"phone": "+79165550000", "password": "a b c", "name": "Мария"}

    made = fixture.control("POST", "/customers", new)

    assert made == {"id": 3, "phone": "+79165550000"}
    assert "Мария" in fixture.stranger().sign_in("+79165550000", "a b c").open("/")


def test_a_phone_has_one_account(fixture: ShopFixture) -> None:
    taken = {"phone": fixture.stack.keys.people[0].phone, "password": "x", "name": "y"}

    assert fixture.control("POST", "/customers", taken) == {"error": "phone.taken"}


def test_a_price_can_be_changed_behind_the_shops_back(fixture: ShopFixture) -> None:
    told = fixture.control("PATCH", "/products/teapot", {"price_minor": 100, "on_sale": False})

    assert told == {"price_minor": 100, "on_sale": False}
    product = fixture.shop.catalogue.product("teapot")
    assert (product.price_minor, product.on_sale) == (100, False)


def test_what_is_not_there_is_said_in_json(fixture: ShopFixture) -> None:
    assert fixture.control("GET", "/orders/none") == {"error": "there is nothing of that name"}


def test_nothing_is_told_without_the_token(fixture: ShopFixture) -> None:
    client = fixture.site.app.test_client()

    assert client.get("/_control/orders/none").status_code == 401
    assert client.post("/_control/customers", json={}).status_code == 401
