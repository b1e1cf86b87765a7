"""Who gets the mobile version of the shop, and who the desktop one (C3)."""

from __future__ import annotations

import pytest

from tests.support.shop_fixture import IPHONE, Customer, ShopFixture, words

DESKTOP = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36"
IN_MOBILE = 'class="shop mobile"'


@pytest.mark.parametrize(
    ("headers", "mobile"),
    [
        ({"User-Agent": IPHONE}, True),
        ({"User-Agent": DESKTOP}, False),
        ({}, False),
        ({"User-Agent": DESKTOP, "Sec-CH-UA-Mobile": "?1"}, True),
        ({"User-Agent": IPHONE, "Sec-CH-UA-Mobile": "?0"}, False),
    ],
)
@pytest.mark.parametrize("page", ["/", "/cart", "/profile", "/nowhere"])
def test_the_device_chooses_the_version_of_every_page(
    fixture: ShopFixture, headers: dict[str, str], mobile: bool, page: str
) -> None:
    answer = fixture.customer().client.get(page, headers=headers)

    assert (IN_MOBILE in answer.text) is mobile


def test_the_version_can_be_chosen_by_hand_and_is_remembered(fixture: ShopFixture) -> None:
    customer = fixture.customer_on_phone()
    assert "Desktop version" in words(customer.open("/cart"))

    page = customer.client.get("/version/desktop?back=/cart", follow_redirects=True)

    assert page.request.path == "/cart"
    assert IN_MOBILE not in page.text
    assert IN_MOBILE not in customer.open("/profile")
    assert IN_MOBILE in customer.open("/version/mobile")


@pytest.mark.parametrize("back", ["//evil.example", "http://evil.example", "/\\evil", ""])
def test_choosing_a_version_leads_nowhere_else(customer: Customer, back: str) -> None:
    answer = customer.client.get("/version/desktop", query_string={"back": back})

    assert answer.location == "/"
