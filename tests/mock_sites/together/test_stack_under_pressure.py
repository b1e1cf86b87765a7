"""The served sites when much happens at once, and when they are killed in the middle of it."""

from __future__ import annotations

import itertools
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from threading import Event

import httpx
import pytest

from tests.support.served_stack import ServedStack, served_stack
from tests.support.visitor import HttpVisitor, form_key

PHONE = "+79161234567"
PATIENCE = 30.0
ORDER = re.compile(r'"/orders/([0-9a-f-]{36})"')


@pytest.fixture
def stack(tmp_path: Path) -> Iterator[ServedStack]:
    with served_stack(tmp_path / "data") as stack:
        yield stack


def code_page(stack: ServedStack, buyer: HttpVisitor) -> tuple[str, str]:
    """A payment of 150 roubles whose code is on the phone: the code page's path, the code."""
    before = len(stack.codes(PHONE))
    check = buyer.send("/pay/to/steam", account="night_owl_42", amount="150")
    page = buyer.send(check.url.path)
    return page.url.path, stack.codes(PHONE)[before]


@pytest.mark.timeout(120)
def test_two_hundred_simultaneous_confirmations_pay_once(stack: ServedStack) -> None:
    stack.add_buyer(PHONE)
    with closing(HttpVisitor(stack.address("wallet"))) as buyer:
        buyer.sign_in(PHONE)
        path, code = code_page(stack, buyer)
        key = form_key(buyer.open(path).text, path)
        form, at_once = {"csrf_token": key, "code": code}, threading.Barrier(200)

        def confirm(_number: int) -> tuple[int, str]:
            at_once.wait()
            url, cookies = f"{stack.address('wallet')}{path}", buyer.http.cookies
            answer = httpx.post(url, data=form, cookies=cookies, timeout=60)
            return answer.status_code, answer.headers.get("Location", "")

        with ThreadPoolExecutor(200) as crowd:
            answers = set(crowd.map(confirm, range(200)))

        assert answers == {(303, path.replace("/code", "/receipt"))}
        assert "RUB\N{NO-BREAK SPACE}9,850.00" in buyer.http.get("/").text
    assert stack.control("wallet", "GET", "/books")["discrepancies"] == []


def shop_order(shop: HttpVisitor) -> str:
    """An order of felt slippers, to be paid with the wallet: its uid."""
    shop.send("/products/slippers", quantity="1")
    checkout = shop.send("/cart", ticked="slippers").url.path
    order = shop.send(
        checkout,
        recipient="Anna",
        phone=PHONE,
        city="Kazan",
        street="Bauman Street 12",
        postal_code="420111",
        payment="online",
        online_option="qiwi-wallet",
    )
    return order.url.path.removeprefix("/orders/")


def pay_and_order(stack: ServedStack, told_to_stop: Event) -> None:
    """Order and pay, again and again, until the sites are gone or somebody says stop."""
    wallet, shop = HttpVisitor(stack.address("wallet")), HttpVisitor(stack.address("shop"))
    # What is cut off in the middle fails in many ways: an answer may be half a page.
    with closing(wallet), closing(shop), suppress(httpx.HTTPError, AssertionError, IndexError):
        wallet.sign_in(PHONE)
        shop.sign_in(PHONE)
        while not told_to_stop.is_set():
            shop_order(shop)
            path, code = code_page(stack, wallet)
            wallet.send(path, code=code)
            row = wallet.http.get("/invoices").text.split("<tbody>")[1]
            invoice = row.split('href="/invoices/')[1].split('"')[0]
            page = wallet.send(f"/invoices/{invoice}/pay?means=qw").url.path
            wallet.send(page, code=stack.codes(PHONE)[-1])


@pytest.mark.timeout(180)
def test_sites_killed_in_the_middle_of_payments_lose_and_double_nothing(tmp_path: Path) -> None:
    data, chance = tmp_path / "data", random.Random(7)
    paid_before = 0
    for _round in range(4):
        with served_stack(data) as stack:
            if _round == 0:
                stack.add_buyer(PHONE, rubles=900_000)
            # The messages of the round before count no longer.
            stack.control("wallet", "POST", "/clock", {"advance_seconds": 3_600})
            thread = threading.Thread(target=pay_and_order, args=(stack, Event()))
            thread.start()
            wait_until(partial(more_is_paid, stack, paid_before))
            # Somewhere in the middle of whatever comes next.
            threading.Event().wait(chance.uniform(0.0, 0.4))
            stack.kill()
            thread.join()
        with served_stack(data) as stack:
            assert stack.control("wallet", "GET", "/books")["discrepancies"] == []
            paid_before = paid_so_far(stack)
            assert_every_order_is_paid_if_and_only_if_its_bill_is(stack)


