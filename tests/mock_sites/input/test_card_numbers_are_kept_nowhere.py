"""A card number typed or sent where none belongs is rejected, and is left nowhere."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from mock_sites import SITES
from mock_sites.shared.web.wording import REFUSALS
from tests.mock_sites.input.nasty import fields_of, path_of, routes_of
from tests.mock_sites.input.test_no_input_breaks_a_site import Opened, opened
from tests.mock_sites.shop.test_card_secrets import session_of
from tests.support.shop_fixture import ADDRESS, BY_CARD, shop_fixture, words
from tests.support.vault_fixture import VISA, vault_fixture
from tests.support.visitor import TOKEN
from tests.support.wallet_fixture import wallet_fixture

NUMBER = "4012888888881881"
WRITTEN = "٤٠١٢ 8888-8888.1881"
# Both as they are typed; a shorter piece could stand in a hash by chance.
PIECES = (NUMBER, "8888-8888")
ADVICE = str(REFUSALS["text.card-number"])[:30]
# A card number belongs into these alone, and into none of them twice.
MEANT = {"card_number", "security_code", "password"}


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Opened]:
    with ExitStack() as stack:
        found = opened(request.param, tmp_path, stack)
        found.app.config["WTF_CSRF_ENABLED"] = False
        yield found


def shows(text: str) -> bool:
    return any(piece in text for piece in PIECES)


def kept_in(folder: Path) -> str:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file()).decode(
        "latin-1"
    )


def test_no_page_no_log_and_no_file_keeps_it(
    site: Opened, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    fields = [name for name in fields_of(site.app) if name not in MEANT]
    query = "&".join(f"{name}={NUMBER}" for name in fields)
    for rule in routes_of(site.app):
        for path in {path_of(rule, "x", site.real), path_of(rule, NUMBER, {})}:
            for method in (rule.methods or set()) - {"OPTIONS", "HEAD"}:
                more = {"query": query} if method == "GET" else {"body": query.encode()}
                _, page = site.send(method, path, **more)
                assert NUMBER not in page, (method, path)
    assert NUMBER not in caplog.text
    assert NUMBER not in kept_in(tmp_path)


@pytest.mark.parametrize("press", ["", "add-card", "confirm-card"])
@pytest.mark.parametrize("field", ["recipient", "phone", "city", "street", "postal_code"])
def test_the_checkout_says_so_beside_the_field(tmp_path: Path, field: str, press: str) -> None:
    with shop_fixture(tmp_path) as shop:
        customer = shop.customer()
        customer.put_into_cart("teapot")
        checkout = customer.buy("teapot")
        form = {**ADDRESS, **BY_CARD, "press": press, field: WRITTEN}

        page = customer.send(checkout, form, page=checkout)
        again = customer.open(checkout)

        assert f'id="{field}-error"' in page
        assert ADVICE in words(page)
        assert not shows(page + again)
        assert not shows(kept_in(tmp_path))
        cookie = customer.client.get_cookie("shop_session", domain="localhost")
        assert cookie is not None
        assert not shows(session_of(cookie.value))


def test_the_mobile_sheet_says_so_beside_the_field(tmp_path: Path) -> None:
    with shop_fixture(tmp_path) as shop:
        customer = shop.customer_on_phone()
        sheet = f"/mobile/{shop.begin('teapot')}"

        page = customer.send(sheet, {**ADDRESS, "address": "new", "street": WRITTEN}, page=sheet)

        assert ADVICE in words(page)
        assert not shows(page + customer.open(sheet))


def test_the_search_says_so_beside_the_field(tmp_path: Path) -> None:
    with shop_fixture(tmp_path) as shop:
        answer = shop.stranger().client.get("/", query_string={"q": WRITTEN})

        assert answer.status_code == 200
        assert 'id="q-error"' in answer.text
        assert not shows(answer.text)


@pytest.mark.parametrize("field", ["account", "amount"])
def test_the_payees_form_says_so_beside_the_field(tmp_path: Path, field: str) -> None:
    with wallet_fixture(tmp_path) as wallet:
        form = {"account": "night_owl_42", "amount": "150.00", field: WRITTEN}

        page = wallet.buyer().send("/pay/to/steam", **form).text

        assert f'id="{field}-error"' in page
        assert ADVICE in page
        assert not shows(page)


@pytest.mark.parametrize("field", ["card_holder", "expiry", "postal_code", "address"])
def test_the_vaults_form_says_so_beside_the_field(tmp_path: Path, field: str) -> None:
    with vault_fixture(tmp_path) as vault:
        page = vault.holder().add_card(**{field: WRITTEN}).text

        assert f'id="{field}-error"' in page
        assert ADVICE in page
        assert not shows(page)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"comment": WRITTEN}, "comment"),
        ({"customer": {"account": WRITTEN}}, "customer.account"),
        ({"customer": {"email": f"{NUMBER}@example.com"}}, "customer.email"),
        ({"customFields": {"note": WRITTEN}}, "customFields"),
        ({"customFields": {WRITTEN: "note"}}, "customFields"),
    ],
)
def test_the_bill_protocol_names_the_field(
    tmp_path: Path, changes: dict[str, Any], field: str
) -> None:
    with wallet_fixture(tmp_path) as wallet:
        answer = wallet.merchant("PUT", "order-1", wallet.bill(**changes))

        assert answer.status_code == 400
        assert answer.json is not None
        assert answer.json["errorCode"] == f"validation.error.{field}"
        assert not shows(answer.text + kept_in(tmp_path))


@pytest.mark.parametrize("name", ["comment", "account", "email", "customFields[x]", "successUrl"])
def test_an_address_that_opens_a_bill_is_rejected_with_it(tmp_path: Path, name: str) -> None:
    with wallet_fixture(tmp_path) as wallet:
        key = wallet.stack.keys.merchant.public_key
        query = {"publicKey": key, "amount": "10", name: WRITTEN}

        answer = wallet.buyer().client.get("/create", query_string=query)

        assert answer.status_code == 400
        assert ADVICE in answer.text
        assert not shows(answer.text + kept_in(tmp_path))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"order": {"orderDescription": WRITTEN}}, "order.orderDescription"),
        ({"paymentRequestId": NUMBER}, "paymentRequestId"),
        ({"buyer": {"phone": NUMBER}}, "buyer.phone"),
    ],
)
def test_the_vaults_protocol_names_the_field(
    tmp_path: Path, changes: dict[str, object], field: str
) -> None:
    with vault_fixture(tmp_path) as vault:
        body = {
            "paymentRequestId": "p-1",
            "buyer": {"phone": vault.phone()},
            "paymentAmount": {"currency": "RUB", "value": "1000"},
            "paymentMethod": vault.vaulting(VISA)["paymentMethodDetail"],
        }

        result = vault.call("/payments/pay", body | changes)["result"]

        assert (result["resultCode"], result["field"]) == ("PARAM_ILLEGAL", field)
        assert not shows(str(result) + kept_in(tmp_path))


def test_a_sign_in_page_keeps_no_card_number_to_return_to(tmp_path: Path) -> None:
    with wallet_fixture(tmp_path) as wallet:
        client = wallet.stranger().client

        answer = client.get("/history", query_string={"note": NUMBER})

        assert answer.status_code == 400
        assert NUMBER not in answer.text + str(answer.headers)
        assert TOKEN.search(client.get("/sign-in").text)
