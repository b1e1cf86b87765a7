"""Every operation with a key or an id, asked for by 2 to 20 callers at the same instant.

The same key with the same facts gives everybody the same result and is done once. With other
facts it is a conflict: nobody is answered with somebody else's success, and nothing breaks.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import count
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest

from mock_sites.shared.messaging.signing import Signing
from tests.support.fake_vault import API
from tests.support.shop_fixture import ADDRESS
from tests.support.stack_fixture import StackFixture, stack_fixture
from tests.support.vault_fixture import AMEX, MASTERCARD, VISA, typed_card
from tests.support.visitor import TOKEN, Visitor

DONE, CONFLICT = "done", "conflict"
BILLS = "/partner/bill/v1/bills/"
NUMBERS = count(1)
# Another published test card with the last four figures of none of ours would be other facts
# already by its masked number: expiry and holder are not seen in that.
CHANGED_CARDS: list[dict[str, Any]] = [
    {"expiryMonth": "11"},
    {"cardholderName": {"firstName": "Boris", "lastName": "Petrov"}},
    {"cardNo": MASTERCARD},
]


@dataclass
class Answer:
    """Whether it was done, or a conflict; what everybody has to be told alike."""

    kind: str
    told: object


Call = Callable[[], Answer]


@dataclass
class Trial:
    """The same request, the same key with other facts, and how often it has taken effect."""

    same: Call
    others: Sequence[Call]
    effects: Callable[[], int]


class Place:
    """All sites, and a buyer of their own for each trial."""

    def __init__(self, whole: StackFixture) -> None:
        self.whole = whole
        self.phone = f"+7926{next(NUMBERS):07}"
        self.key = str(uuid4())
        self.began = whole.clock.now()
        keys = whole.stack.keys.vault
        self.signing = Signing(keys.client_id, keys.shop.private_key, keys.vault.public_key)
        person = {"phone": self.phone, "password": "secret", "name": "Anna"}
        funds = {"balances": {"RUB": 10_000_000}}
        whole.control("wallet", "POST", "/buyers", {**person, **funds})
        whole.control("shop", "POST", "/customers", person)

    def visitor(self, site: str) -> Visitor:
        visitor = self.whole.visitor(site)
        visitor.sign_in(self.phone, "secret")
        return visitor

    def vault(self, path: str, body: dict[str, Any]) -> Answer:
        """What the vault answers the merchant."""
        sent = json.dumps(body).encode()
        client = self.whole.sites["vault"].app.test_client()
        headers = self.signing.headers(API + path, sent)
        answer = client.post(API + path, data=sent, headers=headers)
        assert answer.status_code == 200
        said: dict[str, Any] = dict(answer.json or {})
        code = said["result"]["resultCode"]
        kinds = {"SUCCESS": DONE, "REPEAT_REQ_INCONSISTENT": CONFLICT}
        return Answer(kinds.get(code, code), said)

    def wallet(self, method: str, path: str, body: Any = None) -> Answer:
        """What the bill protocol answers the merchant."""
        key = self.whole.stack.keys.merchant.secret_key
        headers = {"Authorization": f"Bearer {key}"}
        client = self.whole.sites["wallet"].app.test_client()
        answer = client.open(BILLS + path, method=method, json=body, headers=headers)
        kinds = {200: DONE, 409: CONFLICT}
        said = answer.json if answer.status_code == 200 else None
        return Answer(kinds.get(answer.status_code, str(answer.status_code)), said)

    def counted(self, site: str, statement: str) -> int:
        return int(self.whole.ask(site, statement)[0][0])

    def in_days(self, days: int) -> str:
        """The moment N days after the trial began."""
        return (self.began + timedelta(days=days)).isoformat()

    def bill(self, **changes: Any) -> dict[str, Any]:
        body = {
            "amount": {"currency": "RUB", "value": "200.34"},
            "comment": "Order 1",
            "expirationDateTime": self.in_days(1),
            "customer": {"phone": self.phone},
        }
        return body | changes

    def issued(self) -> str:
        """Issue the bill of this trial; its uid in the wallet."""
        told: Any = self.wallet("PUT", self.key, self.bill()).told
        return str(told["payUrl"][-36:])

    def code_page(self, uid: str) -> tuple[Visitor, str]:
        """The buyer in front of the code page of a bill, and that page's path."""
        visitor = self.visitor("wallet")
        return visitor, visitor.send(f"/invoices/{uid}/pay?means=qw").request.path

    def code(self) -> str:
        messages = self.whole.control("phone", "GET", f"/messages?phone=%2B{self.phone[1:]}")
        return str(next(word for word in messages[-1]["text"].split() if word.isdigit()))