def more_is_paid(stack: ServedStack, than: int) -> bool:
    """Whether payments have been made since there were so many."""
    return paid_so_far(stack) > than


def paid_so_far(stack: ServedStack) -> int:
    """How many payments of whatever kind the buyer has made."""
    with closing(HttpVisitor(stack.address("wallet"))) as wallet:
        wallet.sign_in(PHONE)
        return wallet.http.get("/history").text.count("/receipt")


def assert_every_order_is_paid_if_and_only_if_its_bill_is(stack: ServedStack) -> None:
    with closing(HttpVisitor(stack.address("shop"))) as shop:
        shop.sign_in(PHONE)
        orders = set(ORDER.findall(shop.http.get("/orders").text))
    for uid in orders:
        wait_until(partial(settled, stack, uid))


def settled(stack: ServedStack, uid: str) -> bool:
    """Whether the shop and the wallet say the same of an order, which is paid at most once."""
    order = stack.control("shop", "GET", f"/orders/{uid}")
    key = stack.facts["merchants"][0]["secret_key"]
    bill = httpx.get(
        f"{stack.address('wallet')}/partner/bill/v1/bills/{uid}",
        headers={"Authorization": f"Bearer {key}"},
    )
    if bill.status_code == 404:
        return False
    paid = bill.json()["status"]["value"] == "PAID"
    [counted] = stack.control("wallet", "GET", f"/bills?bill_id={uid}")
    assert counted["times_paid"] <= 1
    return {paid} == {order["state"] == "PAID", bool(counted["times_paid"])}


def wait_until(holds: Callable[[], bool]) -> None:
    """Look again until it holds; there is no event to wait for in another process."""
    deadline = time.monotonic() + PATIENCE
    for _ in itertools.count():
        if holds():
            return
        assert time.monotonic() < deadline, "it did not come to hold in time"
        threading.Event().wait(0.05)


def test_a_bill_is_issued_paid_and_known_by_a_client_that_nobody_here_wrote(
    stack: ServedStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pyqiwip2p import QiwiP2P

    keys = stack.facts["merchants"][0]
    client = QiwiP2P(auth_key=keys["secret_key"])
    redirected = httpx.Client(
        event_hooks={"request": [lambda request: redirect(request, stack)]}, timeout=30
    )
    monkeypatch.setattr(client, "_client", redirected)
    stack.add_buyer(PHONE)

    with closing(redirected):
        issued = client.bill(bill_id="sdk-1", amount=212, lifetime=15, comment="By the SDK")
        read = client.check("sdk-1")
        rejected = client.reject("sdk-1")

    assert (issued.status, read.status, rejected.status) == ("WAITING", "WAITING", "REJECTED")
    assert issued.pay_url.startswith(stack.facts["sites"]["wallet"]["url"])
    assert read.amount == "212.00"
    assert read.comment == "By the SDK"
    assert read.site_id == keys["site_id"]


def redirect(request: httpx.Request, stack: ServedStack) -> None:
    """Send what goes to the real provider to our wallet instead."""
    assert request.url.host == "api.qiwi.com"
    request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=stack.port("wallet"))


def test_the_sites_start_with_one_line_of_json_that_leads_to_them(stack: ServedStack) -> None:
    for site, about in stack.facts["sites"].items():
        assert about["url"].startswith(f"http://{site}.localhost:")
        assert httpx.get(f"{stack.address(site)}/_health").text == "ok"
    assert stack.facts["merchants"][0].keys() == {"site_id", "secret_key", "public_key"}
    buyer = stack.facts["buyers"][0]
    with closing(HttpVisitor(stack.address("wallet"))) as wallet:
        wallet.send("/sign-in", phone=buyer["phone"], password=buyer["password"])
        assert "RUB\N{NO-BREAK SPACE}10,000.00" in wallet.http.get("/").text


def test_the_clock_is_one_for_all_sites_and_survives_a_restart(tmp_path: Path) -> None:
    with served_stack(tmp_path / "data") as stack:
        stack.control("wallet", "POST", "/clock", {"advance_seconds": 86_400})
    with served_stack(tmp_path / "data") as stack:
        moments = [stack.control(site, "GET", "/clock")["now"] for site in stack.facts["sites"]]
    for moment in map(datetime.fromisoformat, moments):
        assert abs(moment - datetime.now(UTC) - timedelta(days=1)) < timedelta(minutes=1)
