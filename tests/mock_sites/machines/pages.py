"""What buyers do on pages whose answers are lost, cut short, slow or broken."""

from __future__ import annotations

from collections.abc import Callable

import hypothesis.strategies as st
from hypothesis.stateful import rule
from werkzeug.test import TestResponse

from mock_sites.shared.runtime.server import ConnectionCut
from tests.mock_sites.machines.machine import CARDS, PEOPLE, Machine
from tests.support.shop_fixture import ADDRESS
from tests.support.stack_fixture import StackFixture
from tests.support.visitor import TOKEN, Visitor

BROKEN = 500
BY_HAND = {"card_holder": "Anna Petrova", "expiry": "12/40"}
BILLING = {"country": "RU", "postal_code": "101000", "address": "Arbat 1, flat 2"}
PRODUCTS = st.sampled_from(("gingerbread", "puzzle", "samovar"))


class Lost(Exception):
    """The buyer has no answer that can be used, and does not know what the site has done."""


class PageActs(Machine):
    """The two buyers, each in a browser of their own."""

    sites: StackFixture

    def open_browsers(self) -> None:
        """Sign both buyers in to the shop and the vault."""
        self.browsers = [
            {name: self.sites.visitor(name) for name in ("shop", "vault")}
            for _ in self.sites.stack.keys.people
        ]
        for person, browser in zip(self.sites.stack.keys.people, self.browsers, strict=True):
            for site in browser.values():
                site.sign_in(person.phone, person.password)

    @rule(who=PEOPLE, product=PRODUCTS, number=CARDS, save=st.booleans(), presses=st.integers(1, 2))
    def buy_on_pages(self, who: int, product: str, number: str, save: bool, presses: int) -> None:
        """Come to the checkout and confirm the card; once more if the first answer is lost."""
        shop = self.browsers[who]["shop"]
        form = {**ADDRESS, **BY_HAND, "card_number": number, "security_code": code_of(number)}
        if save:
            form["save_card"] = "y"

        def buy() -> None:
            _send(shop, f"/products/{product}", quantity="1")
            page = _send(shop, "/cart", ticked=product).request.path
            if page.startswith("/checkout/"):
                _repeat(presses, lambda: _send(shop, page, press="confirm-card", **form))

        self._on_pages(buy)

    @rule(who=PEOPLE, number=CARDS, presses=st.integers(1, 2))
    def link_on_pages(self, who: int, number: str, presses: int) -> None:
        """Link a card with the vault's form; once more if the first answer is lost."""
        vault = self.browsers[who]["vault"]
        card = {**BY_HAND, **BILLING, "card_number": number, "security_code": code_of(number)}
        self._on_pages(lambda: _repeat(presses, lambda: _send(vault, "/cards/new", **card)))

    @rule(who=PEOPLE, page=st.sampled_from(("/orders", "/profile", "/cart")))
    def look_at_page(self, who: int, page: str) -> None:
        self._on_pages(lambda: _open(self.browsers[who]["shop"], page))

    def _on_pages(self, act: Callable[[], object]) -> None:
        def acts() -> None:
            try:
                act()
            except Lost:
                Machine.refusals += 1

        self.do(acts)


def code_of(number: str) -> str:
    """A security code that fits a card number."""
    return "4321" if number.startswith("3") else "432"


def _repeat(times: int, act: Callable[[], object]) -> None:
    """Do it again while the answer is lost, ``times`` times at most."""
    for left in reversed(range(times)):
        try:
            act()
        except Lost:
            if not left:
                raise
        else:
            return


def _open(visitor: Visitor, path: str) -> TestResponse:
    try:
        answer = visitor.client.get(path, buffered=True)
    except ConnectionCut:
        raise Lost from None
    return _usable(answer)


def _send(visitor: Visitor, path: str, **form: str) -> TestResponse:
    """Send a form of the page; where that leads to another page, return what is there."""
    key = TOKEN.search(_open(visitor, path).text)
    if key is None:
        raise Lost
    try:
        answer = visitor.client.post(path, data={"csrf_token": key[1], **form}, buffered=True)
    except ConnectionCut:
        raise Lost from None
    answer = _usable(answer)
    address = answer.headers.get("Location", "")
    return _open(visitor, address) if address.startswith("/") else answer


def _usable(answer: TestResponse) -> TestResponse:
    """The answer. Raises Lost if it is one that a fault has made."""
    if answer.status_code == BROKEN:
        assert answer.text == "broken on purpose\n"
        raise Lost
    return answer