def pay_body(place: Place, minor: str = "15000", **changes: Any) -> dict[str, Any]:
    body = {
        "paymentRequestId": place.key,
        "buyer": {"phone": place.phone},
        "paymentAmount": {"currency": "RUB", "value": minor},
        "paymentMethod": {"paymentMethodType": "CARD", "card": typed_card(VISA)},
        "order": {"orderDescription": "Order 1"},
    }
    return body | changes


def pay_from_typed_card(place: Place) -> Trial:
    call = partial(place.vault, "/payments/pay")
    cards = [typed_card(VISA, **change) for change in CHANGED_CARDS]
    others = [
        pay_body(place, "15001"),
        pay_body(place, paymentAmount={"currency": "KZT", "value": "15000"}),
        pay_body(place, buyer={"phone": "+79990000001"}),
        pay_body(place, order={"orderDescription": "Order 2"}),
        *(pay_body(place, paymentMethod={"paymentMethodType": "CARD", "card": c}) for c in cards),
    ]
    key = f"SELECT count(*) FROM movements WHERE key = 'payment:{place.key}'"
    return Trial(
        partial(call, pay_body(place)),
        [partial(call, body) for body in others],
        lambda: place.counted("vault", key),
    )


def pay_from_linked_card(place: Place) -> Trial:
    tokens = []
    for number in (VISA, AMEX):
        told: Any = place.vault("/vaults/vaultPaymentMethod", link_body(place, number)).told
        tokens.append(told["paymentMethodDetail"]["card"]["cardToken"])
    bodies = [
        pay_body(place, paymentMethod={"paymentMethodType": "CARD", "paymentMethodId": token})
        for token in tokens
    ]
    key = f"SELECT count(*) FROM movements WHERE key = 'payment:{place.key}'"
    return Trial(
        partial(place.vault, "/payments/pay", bodies[0]),
        [partial(place.vault, "/payments/pay", body) for body in (bodies[1], pay_body(place))],
        lambda: place.counted("vault", key),
    )


def link_body(place: Place, number: str = VISA, **changes: Any) -> dict[str, Any]:
    """A request of its own for each number: the trial's own is that of the Visa card."""
    card = typed_card(number, **changes)
    return {
        "vaultingRequestId": place.key if number == VISA else str(uuid4()),
        "buyer": {"phone": place.phone},
        "paymentMethodDetail": {"paymentMethodType": "CARD", "card": card},
    }


def link_card(place: Place) -> Trial:
    bodies = [link_body(place, **change) for change in CHANGED_CARDS]
    bodies.append(link_body(place) | {"buyer": {"phone": "+79990000002"}})
    held = "SELECT count(*) FROM vaultings v JOIN holds h ON h.card_id = v.card_id WHERE v."
    call = partial(place.vault, "/vaults/vaultPaymentMethod")
    return Trial(
        partial(call, link_body(place)),
        [partial(call, body) for body in bodies],
        lambda: place.counted("vault", f"{held}request_id = '{place.key}'"),
    )


def cancel_payment(place: Place) -> Trial:
    rows = f"SELECT count(*) FROM cancellations WHERE request_id = '{place.key}'"
    body = {"paymentRequestId": place.key}
    return Trial(
        partial(place.vault, "/payments/cancel", body), [], lambda: place.counted("vault", rows)
    )


