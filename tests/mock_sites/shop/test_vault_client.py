"""How the shop speaks to the card vault, and what it makes of a no or of no answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from mock_sites.shared.messaging.signing import Signing
from mock_sites.shared.values.cards import Card, Expiry
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shop.clients.vault import OwnAddresses, VaultClient, vault_connection
from mock_sites.shop.domain.vault import VaultError, VaultUnreachable
from mock_sites.shop.store import OrderRow
from tests.support.fake_vault import API, FakeVault, refused
from tests.support.shared_keys import shared_keys
from tests.support.shop_fixture import TYPED_CARD

VISA, PHONE = "4111111111111111", "+79160000001"
NOTIFICATIONS = "/notifications/vault"
CARD_VALUES = {
    "cardNo": VISA,
    "cvv": "737",
    "expiryYear": "40",
    "expiryMonth": "09",
    "cardholderName": {"firstName": "Anna", "lastName": "Petrova"},
}


class Line:
    """The shop's end and the vault's, with what passed between them."""

    def __init__(self) -> None:
        keys = shared_keys().vault
        self.vault = FakeVault(keys)
        self.requests: list[httpx.Request] = []
        connection = vault_connection("http://vault.test", httpx.MockTransport(self._pass_on))
        signing = Signing(keys.client_id, keys.shop.private_key, keys.vault.public_key)
        own = OwnAddresses(notifications="http://shop.test/notifications", pages="http://shop.test")
        self.client = VaultClient(connection, signing, own)

    def _pass_on(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.vault.answer(request)

    @property
    def asked(self) -> dict[str, Any]:
        """The body of the one request that was made."""
        (asked,) = self.vault.asked
        return asked[1]


@pytest.fixture
def line() -> Line:
    return Line()


def order() -> OrderRow:
    return OrderRow(uid="order-1", number=7, total_minor=238_000, currency="RUB")


CALLS: dict[str, Callable[[VaultClient], object]] = {
    "/vaults/vaultPaymentMethod": lambda client: client.link("request-1", PHONE, TYPED_CARD),
    "/vaults/inquireVaulting": lambda client: client.token_of("request-1"),
    "/vaults/inquireBuyerCards": lambda client: client.cards(PHONE),
    "/payments/pay": lambda client: client.pay(order(), PHONE, "token-1"),
    "/payments/inquiryPayment": lambda client: client.payment("order-1"),
}


@pytest.mark.parametrize("path", CALLS)
def test_every_call_is_signed_json_to_its_own_path(line: Line, path: str) -> None:
    CALLS[path](line.client)

    (request,) = line.requests
    assert (request.method, str(request.url)) == ("POST", f"http://vault.test{API}{path}")
    assert request.headers["Content-Type"] == "application/json"
    line.vault.signing.check(API + path, request.headers, request.content)


def test_linking_tells_the_card_its_buyer_and_where_the_shop_is(line: Line) -> None:
    line.client.link("request-1", PHONE, TYPED_CARD)

    assert line.asked == {
        "vaultingRequestId": "request-1",
        "vaultingNotificationUrl": "http://shop.test/notifications",
        "redirectUrl": "http://shop.test/linked/request-1",
        "merchantRegion": "RU",
        "paymentMethodDetail": {"paymentMethodType": "CARD", "card": CARD_VALUES},
        "buyer": {"phone": PHONE},
    }


@pytest.mark.parametrize(
    ("holder", "first", "last"),
    [("Anna", "", "Anna"), ("Anna Maria de Souza", "Anna Maria de", "Souza")],
)
def test_a_holder_has_a_last_name_and_before_it_the_first_ones(
    line: Line, holder: str, first: str, last: str
) -> None:
    line.client.link("request-1", PHONE, Card(VISA, holder, Expiry(2105, 12), "737"))

    card = line.asked["paymentMethodDetail"]["card"]
    assert card["cardholderName"] == {"firstName": first, "lastName": last}
    assert (card["expiryYear"], card["expiryMonth"]) == ("05", "12")


def test_the_token_is_of_the_card_that_a_request_has_linked(line: Line) -> None:
    assert line.client.token_of("request-1") is None
    assert line.vault.asked.pop()[1] == {"vaultingRequestId": "request-1"}
    line.client.link("request-1", PHONE, TYPED_CARD)

    assert line.client.token_of("request-1") == line.vault.cards[PHONE][0]["cardToken"]


def test_the_cards_are_the_buyers_in_the_vaults_order(line: Line) -> None:
    tokens = [line.vault.link(PHONE, number) for number in (VISA, "5555555555554444")]
    line.vault.link("+79160000002", VISA)

    assert [card.token for card in line.client.cards(PHONE)] == tokens
    assert line.asked == {"buyer": {"phone": PHONE}}


@pytest.mark.parametrize(
    ("source", "method"),
    [
        ("token-1", {"paymentMethodType": "CARD", "paymentMethodId": "token-1"}),
        (TYPED_CARD, {"paymentMethodType": "CARD", "card": CARD_VALUES}),
    ],
    ids=["linked", "typed"],
)
def test_a_payment_names_the_order_its_amount_and_the_card(
    line: Line, source: str | Card, method: dict[str, Any]
) -> None:
    line.client.pay(order(), PHONE, source)

    amount = {"currency": "RUB", "value": "238000"}
    assert line.asked == {
        "paymentRequestId": "order-1",
        "buyer": {"phone": PHONE},
        "paymentAmount": amount,
        "paymentRedirectUrl": f"http://shop.test/checkout/{order().checkout_uid}/waiting",
        "paymentMethod": method,
        "order": {
            "referenceOrderId": "order-1",
            "orderDescription": "Order 7",
            "orderAmount": amount,
        },
    }


def test_how_a_payment_stands_is_asked_by_the_orders_uid(line: Line) -> None:
    unknown = line.client.payment("order-1")
    line.client.pay(order(), PHONE, "token-1")

    assert (unknown.status, unknown.result.code) == (None, "ORDER_NOT_EXIST")
    assert line.client.payment("order-1").status == "SUCCESS"


@pytest.mark.parametrize("path", CALLS)
@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (httpx.ConnectError, VaultUnreachable),
        (httpx.ConnectTimeout, VaultUnreachable),
        (httpx.ReadTimeout, VaultError),
        (httpx.RemoteProtocolError, VaultError),
    ],
)
def test_only_what_has_not_reached_the_vault_is_certainly_not_done(
    line: Line, path: str, error: type[httpx.HTTPError], raised: type[VaultError]
) -> None:
    def fail(_path: str) -> None:
        raise error(f"at card {VISA}")

    line.vault.before = fail

    with pytest.raises(VaultError) as met:
        CALLS[path](line.client)

    assert type(met.value) is raised
    assert str(met.value) == f"{path}: {error.__name__}"


@pytest.mark.parametrize("path", CALLS)
def test_an_answer_that_is_not_signed_or_not_readable_is_none(line: Line, path: str) -> None:
    said = {"result": f"card {VISA}"}
    told = []
    for answer in (httpx.Response(503, json=said), line.vault.signed(API + path, said)):
        line.vault.before = lambda _path, answer=answer: answer
        with pytest.raises(VaultError) as met:
            CALLS[path](line.client)
        told.append(str(met.value))

    assert told == [
        f"{API}{path}: 503, not signed by the vault",
        f"{API}{path}: 200, the answer is unreadable",
    ]


def test_an_answer_to_another_question_is_not_believed(line: Line) -> None:
    said = {"result": {"resultCode": "SUCCESS", "resultStatus": "S"}}
    line.vault.before = lambda _path: line.vault.signed(f"{API}/vaults/inquireVaulting", said)

    with pytest.raises(VaultError, match="not signed by the vault"):
        line.client.pay(order(), PHONE, "token-1")


@pytest.mark.parametrize("path", ["/vaults/vaultPaymentMethod", "/payments/pay"])
def test_the_issuers_no_is_a_refusal_and_a_maybe_is_an_error(line: Line, path: str) -> None:
    line.vault.says_no = refused("EXPIRED_CARD")
    with pytest.raises(Refusal) as no:
        CALLS[path](line.client)
    line.vault = FakeVault(line.vault.keys, says_no=refused("PROCESS_FAIL", "U"))
    with pytest.raises(VaultError) as maybe:
        CALLS[path](line.client)

    assert (no.value.code, no.value.field) == ("card.expired", "expiry")
    assert str(maybe.value) == "the vault does not know: PROCESS_FAIL"


def test_a_list_that_is_refused_is_no_list(line: Line) -> None:
    path = f"{API}/vaults/inquireBuyerCards"
    said = {"result": refused("ACCESS_DENIED"), "cards": []}
    line.vault.before = lambda _path: line.vault.signed(path, said)

    with pytest.raises(VaultError, match=r"^the list of cards: ACCESS_DENIED$"):
        line.client.cards(PHONE)


@pytest.mark.parametrize("path", CALLS)
def test_the_shop_waits_for_an_issuer_but_not_long_for_a_list(line: Line, path: str) -> None:
    CALLS[path](line.client)

    patience = 1.5 if path.endswith("inquireBuyerCards") else 10.0
    assert line.requests[0].extensions["timeout"]["read"] == patience


def test_the_shop_speaks_to_the_vault_on_loopback_through_no_proxy() -> None:
    connection = vault_connection("http://127.0.0.1:8102")

    assert connection.base_url == "http://127.0.0.1:8102"
    assert not connection.trust_env
    assert vault_connection("http://vault.test").trust_env


def test_news_are_believed_if_the_vault_has_signed_them_and_they_can_be_read(line: Line) -> None:
    def notification(said: object, path: str = NOTIFICATIONS) -> str | None:
        body = json.dumps(said).encode()
        return line.client.read_notification(
            NOTIFICATIONS, line.vault.signing.headers(path, body), body
        ).request_id

    assert notification({"vaultingRequestId": "request-1"}) == "request-1"
    unbelieved: list[tuple[object, str, str]] = [
        ({}, "/elsewhere", "notification.forged"),
        ([], NOTIFICATIONS, "notification.unreadable"),
    ]
    for said, path, code in unbelieved:
        with pytest.raises(Refusal) as refused_news:
            notification(said, path)
        assert (refused_news.value.code, refused_news.value.field) == (code, None)
