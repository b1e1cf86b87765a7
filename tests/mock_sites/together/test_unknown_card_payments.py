"""A card payment whose answer is not known, on all sites together: paid once, or never made."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from tests.support.shop_fixture import ADDRESS, IPHONE, words
from tests.support.stack_fixture import StackFixture, stack_fixture
from tests.support.visitor import Visitor

SLOW_CARD = {
    "card_number": "5105 1051 0510 5100",
    "card_holder": "Anna Petrova",
    "expiry": "09/40",
    "security_code": "737",
}
PAY = "/ams/api/v1/payments/pay"
CANCEL = "/ams/api/v1/payments/cancel"
Meanwhile = Callable[[Callable[[], object]], None]


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[StackFixture]:
    with stack_fixture(tmp_path) as whole:
        yield whole


@pytest.fixture
def meanwhile(whole: StackFixture, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Do something once, while the vault waits: for a slow issuer, or as a slow answer does."""

    def arrange(act: Callable[[], object]) -> None:
        left = [act]

        def wait(seconds: float) -> None:
            whole.board.wait(seconds)
            if left:
                left.pop()()
                whole.board.waited = seconds

        monkeypatch.setattr("mock_sites.vault.domain.issuer.wait", wait)
        monkeypatch.setattr("mock_sites.shared.controls.faults.wait", wait)

    return arrange


def shopper(whole: StackFixture, on_phone: bool = False) -> Visitor:
    """The first demo person, signed in to the shop."""
    visitor, person = whole.visitor("shop"), whole.stack.keys.people[0]
    if on_phone:
        visitor.client.environ_base["HTTP_USER_AGENT"] = IPHONE
    visitor.sign_in(person.phone, person.password)
    return visitor


def begin(visitor: Visitor) -> str:
    """Put a product into the cart and press Buy; the path of the purchase."""
    visitor.send("/products/slippers", quantity="1")
    return visitor.send("/cart", ticked="slippers").request.path


def confirm(visitor: Visitor, checkout: str) -> TestResponse:
    """Pay from the slow card, typed for this order alone."""
    if checkout.startswith("/mobile/"):
        address = {"address": "new", **ADDRESS}
        visitor.send(checkout, **address)
        return visitor.send(f"{checkout}/card", **SLOW_CARD)
    return visitor.send(checkout, **ADDRESS, **SLOW_CARD, payment="card", card="new")


def set_fault(whole: StackFixture, kind: str, path: str, times: int = 1, **more: float) -> None:
    """Have the vault's answers to a call go wrong."""
    fault = {"place": "request", "kind": kind, "path": path, "times": times, **more}
    whole.control("vault", "POST", "/faults", fault)


def assert_paid_once_or_never_made(whole: StackFixture, paid: bool) -> None:
    """What the vault has taken belongs to an order, and the cart is full only without one."""
    rows = "SELECT count(*) FROM payments WHERE movement_id IS NOT NULL"
    assert whole.ask("vault", rows) == [(int(paid),)]
    assert whole.ask("shop", "SELECT state FROM orders") == [("PAID",)] * paid
    assert whole.ask("shop", "SELECT count(*) FROM cart_lines") == [(int(not paid),)]


@pytest.mark.parametrize("on_phone", [False, True], ids=["desktop", "mobile"])
def test_a_clock_that_moves_while_the_issuer_thinks_deletes_no_paid_order(
    whole: StackFixture, meanwhile: Meanwhile, on_phone: bool
) -> None:
    visitor = shopper(whole, on_phone)
    checkout = begin(visitor)
    meanwhile(lambda: whole.advance(31))

    answer = confirm(visitor, checkout)

    assert answer.status_code == 200
    assert "The card payment failed." in words(answer.text)
    assert_paid_once_or_never_made(whole, paid=False)


@pytest.mark.parametrize("on_phone", [False, True], ids=["desktop", "mobile"])
def test_a_clock_that_moves_while_the_vault_is_slow_deletes_no_paid_order(
    whole: StackFixture, meanwhile: Meanwhile, on_phone: bool
) -> None:
    visitor, second_tab = shopper(whole, on_phone), shopper(whole, on_phone)
    checkout = begin(visitor)
    set_fault(whole, "slow", PAY, seconds=12)
    seen = []

    def move_and_look() -> None:
        seen.append(words(second_tab.open(checkout).text))
        whole.advance(31)

    meanwhile(move_and_look)
    answer = confirm(visitor, checkout)

    assert "The payment is being checked" in seen[0]
    assert answer.status_code == 200
    assert "The card payment failed." in words(answer.text)
    assert_paid_once_or_never_made(whole, paid=False)
    assert "Paid" in words(confirm(visitor, answer.request.path.removesuffix("/payment")).text)
    assert_paid_once_or_never_made(whole, paid=True)


def test_a_slow_answer_without_a_step_of_the_clock_is_found_to_be_paid(whole: StackFixture) -> None:
    visitor = shopper(whole)
    checkout = begin(visitor)
    set_fault(whole, "slow", PAY, seconds=12)

    answer = confirm(visitor, checkout)

    assert "Paid" in words(answer.text)
    assert_paid_once_or_never_made(whole, paid=True)


def test_no_clock_gives_an_order_up_while_the_vault_does_not_confirm_the_cancellation(
    whole: StackFixture,
) -> None:
    visitor = shopper(whole)
    checkout = begin(visitor)
    set_fault(whole, "down", PAY)
    set_fault(whole, "down", CANCEL, times=1000)

    seen = [words(confirm(visitor, checkout).text)]
    whole.advance(366 * 86_400)
    seen.append(words(visitor.open(f"{checkout}/waiting").text))

    assert all("The payment is being checked" in page for page in seen)
    assert whole.ask("shop", "SELECT state FROM orders") == [("PAYING",)]
    for fault in whole.control("vault", "GET", "/faults"):
        whole.control("vault", "DELETE", f"/faults/{fault['id']}")
    whole.advance(31)
    assert "The card payment failed." in words(visitor.open(checkout).text)
    assert_paid_once_or_never_made(whole, paid=False)


def test_a_cancellation_whose_answer_is_lost_is_asked_for_again(whole: StackFixture) -> None:
    visitor = shopper(whole)
    checkout = begin(visitor)
    set_fault(whole, "down", PAY)
    set_fault(whole, "cut-off", CANCEL)

    confirm(visitor, checkout)
    whole.advance(31)
    whole.advance(31)

    assert "The card payment failed." in words(visitor.open(checkout).text)
    assert_paid_once_or_never_made(whole, paid=False)
