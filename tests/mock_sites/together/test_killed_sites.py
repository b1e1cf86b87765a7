"""The sites are killed in the middle of each kind of movement, and started again."""

from __future__ import annotations

import random
import re
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.mock_sites.together.test_stack_under_pressure import PHONE, wait_until
from tests.support.served_stack import ServedStack, served_stack
from tests.support.visitor import HttpVisitor

ROUNDS = 3
AN_HOUR, A_DAY = 3_600, 86_401
TOKEN = re.compile(r'name="card" value="([0-9a-f-]+)"')
CARD = {
    "card_number": "4111 1111 1111 1111",
    "card_holder": "Anna Petrova",
    "expiry": "09/40",
    "security_code": "737",
}
BILLING = {"country": "RU", "postal_code": "101000", "address": "Arbat 1, flat 2"}
ADDRESS = {
    "recipient": "Anna",
    "phone": PHONE,
    "city": "Kazan",
    "street": "Bauman Street 12",
    "postal_code": "420111",
}
Move = Callable[[ServedStack, Event], None]
BIG_BILL = "/partner/bill/v1/bills/big"
ENDS = """SELECT count(*) FROM holds h WHERE (h.state <> 'HELD') <> (
    SELECT count(*) FROM hold_events e WHERE e.hold_id = h.id AND e.state <> 'HELD')"""


def link_and_delete(stack: ServedStack, told_to_stop: Event) -> None:
    """A cent is held, and goes back."""
    with closing(HttpVisitor(stack.address("vault"))) as vault:
        vault.sign_in(PHONE)
        while not told_to_stop.is_set():
            vault.send("/cards/new", **CARD, **BILLING)
            # Where the sites were killed between the two, a card from before is still there.
            for token in TOKEN.findall(vault.http.get("/cards").text):
                vault.send("/cards/delete", page="/cards", card=token)


def pay_by_card(stack: ServedStack, told_to_stop: Event) -> None:
    """An order is paid from a card typed for it."""
    with closing(HttpVisitor(stack.address("shop"))) as shop:
        shop.sign_in(PHONE)
        while not told_to_stop.is_set():
            shop.send("/products/slippers", quantity="1")
            checkout = shop.send("/cart", ticked="slippers").url.path
            shop.send(checkout, **ADDRESS, **CARD, payment="card", card="new")


def give_back(stack: ServedStack, told_to_stop: Event) -> None:
    """A merchant gives back a kopeck at a time of a bill that is paid."""
    if merchant(stack, "GET", BIG_BILL).status_code == 404:
        pay_big_bill(stack)
    while not told_to_stop.is_set():
        refund = f"{BIG_BILL}/refunds/{random.Random().getrandbits(64)}"
        body = {"amount": {"currency": "RUB", "value": "0.01"}}
        merchant(stack, "PUT", refund, body)


def pay_big_bill(stack: ServedStack) -> None:
    """A bill of a thousand roubles, all the way."""
    body = {
        "amount": {"currency": "RUB", "value": "1000.00"},
        "expirationDateTime": "2099-01-01T00:00:00+03:00",
        "customer": {"phone": PHONE},
    }
    uid = merchant(stack, "PUT", BIG_BILL, body).json()["payUrl"][-36:]
    with closing(HttpVisitor(stack.address("wallet"))) as wallet:
        wallet.sign_in(PHONE)
        page = wallet.send(f"/invoices/{uid}/pay?means=qw").url.path
        wallet.send(page, code=stack.codes(PHONE)[-1])


def pay_payee(stack: ServedStack, told_to_stop: Event) -> None:
    """A payment on the wallet's own site."""
    with closing(HttpVisitor(stack.address("wallet"))) as wallet:
        wallet.sign_in(PHONE)
        while not told_to_stop.is_set():
            check = wallet.send("/pay/to/steam", account="night_owl_42", amount="150").url.path
            page = wallet.send(check).url.path
            wallet.send(page, code=stack.codes(PHONE)[-1])


