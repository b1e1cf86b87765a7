"""The sites: a page of ours against a bare Flask page, invoices paid, the first page after a start.

All is served by the same server from one process, as the suite has it.
"""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import httpx

from benchmarks.harnesses.with_sites import facts_of
from benchmarks.load.pages import pages_a_second
from benchmarks.measurement.command import ROOT
from benchmarks.measurement.session import BenchmarkSession
from benchmarks.report.comparison import Comparison, comparison_of
from checkout_conformance.processes.mock_stack import MockStack, running_stack
from checkout_conformance.targets.addresses import on_loopback
from tests.support.visitor import HttpVisitor

SECONDS, ASKING = 3.0, 2
PAYERS, INVOICES = 2, 60
START_SECONDS = 30.0
PRODUCT = re.compile(r"/products/[\w-]+")
BARE = "a bare Flask page with a template"


def measure_sites(session: BenchmarkSession) -> list[Comparison]:
    """Pages and invoices a second, and seconds until the first page."""
    with tempfile.TemporaryDirectory() as folder, running_stack(Path(folder)) as stack:
        pages = session.interleave("sites", _pages(stack))
        paid = session.interleave("sites", {"issued and paid": partial(_paid, stack)})
        books = _books(stack)
    started = session.interleave("sites", {"python -m mock_sites": _first_page})
    title = "Pages a second, one process"
    note = f"the books after all of it: {books or 'balanced'}"
    return [
        comparison_of(title, "a second", BARE, pages, more_is_better=True),
        comparison_of(
            "Invoices a second",
            "a second",
            "issued and paid",
            paid,
            more_is_better=True,
            notes=(note,),
        ),
        comparison_of("From the start to the first page", "s", "python -m mock_sites", started),
    ]


def _pages(stack: MockStack) -> dict[str, Callable[[], float]]:
    wallet, shop = (on_loopback(stack.urls[site]) for site in ("wallet", "shop"))
    visitor, owner = cookie(wallet, None), cookie(wallet, stack)
    shopper = _cookie_with_cart(shop, stack)
    return {
        BARE: partial(_bare, "cheroot"),
        "the same on werkzeug's server": partial(_bare, "werkzeug"),
        "ours: sign-in": partial(_asked, f"{wallet}/sign-in", visitor),
        "ours: what can be paid, signed in": partial(_asked, f"{wallet}/pay", owner),
        "ours: payees of a category": partial(_asked, f"{wallet}/pay/entertainment", owner),
        "ours: balance and history": partial(_asked, f"{wallet}/", owner),
        "ours: invoices": partial(_asked, f"{wallet}/invoices", owner),
        "ours: catalogue": partial(_asked, f"{shop}/", shopper),
        "ours: cart with a product": partial(_asked, f"{shop}/cart", shopper),
    }


def _asked(url: str, cookie: str) -> float:
    return pages_a_second(url, SECONDS, ASKING, cookie)


def _bare(server: str) -> float:
    with _served(["-m", "benchmarks.load.bare", server]) as url:
        return pages_a_second(url, SECONDS, ASKING)


@contextmanager
def _served(command: list[str]) -> Iterator[str]:
    """A server on a free port while the block runs, once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    whole = [sys.executable, *command, str(port)]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(whole, cwd=ROOT, stdout=quiet, stderr=quiet)
    try:
        url = f"http://127.0.0.1:{port}/"
        _wait_for(url)
        yield url
    finally:
        process.kill()
        process.wait()


def _wait_for(url: str) -> None:
    line = httpx.HTTPTransport(retries=0)
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            line.handle_request(httpx.Request("GET", url)).read()
            return
        except httpx.ConnectError:
            time.sleep(0.01)
    raise TimeoutError(f"{url} does not answer")


def cookie(wallet: str, stack: MockStack | None) -> str:
    """Return the session cookie of a visitor or, with a stack, of a new signed-in buyer."""
    with closing(HttpVisitor(wallet)) as visitor:
        visitor.open("/sign-in")
        if stack is not None:
            person = {"phone": "+79161234567", "password": "for the benchmark"}
            body = {**person, "name": "Ann Bell", "balances": {"RUB": 100_000}}
            keys = {"Authorization": f"Bearer {stack.control_token}"}
            visitor.http.post("/_control/buyers", json=body, headers=keys).raise_for_status()
            visitor.sign_in(**person)
            visitor.open("/pay").raise_for_status()
        return "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())


def _cookie_with_cart(shop: str, stack: MockStack) -> str:
    """The session cookie of a signed-in buyer who has the first product in the cart."""
    buyer = stack.buyers[0]
    with closing(HttpVisitor(shop)) as visitor:
        visitor.sign_in(buyer["phone"], buyer["password"]).raise_for_status()
        product = PRODUCT.search(visitor.open("/").text)
        assert product, f"{shop} shows no product"
        visitor.send(product[0], quantity=1).raise_for_status()
        return "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())


def _paid(stack: MockStack) -> float:
    """How many a second, by several buyers at a time; what comes before the first is not timed."""
    command = [sys.executable, "-m", "benchmarks.load.invoices", str(INVOICES)]
    facts = {**facts_of([stack]), "PYTHONPATH": str(ROOT)}
    payers = [
        subprocess.Popen(command, cwd=ROOT, env=facts, stdout=subprocess.PIPE, text=True)
        for _ in range(PAYERS)
    ]
    slowest = max(float(payer.communicate()[0]) for payer in payers)
    return PAYERS * INVOICES / slowest


def _books(stack: MockStack) -> list[str]:
    keys = {"Authorization": f"Bearer {stack.control_token}"}
    url = f"{on_loopback(stack.urls['wallet'])}/_control/books"
    wrong: list[str] = httpx.get(url, headers=keys).raise_for_status().json()["discrepancies"]
    return wrong


def _first_page() -> float:
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        with running_stack(Path(folder)) as stack:
            _wait_for(on_loopback(urlsplit(stack.urls["shop"])._replace(path="/").geturl()))
            return time.monotonic() - began