def issue_bill(place: Place) -> Trial:
    others: list[dict[str, Any]] = [
        {"amount": {"currency": "RUB", "value": "200.35"}},
        {"amount": {"currency": "KZT", "value": "200.34"}},
        {"comment": "Order 2"},
        {"customer": {"phone": "+79990000003"}},
        {"expirationDateTime": place.in_days(2)},
        {"customFields": {"themeCode": "x"}},
    ]
    rows = f"SELECT count(*) FROM bills WHERE bill_id = '{place.key}'"
    return Trial(
        partial(place.wallet, "PUT", place.key, place.bill()),
        [partial(place.wallet, "PUT", place.key, place.bill(**other)) for other in others],
        lambda: place.counted("wallet", rows),
    )


def create_bill(place: Place) -> Trial:
    public_key = place.whole.stack.keys.merchant.public_key

    def call(**query: str) -> Answer:
        asked = {"publicKey": public_key, "amount": "100", "billId": place.key, **query}
        client = place.whole.sites["wallet"].app.test_client()
        answer = client.get("/create", query_string=asked)
        kinds = {303: DONE, 400: CONFLICT}
        return Answer(kinds[answer.status_code], answer.headers.get("Location"))

    rows = f"SELECT count(*) FROM bills WHERE bill_id = '{place.key}'"
    others = [{"amount": "101"}, {"comment": "other"}, {"phone": place.phone}]
    return Trial(
        call, [partial(call, **one) for one in others], lambda: place.counted("wallet", rows)
    )


def reject_bill(place: Place) -> Trial:
    place.issued()
    rows = f"SELECT count(*) FROM bills WHERE bill_id = '{place.key}' AND status = 'REJECTED'"
    call = partial(place.wallet, "POST", f"{place.key}/reject")
    return Trial(call, [], lambda: place.counted("wallet", rows))


def refund(place: Place) -> Trial:
    uid = place.issued()
    visitor, page = place.code_page(uid)
    visitor.send(page, code=place.code())

    def call(value: str = "10.00", currency: str = "RUB") -> Answer:
        body = {"amount": {"currency": currency, "value": value}}
        return place.wallet("PUT", f"{place.key}/refunds/r-1", body)

    rows = f"SELECT count(*) FROM movements WHERE key = 'refund:{uid}:r-1'"
    others = [partial(call, "10.01"), partial(call, "9.99")]
    return Trial(call, others, lambda: place.counted("wallet", rows))


def confirm_payment(place: Place) -> Trial:
    uid = place.issued()
    visitor, page = place.code_page(uid)
    key = TOKEN.search(visitor.open(page).text)
    assert key
    form = {"csrf_token": key[1], "code": place.code()}
    cookie = visitor.client.get_cookie("wallet_session")
    assert cookie

    def call() -> Answer:
        client = place.whole.sites["wallet"].app.test_client()
        client.set_cookie("wallet_session", cookie.value)
        answer = client.post(page, data=form)
        return Answer({303: DONE}[answer.status_code], answer.headers["Location"])

    rows = f"SELECT count(*) FROM movements WHERE key = 'bill:{uid}'"
    return Trial(call, [], lambda: place.counted("wallet", rows))


def at_checkout(place: Place) -> tuple[str, Callable[..., Any]]:
    """A purchase that was begun, and how its form is sent in a tab of its own."""
    visitor = place.visitor("shop")
    visitor.send("/products/slippers", quantity="1")
    checkout = visitor.send("/cart", ticked="slippers").request.path
    key = TOKEN.search(visitor.open(checkout).text)
    cookie = visitor.client.get_cookie("shop_session")
    assert key
    assert cookie

    def send(**form: str) -> Any:
        client = place.whole.sites["shop"].app.test_client()
        client.set_cookie("shop_session", cookie.value)
        data = {"csrf_token": key[1], **ADDRESS, "payment": "card", "card": "new", **form}
        return client.post(checkout, data=data)

    return checkout.rpartition("/")[2], send


CARD = {"card_holder": "Anna Petrova", "expiry": "09/40", "security_code": "737"}