def merchant(stack: ServedStack, method: str, path: str, body: object = None) -> httpx.Response:
    """What the bill protocol answers the shop."""
    key = stack.facts["merchants"][0]["secret_key"]
    headers = {"Authorization": f"Bearer {key}"}
    address = stack.address("wallet") + path
    return httpx.request(method, address, json=body, headers=headers, timeout=30)


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    ("site", "move"),
    [
        ("wallet", pay_payee),
        ("wallet", give_back),
        ("vault", link_and_delete),
        ("vault", pay_by_card),
    ],
)
def test_a_movement_that_is_cut_off_happened_once_or_not_at_all(
    tmp_path: Path, site: str, move: Move
) -> None:
    data, chance = tmp_path / "data", random.Random(11)
    for number in range(ROUNDS):
        with served_stack(data) as stack:
            if number == 0:
                open_accounts(stack)
            else:
                assert_nothing_is_by_halves(stack, data, site)
            # The messages of the round before count no longer.
            stack.control("wallet", "POST", "/clock", {"advance_seconds": AN_HOUR})
            before = movements(data, site)
            thread = threading.Thread(target=until_killed, args=(move, stack, Event()))
            thread.start()
            wait_until(partial(has_moved, data, site, before))
            # Somewhere in the middle of whatever comes next.
            Event().wait(chance.uniform(0.0, 0.3))
            stack.kill()
            thread.join()
    with served_stack(data) as stack:
        assert_nothing_is_by_halves(stack, data, site)
        stack.control("wallet", "POST", "/clock", {"advance_seconds": A_DAY})
        wait_until(partial(nothing_is_open, data))
        assert_what_was_taken_has_its_order(data)


def assert_nothing_is_by_halves(stack: ServedStack, data: Path, site: str) -> None:
    """The books agree, and every hold has ended once at most."""
    assert stack.control(site, "GET", "/books")["discrepancies"] == []
    assert ask(data, "vault", ENDS) == 0


def until_killed(move: Move, stack: ServedStack, told_to_stop: Event) -> None:
    """Do it again and again until the sites are gone, or somebody says stop."""
    # What is cut off in the middle fails in many ways: an answer may be half a page.
    with suppress(httpx.HTTPError, AssertionError, IndexError):
        move(stack, told_to_stop)


def open_accounts(stack: ServedStack) -> None:
    """One person on every site."""
    stack.add_buyer(PHONE, rubles=900_000)
    holder = {"phone": PHONE, "password": "secret", "name": "Anna"}
    stack.control("vault", "POST", "/holders", holder)


def ask(data: Path, site: str, question: str) -> int:
    """A number out of a site's own database."""
    with closing(sqlite3.connect(data / f"{site}.sqlite3", timeout=30)) as connection:
        return int(connection.execute(question).fetchone()[0])


def movements(data: Path, site: str) -> int:
    """How often money has moved on a site."""
    return ask(data, site, "SELECT count(*) FROM movements")


def has_moved(data: Path, site: str, before: int) -> bool:
    """Whether it has moved more often than it had, with something to spare."""
    return movements(data, site) > before + 2


def nothing_is_open(data: Path) -> bool:
    """Whether no cent is held and no order is being paid."""
    held = ask(data, "vault", "SELECT count(*) FROM holds WHERE state = 'HELD'")
    paying = ask(data, "shop", "SELECT count(*) FROM orders WHERE state = 'PAYING'")
    return held == paying == 0


def assert_what_was_taken_has_its_order(data: Path) -> None:
    """As many orders are paid by card as the vault has paid."""
    taken = ask(data, "vault", "SELECT count(*) FROM payments WHERE movement_id IS NOT NULL")
    paid = "SELECT count(*) FROM orders WHERE state = 'PAID' AND means = 'CARD'"
    assert ask(data, "shop", paid) == taken
