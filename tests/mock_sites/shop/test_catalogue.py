"""The shop's catalogue, as anybody sees it."""

from __future__ import annotations

import re

import pytest

from mock_sites.shop import create_shop
from tests.support.shop_fixture import ShopFixture, words

TILE = re.compile(r'<a href="/products/([^"]+)"')


def found(fixture: ShopFixture, search: str) -> list[str]:
    page = fixture.stranger().client.get("/", query_string={"q": search}).text
    return TILE.findall(page)


def test_everything_is_shown_with_its_price_to_a_stranger(fixture: ShopFixture) -> None:
    page = fixture.stranger().open("/")

    assert len(TILE.findall(page)) == 12
    assert "Porcelain teapot RUB 2,380.00" in words(page)


def test_a_category_shows_its_own_products_only(fixture: ShopFixture) -> None:
    page = fixture.stranger().open("/categories/kitchen")

    assert TILE.findall(page) == ["samovar", "tea-glass", "teapot"]


@pytest.mark.parametrize("path", ["/categories/cars", "/products/car"])
def test_what_the_shop_does_not_have_is_not_found(fixture: ShopFixture, path: str) -> None:
    assert fixture.stranger().client.get(path).status_code == 404


@pytest.mark.parametrize("search", ["МАТРЁШКА", "матрёшка", "nESTING  doll", "doll hand"])
def test_search_minds_neither_case_nor_script(fixture: ShopFixture, search: str) -> None:
    assert found(fixture, search) == ["nesting-doll"]


def test_search_finds_arabic(fixture: ShopFixture) -> None:
    assert found(fixture, "شطرنج") == ["chess"]


@pytest.mark.parametrize("search", ["%", "_oll", "doll\\", "' OR 1=1 --", "doll samovar"])
def test_search_takes_every_sign_literally(fixture: ShopFixture, search: str) -> None:
    assert found(fixture, search) == []


def test_a_search_is_shown_back_as_text(fixture: ShopFixture) -> None:
    page = fixture.stranger().client.get("/", query_string={"q": "<b>tea</b>"}).text

    assert "<b>tea</b>" not in page
    assert "“&lt;b&gt;tea&lt;/b&gt;”" in page


def test_every_product_has_a_picture_of_its_own(fixture: ShopFixture) -> None:
    client = fixture.stranger().client
    pictures = set(re.findall(r'src="(/static/pictures/[^"]+)"', client.get("/").text))

    assert len(pictures) == 12
    for picture in pictures:
        answer = client.get(picture)
        assert answer.mimetype == "image/svg+xml"
        assert b"style=" not in answer.data
        assert b"href" not in answer.data
        answer.close()


def test_a_withdrawn_product_is_neither_listed_nor_sold(fixture: ShopFixture) -> None:
    fixture.shop.catalogue.offer("teapot", on_sale=False)
    customer = fixture.customer()

    page = customer.send("/products/teapot", {"quantity": "1"}, page="/products/honey")

    assert "teapot" not in TILE.findall(customer.open("/"))
    assert "This product is no longer available." in words(page)
    assert "Your cart is empty." in words(customer.open("/cart"))


def test_a_shop_opened_again_keeps_its_prices(fixture: ShopFixture) -> None:
    fixture.shop.catalogue.reprice("teapot", 5_00)

    again = create_shop(fixture.stack, fixture.clock)
    again.close()

    assert fixture.shop.catalogue.product("teapot").price.minor == 5_00


def test_no_page_needs_what_the_content_policy_forbids(fixture: ShopFixture) -> None:
    customer = fixture.customer()
    order = customer.order()
    customer.put_into_cart("honey")

    for path in ("/", "/products/honey", "/cart", customer.buy("honey"), f"/orders/{order}"):
        page = customer.open(path)
        assert " style=" not in page
        assert not re.search(r"<script(?! src=\"/shared/)", page)
        assert not re.search(r" on[a-z]+=", page)
