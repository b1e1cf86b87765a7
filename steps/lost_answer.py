"""A press whose answer never comes: the buyer cannot know what it did, and tries again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from checkout_conformance.drivers.site import Site
from checkout_conformance.people import Buyer
from checkout_conformance.targets.addresses import without_query
from checkout_conformance.targets.needed import asks
from checkout_conformance.targets.target import SiteUnreachable

from .pages.payment import Payment
from .pages.shop import Shop
from .pages.shop_mobile import ShopMobile
from .pages.vault import Vault
from .support.attempts import Retry
from .support.controls import Controls
from .support.faults import Fault, Faults
from .support.published_cards import published_card
from .support.sentences import given, when


@dataclass(frozen=True)
class Attempt:
    """What the buyer has tried, without an answer.

    ``form`` is the address of the page on which it began, ``label`` the control that was pressed.
    """

    site: Site
    form: str
    label: str
    act: Callable[[Any], None]

    def again(self, site: Site) -> None:
        """Try it again in this tab, if the form is open there and still offers it.

        Another page may have a control that has the label's word in its name.
        """
        form_is_open = site.where in (without_query(self.form), self.site.pressed_on)
        if form_is_open and site.control(self.label).is_visible():
            self.act(site)


def unanswered(site: Site, label: str, act: Callable[[Any], None]) -> Attempt:
    """Do what presses the control, and return what can be tried again."""
    attempt = Attempt(site, site.page.url, label, act)
    # A browser shows a page of its own instead, or sends the form once more by itself.
    with suppress(SiteUnreachable):
        act(site)
    return attempt


@given("the {site:Site} {failure:Failure} on the buyer's next press")
@asks("faults", site_in="site")
def fails_on_press(faults: Faults, site: str, failure: Fault) -> None:
    faults.set_for_form(site, failure)


@given("the buyer has confirmed the order without an answer", target_fixture="attempt")
def confirmed_order(shop: Shop) -> Attempt:
    def confirm(tab: Shop) -> None:
        tab.get_ready_to_confirm()
        tab.press("Confirm order")

    return unanswered(shop, "Confirm order", confirm)


@given("the buyer has entered the right code without an answer", target_fixture="attempt")
def entered_code(payment: Payment, controls: Controls, buyer: Buyer) -> Attempt:
    code = controls.newest_code(buyer.phone)
    return unanswered(payment, "Confirm", lambda tab: tab.confirm_with(code))


@given('the buyer has saved the card "{name}" without an answer', target_fixture="attempt")
def saved_card(shop: Shop, name: str) -> Attempt:
    return _confirmed_card(shop, name, lambda tab: tab.box("Save card").check())


@given(
    'the buyer has paid with the card "{name}" without saving it and without an answer',
    target_fixture="attempt",
)
def paid_with_card(shop: Shop, name: str) -> Attempt:
    return _confirmed_card(shop, name, lambda tab: tab.box("Save card").uncheck())


@given(
    'the buyer has saved the card "{name}" in the vault without an answer',
    target_fixture="attempt",
)
def saved_in_vault(vault: Vault, name: str) -> Attempt:
    def save(tab: Vault) -> None:
        tab.fill_in_all(published_card(name))
        tab.press("Save")

    return unanswered(vault, "Save", save)


@given(
    'the buyer has linked the card "{name}" on the phone without an answer',
    target_fixture="attempt",
)
def linked_on_phone(shop: ShopMobile, name: str) -> Attempt:
    return unanswered(shop, "Done", lambda tab: tab.save_card(published_card(name)))


@given("the buyer has bought with the chosen card without an answer", target_fixture="attempt")
def bought_on_phone(shop: ShopMobile) -> Attempt:
    return unanswered(shop, "Pay now", lambda tab: tab.press("Pay now"))


@when("the buyer tries again {how:Retry}")
def try_again(attempt: Attempt, how: Retry) -> None:
    site = attempt.site
    if how is Retry.BY_RELOADING:
        site.page.reload()
    elif how is Retry.AFTER_GOING_BACK:
        site.go_back()
        attempt.again(site)
    else:
        tab = site.new_tab()
        tab.page.goto(attempt.form)
        attempt.again(tab)
        tab.close()


def _confirmed_card(shop: Shop, name: str, choose: Callable[[Shop], None]) -> Attempt:
    """Fill in a card at the checkout, choose whether to save it, and confirm it unanswered."""

    def confirm(tab: Shop) -> None:
        tab.give_address()
        tab.show_card_form()
        tab.fill_in_card(published_card(name))
        choose(tab)
        tab.press("Confirm (card)")

    return unanswered(shop, "Confirm (card)", confirm)
