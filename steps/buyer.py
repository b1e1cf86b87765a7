"""The buyer on any page: pressing, typing, going back, and what the page shows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from checkout_conformance.drivers.capabilities import Capability, needs
from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Locator, Page
from checkout_conformance.drivers.site import Site
from checkout_conformance.people import Buyer
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import Target

from .pages.expiry_boxes import expiry_boxes
from .pages.flows.card import BUYS
from .pages.flows.sign_in import SignInFlows, sign_in
from .pages.flows.wallet import BALANCE
from .pages.shop import Shop
from .pages.vault import Vault
from .pages.wallet import Wallet
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.sentences import given, then, when

SOMETHING = re.compile(r"\S")
# What a site may answer in several ways: the pages on which the buyer goes on.
PRESSED_ON = {
    **dict.fromkeys(("Buy", *BUYS, "Add new card"), "shop"),
    "Confirm": "payment",
    BALANCE: "invoices",
    "Save": "vault",
}

SIGNS_IN: dict[str, type[SignInFlows]] = {"wallet": Wallet, "shop": Shop, "vault": Vault}


@pytest.fixture
def site(page: Page, target: Target) -> Site:
    """The page that the buyer is on, of any site."""
    return Site.on(page, target)


@given("{span:Span} have passed")
@when("{span:Span} have passed")
@asks("clock", span_in="span")
def time_passes(controls: Controls, span: timedelta) -> None:
    controls.advance_clock(span.total_seconds())


@given('the buyer has pressed "{label}"')
@when('the buyer presses "{label}"')
def press(site: Site, label: str, request: pytest.FixtureRequest) -> None:
    kind = PRESSED_ON.get(label)
    pages: Site = request.getfixturevalue(kind) if kind else site
    pages.press(label)


@given('the buyer has pressed "{label}" and waited {span:Span}')
@asks("clock", span_in="span")
def press_and_wait(site: Site, controls: Controls, label: str, span: timedelta) -> None:
    site.press(label)
    controls.advance_clock(span.total_seconds())


@when('the buyer presses "{label}" twice at once')
def press_twice(site: Site, label: str) -> None:
    site.press_twice(label)


@when("the buyer leaves and comes back")
def leave_and_come_back(site: Site) -> None:
    site.leave_and_come_back()


@given("the buyer has signed in again")
@when("the buyer signs in again")
def sign_in_again(site: Site, buyer: Buyer) -> None:
    pages = _pages_of_open_site(site)
    if pages is None:
        sign_in(site, buyer.phone, buyer.password)
    else:
        pages.sign_in_again(buyer)


def _pages_of_open_site(site: Site) -> SignInFlows | None:
    """The page object of the site whose page is open; None for one where nobody signs in."""
    for name, kind in SIGNS_IN.items():
        address = site.target.urls.get(name, "").rstrip("/")
        if address and site.page.url.startswith(f"{address}/"):
            return kind.on(site.page, site.target)
    return None


@given('the buyer has filled in "{label}" with "{value}"')
@when('the buyer fills in "{label}" with "{value}"')
def fill_in(site: Site, label: str, value: str) -> None:
    site.fill_in(label, value)


@when("the buyer goes back")
def go_back(site: Site) -> None:
    site.go_back()


@when('the buyer changes the address of the page from "{old}" to "{new}"')
def change_address(site: Site, old: str, new: str) -> None:
    site.change_address(old, new)


@then('the button "{label}" cannot be pressed')
@needs(Capability.SCRIPT)
def cannot_be_pressed(site: Site, label: str) -> None:
    expect(site.control(label)).to_be_disabled()


@then('the button "{label}" can be pressed')
@needs(Capability.SCRIPT)
def can_be_pressed(site: Site, label: str) -> None:
    expect(site.control(label)).to_be_enabled()


@then('the page shows "{text}"')
def page_shows_text(site: Site, text: str) -> None:
    expect(site.shown(site.target.words(text)).first).to_be_visible()


@then('the page says "{words}"')
def page_says(site: Site, words: str) -> None:
    expect(site.says(words).first).to_be_visible()


@then("the page shows {money:Money}")
def page_shows_money(site: Site, money: NamedAmount) -> None:
    expect(site.shown(money.on_page).first).to_be_visible()


@then('"{label}" is marked as wrong, with the reason beside it')
def marked_as_wrong(site: Site, label: str) -> None:
    if label == "Expiry" and expiry_boxes(site.page)[0].is_visible():
        expect(site.alerts.first).to_have_text(SOMETHING)
        return
    marked_field(site.field(label))


def marked_field(field: Locator) -> None:
    """Check that a field is marked as wrong, with the reason beside it."""
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(SOMETHING)


@then('"{label}" still holds "{value}"')
def still_holds(site: Site, label: str, value: str) -> None:
    expect(site.field(label)).to_have_value(value)
