"""What a scenario presupposes is done over HTTP, by the labels that a buyer would look for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from checkout_conformance.drivers.http_session import over_http
from playwright.sync_api import Page
from steps.pages.http_flows import ShopHttpSession, ShopMobileHttpSession, WalletHttpSession

from checkout_conformance.drivers.site import Site
from checkout_conformance.expectations import UnmetExpectation
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target
from tests.support.served_stack import ServedStack, served_stack

BUYER = Buyer("Anna", "+79160001122", "secret")
SLIPPERS = "Felt slippers"
ON_A_PHONE = "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 Mobile Safari/537.36"


@dataclass
class Screen:
    """Stands in for the browser: remembers where it was sent, and keeps cookies."""

    agent: str = "Mozilla/5.0"
    shown: list[str] = field(default_factory=list)
    kept: list[dict[str, Any]] = field(default_factory=list)

    @property
    def context(self) -> Screen:
        return self

    @property
    def page(self) -> Page:
        return cast(Page, self)

    def evaluate(self, _script: str) -> str:
        return self.agent

    def cookies(self, url: str) -> list[dict[str, Any]]:
        return [one for one in self.kept if url.startswith(one["url"])]

    def add_cookies(self, cookies: list[dict[str, Any]]) -> None:
        self.kept += cookies

    def goto(self, address: str) -> None:
        self.shown.append(address)


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedStack]:
    """The sites, and a buyer with an account."""
    with served_stack(tmp_path_factory.mktemp("errands") / "data") as stack:
        stack.add_buyer(BUYER.phone)
        yield stack


@pytest.fixture(params=["en", "ar", "ru"])
def target(stack: ServedStack, request: pytest.FixtureRequest) -> Target:
    """The same sites in each language."""
    urls = {site: about["url"] for site, about in stack.facts["sites"].items()}
    return Target("mock", request.param, urls=urls, on_screen=False)


@pytest.fixture
def screen() -> Screen:
    return Screen()


def test_an_errand_comes_as_far_as_the_checkout_and_shows_it(
    target: Target, screen: Screen
) -> None:
    errand = ShopHttpSession(screen.page, target)
    errand.come_in(BUYER)
    errand.come_to_checkout(SLIPPERS)
    assert errand.asks_for("City")
    errand.show()
    assert [address.rpartition("/")[0] for address in screen.shown] == [
        target.url("shop", "/checkout")
    ]


def test_the_next_errand_goes_on_with_the_session_of_the_first(
    target: Target, screen: Screen
) -> None:
    first = WalletHttpSession(screen.page, target)
    first.come_in(BUYER)
    first.keep()
    assert not screen.shown, "only the session was to be kept"
    second = WalletHttpSession(screen.page, target)
    second.open()
    second.open_payee("Entertainment", "Steam")
    second.show()
    assert screen.shown == [target.url("wallet", "/pay/to/steam")]


def test_a_phone_gets_the_pages_for_phones(target: Target) -> None:
    screen = Screen(ON_A_PHONE)
    errand = ShopMobileHttpSession(screen.page, target)
    errand.come_in(BUYER)
    errand.come_to_checkout(SLIPPERS)
    errand.show()
    assert "/mobile/" in screen.shown[0]


def test_a_wrong_label_is_reported_as_a_deviation_of_the_site(
    target: Target, screen: Screen
) -> None:
    errand = WalletHttpSession(screen.page, target)
    errand.open("/sign-in")
    with pytest.raises(UnmetExpectation, match='there is a button "Pay"'):
        errand.press("Pay")
    with pytest.raises(UnmetExpectation, match='there is a field "Amount"'):
        errand.fill_in("Amount", "1")
    with pytest.raises(UnmetExpectation, match="404"):
        errand.open("/nowhere")


def test_a_run_that_is_watched_does_it_on_the_screen(target: Target, screen: Screen) -> None:
    class Seen:
        def __init__(self) -> None:
            self.target = Target("mock", "en", on_screen=True)

    seen = cast(Site, Seen())
    with over_http(seen, ShopHttpSession, show=True) as way:
        assert way is seen
    assert not screen.shown