def order_by_card(place: Place) -> Trial:
    uid, send = at_checkout(place)

    def call(**form: str) -> Answer:
        answer = send(card_number=VISA, **CARD, **form)
        assert answer.status_code == 303, answer.text
        # A tab that is second sees the order that there is, or the page that it is being paid.
        return Answer(DONE, None)

    taken = f"SELECT count(*) FROM payments WHERE phone = '{place.phone}' AND refused IS NULL"
    orders = f"SELECT count(*) FROM orders WHERE checkout_uid = '{uid}' AND state = 'PAID'"

    def effects() -> int:
        assert place.counted("vault", taken) == place.counted("shop", orders)
        return place.counted("shop", orders)

    return Trial(call, [], effects)


def link_by_form(place: Place) -> Trial:
    _uid, send = at_checkout(place)

    def call(number: str = VISA, holder: str = "Anna Petrova") -> Answer:
        form = {**CARD, "card_holder": holder, "card_number": number, "save_card": "y"}
        answer = send(press="confirm-card", linking=place.key, **form)
        if answer.status_code == 303:
            return Answer(DONE, answer.headers["Location"])
        assert "This form was already sent with another card" in answer.text
        return Answer(CONFLICT, None)

    rows = f"SELECT count(*) FROM cards WHERE phone = '{place.phone}'"
    others = [partial(call, MASTERCARD), partial(call, holder="Boris Petrov")]
    return Trial(call, others, lambda: place.counted("vault", rows))


OPERATIONS = [
    pay_from_typed_card,
    pay_from_linked_card,
    link_card,
    cancel_payment,
    issue_bill,
    create_bill,
    reject_bill,
    refund,
    confirm_payment,
    order_by_card,
    link_by_form,
]
WITH_FACTS = [pay_from_typed_card, link_card, issue_bill, create_bill, refund, link_by_form]


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def whole(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[StackFixture]:
    ticks = count()
    database = "" if request.param == "sqlite" else request.getfixturevalue("site_databases")
    with (
        stack_fixture(tmp_path_factory.mktemp("sites"), database) as whole,
        pytest.MonkeyPatch.context() as patch,
    ):
        standing = whole.clock.now()
        # No two looks at a real clock see the same moment.
        patch.setattr(whole.clock, "now", lambda: standing + timedelta(microseconds=next(ticks)))
        yield whole


def at_once(calls: Sequence[Call]) -> list[Answer]:
    """All of them at the same instant; what each was answered, in their order."""
    barrier = Barrier(len(calls))

    def wait_and_call(call: Call) -> Answer:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as crowd:
        return list(crowd.map(wait_and_call, calls))


@pytest.mark.parametrize("callers", [2, 20])
@pytest.mark.parametrize("operation", OPERATIONS)
def test_the_same_key_and_facts_give_everybody_the_same_result(
    whole: StackFixture, operation: Callable[[Place], Trial], callers: int
) -> None:
    trial = operation(Place(whole))

    answers = at_once([trial.same] * callers)
    answers.append(trial.same())

    assert all(answer == answers[0] for answer in answers)
    assert answers[0].kind == DONE
    assert trial.effects() == 1


@pytest.mark.parametrize("operation", [*WITH_FACTS, pay_from_linked_card])
def test_the_same_key_with_any_other_fact_is_a_conflict(
    whole: StackFixture, operation: Callable[[Place], Trial]
) -> None:
    trial = operation(Place(whole))
    first = trial.same()

    assert [other().kind for other in trial.others] == [CONFLICT] * len(trial.others)
    assert trial.same() == first
    assert trial.effects() == 1


@pytest.mark.parametrize("operation", [*WITH_FACTS, pay_from_linked_card])
def test_of_different_facts_at_the_same_instant_only_one_is_done(
    whole: StackFixture, operation: Callable[[Place], Trial]
) -> None:
    trial = operation(Place(whole))
    variants = [trial.same, *trial.others]

    answers = at_once(variants * 3)

    of_variant = [answers[number :: len(variants)] for number in range(len(variants))]
    done = [told for told in of_variant if told[0].kind == DONE]
    assert len(done) == 1
    assert all(answer == told[0] for told in done for answer in told)
    conflicts = [answer for told in of_variant if told not in done for answer in told]
    assert {answer.kind for answer in conflicts} == {CONFLICT}
    assert trial.effects() == 1
