"""Walk W1 with pytest-bdd, httpx and lxml: one client a worker, one walk a scenario."""

import os
from collections.abc import Iterator

import httpx
import pytest
from pytest_bdd import parsers, scenarios, step

from benchmarks.peers.http_walk import HttpWalk, new_client
from benchmarks.peers.sites import Sites

scenarios(os.environ["WALK_FEATURE"])


@pytest.fixture(scope="session")
def sites() -> Sites:
    """Where they are."""
    return Sites()


@pytest.fixture(scope="session")
def client() -> Iterator[httpx.Client]:
    """The connections."""
    with new_client() as client:
        yield client


@pytest.fixture
def walk(client: httpx.Client, sites: Sites) -> HttpWalk:
    """A new buyer in a fresh session."""
    return HttpWalk(client, sites)


@step("a buyer with 1000.00 RUB in the wallet")
def has_wallet(walk: HttpWalk) -> None:
    """The fixture opens the wallet."""


@step("the buyer is signed in to the wallet")
def sign_in(walk: HttpWalk) -> None:
    walk.sign_in()


@step(parsers.parse('the buyer opens "{label}" in the menu'))
def open_in_menu(walk: HttpWalk, label: str) -> None:
    walk.open_in_menu(label)


@step("the wallet shows what can be paid, by category")
def sees_categories(walk: HttpWalk) -> None:
    walk.sees_categories()


@step(parsers.parse('the buyer chooses the category "{caption}"'))
@step(parsers.parse('the buyer opens the tile with the logo and the caption "{caption}"'))
def open_tile(walk: HttpWalk, caption: str) -> None:
    walk.open_tile(caption)


@step(parsers.parse('the wallet offers "{group}"'))
def is_offered(walk: HttpWalk, group: str) -> None:
    walk.is_offered(group)


@step(parsers.parse('the wallet shows the page "{title}"'))
def is_on_page(walk: HttpWalk, title: str) -> None:
    walk.is_on_page(title)


@step(parsers.parse('the buyer fills in "{label}" with "{value}"'))
def fill_in(walk: HttpWalk, label: str, value: str) -> None:
    walk.fill_in(label, value)


@step(parsers.parse('the buyer presses "{label}"'))
def press(walk: HttpWalk, label: str) -> None:
    walk.press(label)


@step(parsers.parse('the page shows "{text}"'))
def sees(walk: HttpWalk, text: str) -> None:
    walk.sees(text)


@step(parsers.parse("the page shows {amount} RUB"))
def sees_money(walk: HttpWalk, amount: str) -> None:
    walk.sees_money(amount)


@step("nothing has been paid")
def has_in_another_tab(walk: HttpWalk) -> None:
    walk.has_in_another_tab("1000.00")


@step("a message with a code has arrived on the phone")
def has_got_code(walk: HttpWalk) -> None:
    walk.has_got_code()


@step(parsers.parse('the button "{label}" cannot be pressed'))
def cannot_press(walk: HttpWalk, label: str) -> None:
    walk.cannot_press(label)


@step("the buyer enters the code from the message")
def enter_code(walk: HttpWalk) -> None:
    walk.enter_code()


@step(parsers.parse('the receipt shows {amount} RUB for "{payee}"'))
def has_receipt(walk: HttpWalk, amount: str, payee: str) -> None:
    walk.has_receipt(amount, payee)


@step(parsers.parse("the wallet holds {amount} RUB"))
def holds(walk: HttpWalk, amount: str) -> None:
    walk.holds(amount)
