"""A card's number and code pass through the shop and stay nowhere."""

from __future__ import annotations

import base64
import logging
import zlib

import httpx
import pytest

from tests.support.fake_vault import API, Interference, refused
from tests.support.shop_fixture import ADDRESS, BY_CARD, CARD, SAVED, Customer, ShopFixture

# Planted: these digits stand nowhere else. The code is too long, so that it is refused.
NUMBER, CODE = "5105105105105100", "90871"
PLANTED = {**SAVED, "card_number": NUMBER}


def what_is_left(fixture: ShopFixture, customer: Customer, log: str) -> str:
    """Every byte that the shop leaves behind, as text: files, log, cookies, pages."""
    files = b"".join(file.read_bytes() for file in fixture.stack.data.rglob("*") if file.is_file())
    cookie = customer.client.get_cookie("shop_session", domain="localhost")
    assert cookie
    pages = "".join(customer.open(page) for page in ("/cart", "/profile", "/orders"))
    return files.decode("latin-1") + session_of(cookie.value) + pages + log


def session_of(cookie: str) -> str:
    payload = cookie.lstrip(".").split(".")[0]
    raw = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    return (zlib.decompress(raw) if cookie.startswith(".") else raw).decode("latin-1")


@pytest.mark.parametrize("saved", [True, False])
@pytest.mark.parametrize("ending", ["done", "declined", "lost", "unreachable", "garbled"])
def test_nothing_of_a_card_is_left_behind(
    fixture: ShopFixture,
    customer: Customer,
    caplog: pytest.LogCaptureFixture,
    saved: bool,
    ending: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")
    fixture.vault.says_no = refused("CARD_DECLINED") if ending == "declined" else None
    fixture.vault.before = raising(httpx.ConnectError(NUMBER)) if ending == "unreachable" else None
    if ending == "lost":
        fixture.vault.after = raising(httpx.ReadTimeout(NUMBER))
    if ending == "garbled":
        fixture.vault.after = echo(fixture)
    form = PLANTED if saved else {**CARD, "card_number": NUMBER}

    page = customer.send(
        checkout, {**ADDRESS, **BY_CARD, **form, "press": "confirm-card"}, page=checkout
    )

    fixture.vault.before = fixture.vault.after = None
    assert NUMBER not in page + what_is_left(fixture, customer, caplog.text)


@pytest.mark.parametrize("press", ["confirm-card", "add-card", ""])
def test_a_code_that_is_refused_is_left_nowhere(
    fixture: ShopFixture, customer: Customer, caplog: pytest.LogCaptureFixture, press: str
) -> None:
    caplog.set_level(logging.DEBUG)
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")
    form = {**ADDRESS, **BY_CARD, **PLANTED, "security_code": CODE, "press": press}

    page = customer.send(checkout, form, page=checkout)

    left = page + what_is_left(fixture, customer, caplog.text)
    assert CODE not in left
    assert NUMBER not in left


@pytest.mark.parametrize("field", [*ADDRESS, "payment", "online_option", "card"])
def test_a_card_number_typed_into_another_field_is_not_kept_with_the_checkout(
    fixture: ShopFixture, customer: Customer, caplog: pytest.LogCaptureFixture, field: str
) -> None:
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")
    form = {**ADDRESS, **BY_CARD, **PLANTED, "security_code": CODE, field: "5105 1051 0510 5100"}

    customer.send(checkout, form | {"press": "confirm-card"}, page=checkout)

    assert "5105 1051" not in what_is_left(fixture, customer, caplog.text)


def test_the_search_finds_what_is_there(
    fixture: ShopFixture, customer: Customer, caplog: pytest.LogCaptureFixture
) -> None:
    customer.put_into_cart("teapot")
    checkout = customer.buy("teapot")
    form = {**ADDRESS, **BY_CARD, **PLANTED, "street": CODE, "press": "add-card"}

    customer.send(checkout, form, page=checkout)

    assert CODE in what_is_left(fixture, customer, caplog.text)


def raising(error: Exception) -> Interference:
    """Interference that raises."""

    def interfere(_path: str) -> None:
        raise error

    return interfere


def echo(fixture: ShopFixture) -> Interference:
    """Interference that answers with what was asked, signed and of no use."""

    def interfere(path: str) -> httpx.Response:
        _where, asked = fixture.vault.asked[-1]
        return fixture.vault.signed(API + path, {"result": asked})

    return interfere
