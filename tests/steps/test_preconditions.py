"""Preconditions by control calls: what is asked, and what the real sites make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from checkout_conformance.redaction.secrets import redact
from checkout_conformance.safety.press_guard import PressGuard
from checkout_conformance.targets.control_client import ControlsError
from checkout_conformance.targets.sent_requests import SENT
from checkout_conformance.targets.target import Target
from mock_sites import SITES
from steps.support.amounts import NamedAmount
from steps.support.controls import Controls
from steps.support.preconditions import MAKING
from steps.support.published_cards import published_card
from tests.support.stack_fixture import PORTS, StackFixture, stack_fixture
from tests.support.stub_controls import StubControls

URLS = {site: f"http://{site}.localhost:{PORTS[site]}" for site in SITES}
TARGET = Target("mock", "en", urls=URLS, control_tokens=dict.fromkeys(SITES, "tok-controls"))
CAPABILITIES = sorted(MAKING | {"sessions"})
VISA = published_card("Visa, approved")
HOLDER = "Anna Petrova"
PRIVATE = {"wallet": "/history", "shop": "/orders", "vault": "/cards"}


@pytest.fixture
def sites(tmp_path: Path) -> Iterator[StackFixture]:
    with stack_fixture(tmp_path) as sites:
        yield sites


@pytest.fixture
def controls(sites: StackFixture) -> Iterator[Controls]:
    """The client of real sites."""
    tokens = dict.fromkeys(SITES, sites.stack.keys.control_token)
    target = replace(TARGET, control_tokens=tokens, on_screen=False)
    controls = Controls(target, httpx.Client(transport=sites.board))
    yield controls
    controls.close()


@pytest.fixture
def phone(sites: StackFixture) -> str:
    return sites.stack.keys.people[0].phone


def client_of(target: Target, sites: StubControls) -> Controls:
    return Controls(target, httpx.Client(transport=httpx.MockTransport(sites)))


@pytest.mark.parametrize("capability", CAPABILITIES)
def test_a_target_offers_what_it_has_controls_for(capability: str) -> None:
    controls = client_of(TARGET, StubControls())
    assert controls.offers(capability, "shop")

    lacking = replace(TARGET, lacks=frozenset({capability}))
    tokenless = replace(TARGET, control_tokens={"wallet": "tok-controls"})
    siteless = replace(TARGET, urls={"wallet": URLS["wallet"]})
    for target in (lacking, tokenless, siteless):
        assert not client_of(target, StubControls()).offers(capability, "shop")
    assert client_of(tokenless, StubControls()).offers(capability, "wallet")


def test_on_a_teams_site_nothing_is_made_behind_the_pages() -> None:
    guard = PressGuard(None, None)  # type: ignore[arg-type]
    guard.trust([URLS["vault"]])
    sites = StubControls()
    controls = client_of(replace(TARGET, press_guard=guard), sites)

    assert [name for name in CAPABILITIES if controls.offers(name, "shop")] == ["sessions"]
    assert controls.offers("linked cards", "vault")
    with pytest.raises(ControlsError, match="walk its forms instead of POST /_control/carts"):
        controls.fill_cart("+79161234567", {"teapot": 1})
    assert sites.asked == []


@pytest.mark.parametrize("capability", CAPABILITIES)
def test_what_a_target_lacks_is_not_asked_for(capability: str) -> None:
    sites = StubControls()
    controls = client_of(replace(TARGET, lacks=frozenset({capability})), sites)
    with pytest.raises(pytest.skip.Exception, match=capability):
        ask(controls, capability)
    assert sites.asked == []


def ask(controls: Controls, capability: str) -> None:
    """Call the method that needs the capability."""
    phone, amount = "+79161234567", NamedAmount(15000, "RUB")
    calls: dict[str, Callable[[], object]] = {
        "sessions": lambda: controls.sign_in("wallet", phone),
        "carts": lambda: controls.fill_cart(phone, {"teapot": 1}),
        "checkouts": lambda: controls.start_checkout(phone, {"teapot": 1}),
        "orders": lambda: controls.place_order(phone, {"teapot": 1}),
        "linked cards": lambda: controls.link_card("vault", phone, VISA, HOLDER),
        "begun payments": lambda: controls.begin_payment(phone, "steam", "a", amount, "checked"),
    }
    calls[capability]()


@pytest.mark.parametrize("site", PRIVATE)
def test_the_browser_is_given_the_session(
    controls: Controls, sites: StackFixture, phone: str, site: str
) -> None:
    [cookie] = controls.sign_in(site, phone)

    value = cookie["value"]
    assert cookie == {
        "name": f"{site}_session",
        "value": value,
        "domain": f"{site}.localhost",
        "path": "/",
        "expires": -1,
        "httpOnly": True,
        "secure": False,
        "sameSite": "Lax",
    }
    assert redact(value) == "•••"
    assert sees_private_page(sites, site, value)


def sees_private_page(sites: StackFixture, site: str, value: str) -> bool:
    visitor = sites.visitor(site)
    visitor.client.set_cookie(f"{site}_session", value)
    return visitor.open(PRIVATE[site]).request.path == PRIVATE[site]


def test_a_cart_is_filled(controls: Controls, sites: StackFixture, phone: str) -> None:
    controls.fill_cart(phone, {"teapot": 2, "Linden honey, 500 g": 1})

    lines = sites.ask("shop", "SELECT product_slug, quantity FROM cart_lines ORDER BY 1")
    assert lines == [("honey", 1), ("teapot", 2)]


def test_a_checkout_is_started(controls: Controls, sites: StackFixture, phone: str) -> None:
    path = controls.start_checkout(phone, {"teapot": 2})

    lines = sites.ask("shop", "SELECT checkout_uid, product_slug, quantity FROM checkout_lines")
    assert [(f"/checkout/{uid}", slug, pieces) for uid, slug, pieces in lines] == [
        (path, "teapot", 2)
    ]


def test_an_order_is_placed_and_its_invoice_begun_to_be_paid(
    controls: Controls, sites: StackFixture, phone: str
) -> None:
    order = controls.place_order(phone, {"teapot": 1}, {"city": "Tver"})

    assert sites.ask("shop", "SELECT uid, state, city FROM orders") == [
        (order.uid, order.state, "Tver")
    ]
    assert sites.ask("wallet", "SELECT uid, bill_id FROM bills") == [(order.invoice, order.uid)]
    back = f"{URLS['shop']}/orders/{order.uid}"
    payment = controls.begin_paying_invoice(phone, order.invoice or "", back)
    assert payment.path == f"/payments/{payment.uid}/code"
    assert len(controls.codes(phone)) == 1
    assert sites.ask("wallet", "SELECT uid, success_url FROM payments") == [(payment.uid, back)]


@pytest.mark.parametrize(
    ("state", "page", "messages"), [("checked", "check", 0), ("code sent", "code", 1)]
)
def test_a_payment_is_begun(
    controls: Controls, sites: StackFixture, phone: str, state: Any, page: str, messages: int
) -> None:
    amount = NamedAmount(15000, "RUB")

    payment = controls.begin_payment(phone, "Steam", "night_owl_42", amount, state)

    assert payment.path == f"/payments/{payment.uid}/{page}"
    found = sites.ask("wallet", "SELECT uid, amount, currency FROM payments")
    assert found == [(payment.uid, 15000, "RUB")]
    assert len(controls.codes(phone)) == messages


@pytest.mark.parametrize("site", ["shop", "vault"])
def test_a_card_is_linked(controls: Controls, sites: StackFixture, phone: str, site: str) -> None:
    products = {"teapot": 1} if site == "shop" else None

    token = controls.link_card(site, phone, VISA, HOLDER, products)

    cards = sites.ask("vault", "SELECT token, phone, holder, last_four FROM cards")
    assert cards == [(token, phone, HOLDER, VISA.last_four)]
    assert sites.ask("shop", "SELECT count(*) FROM orders") == [(0,)]


@pytest.mark.parametrize(
    ("name", "code"),
    [("Visa, declined", "card.declined"), ("Visa, insufficient funds", "card.insufficient-funds")],
)
def test_a_refusal_is_told_by_its_code(
    controls: Controls, phone: str, name: str, code: str
) -> None:
    card = published_card(name)
    with pytest.raises(ControlsError, match=f"/_control/cards on the vault: 409.*{code}") as told:
        controls.link_card("vault", phone, card, HOLDER)
    assert card.number not in str(told.value)


def test_several_cards_and_orders_are_made_by_one_request_each(
    controls: Controls, sites: StackFixture, phone: str
) -> None:
    mir = published_card("Mir, approved")
    sent = SENT.number

    controls.link_cards_in_shop(phone, [VISA, mir], HOLDER, {"teapot": 1})
    controls.place_orders(phone, [{"teapot": 1}, {"honey": 2}], [{"city": "Tver"}, {}])

    assert SENT.number - sent == 2
    cards = sites.ask("vault", "SELECT last_four FROM cards ORDER BY id")
    assert cards == [(VISA.last_four,), (mir.last_four,)]
    assert sites.ask("shop", "SELECT city FROM orders ORDER BY number") == [("Tver",), ("Tver",)]
    assert sites.ask("shop", "SELECT count(*) FROM cart_lines") == [(0,)]


@pytest.mark.parametrize("lacks", [frozenset(), frozenset({"batches"})])
def test_a_target_without_batches_is_asked_one_by_one(
    sites: StackFixture, phone: str, lacks: frozenset[str]
) -> None:
    tokens = dict.fromkeys(SITES, sites.stack.keys.control_token)
    target = replace(TARGET, control_tokens=tokens, lacks=lacks)
    controls = Controls(target, httpx.Client(transport=sites.board))
    sent = SENT.number

    controls.link_cards_in_vault(phone, [VISA, published_card("Mir, approved")], HOLDER)

    assert SENT.number - sent == (2 if lacks else 1)
    assert sites.ask("vault", "SELECT count(*) FROM cards") == [(2,)]


def test_a_refusal_inside_a_batch_is_told_by_its_code(controls: Controls, phone: str) -> None:
    cards = [VISA, published_card("Visa, declined"), published_card("Mir, approved")]
    with pytest.raises(ControlsError, match=r"/_control/cards on the vault: 409.*card\.declined"):
        controls.link_cards_in_vault(phone, cards, HOLDER)


def test_the_first_session_begins_with_the_account(controls: Controls, sites: StackFixture) -> None:
    phone, sent = "+79161112233", SENT.number
    controls.add_shop_customer(phone, "pw-1", "Anna")
    [first] = controls.sign_in("shop", phone)
    assert SENT.number - sent == 1
    [second] = controls.sign_in("shop", phone)
    assert first["value"] != second["value"]
    assert sees_private_page(sites, "shop", first["value"])


def test_in_a_run_that_people_watch_no_session_begins_with_an_account(
    sites: StackFixture,
) -> None:
    tokens = dict.fromkeys(SITES, sites.stack.keys.control_token)
    target = replace(TARGET, control_tokens=tokens, on_screen=True)
    controls = Controls(target, httpx.Client(transport=sites.board))
    controls.add_shop_customer("+79161112233", "pw-1", "Anna")
    assert sites.ask("shop", "SELECT count(*) FROM sign_ins") == [(0,)]


def test_a_session_that_began_with_the_account_is_not_used_once_time_has_passed(
    controls: Controls,
) -> None:
    phone = "+79161112233"
    controls.add_vault_holder(phone, "pw-1", "Anna")
    controls.advance_clock(60)
    sent = SENT.number
    controls.sign_in("vault", phone)
    assert SENT.number - sent == 1


def test_an_invoice_is_found_by_its_amount_and_paid_with_its_code(
    controls: Controls, sites: StackFixture, phone: str
) -> None:
    order = controls.place_order(phone, {"teapot": 1})
    [(minor,)] = sites.ask("wallet", "SELECT amount FROM bills")
    amount = NamedAmount(minor, "RUB")

    assert controls.unpaid_invoices(phone, amount) == [order.invoice]
    assert controls.unpaid_invoices(phone, NamedAmount(minor + 1, "RUB")) == []
    begun = controls.begin_paying_invoice(phone, order.invoice or "")
    paid = controls.confirm_payment(phone, begun, controls.codes(phone)[-1])

    assert paid.path == f"/payments/{begun.uid}/receipt"
    assert sites.ask("wallet", "SELECT status FROM bills") == [("PAID",)]
    assert controls.unpaid_invoices(phone, amount) == []
