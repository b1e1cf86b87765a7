"""The language of the vault's pages (C2.2)."""

from __future__ import annotations

from checkout_conformance.drivers.expect import expect
from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target

from .pages.vault import CODES, Vault
from .support.published_cards import published_card
from .support.sentences import given, then, when

OWN_NAMES = {code: name for name, code in CODES.items()}


@given("the buyer has switched the vault to Russian")
@when("the buyer switches the vault to Russian")
def switch_to_russian(vault: Vault) -> None:
    vault.switch_language(OWN_NAMES["ru"])


@given("the buyer has switched the vault to Russian at its sign-in page")
def has_switched_at_sign_in(vault: Vault) -> None:
    vault.open()
    vault.first_of_sign_in.wait_for()
    vault.switch_language(OWN_NAMES["ru"])


@when("the buyer signs in again on the Russian page")
def sign_in_in_russian(vault: Vault, buyer: Buyer) -> None:
    _in_russian(vault).sign_in(buyer.phone, buyer.password)


@when("the buyer switches the vault to Arabic")
def switch_to_arabic(vault: Vault) -> None:
    vault.switch_language(OWN_NAMES["ar"])


@when("the buyer switches the vault to Russian and back")
def switch_to_russian_and_back(vault: Vault, target: Target) -> None:
    vault.switch_language(OWN_NAMES["ru"])
    _declares(vault, "ru")
    vault.switch_language(OWN_NAMES[target.locale])


@when("the buyer presses the icon of a bank card on the Russian page")
def press_icon_in_russian(vault: Vault) -> None:
    _in_russian(vault).press_icon()


@when('the buyer saves the card "{name}" on the Russian pages')
def save_card_in_russian(vault: Vault, name: str) -> None:
    _in_russian(vault).save_card(published_card(name))


@then("the page is in Russian")
def page_is_russian(vault: Vault) -> None:
    _expect_language(vault, "ru")


@then("the page is in Arabic, from right to left")
def page_is_arabic(vault: Vault) -> None:
    _expect_language(vault, "ar")


@then("the card management page is in Russian")
def management_is_russian(vault: Vault) -> None:
    russian = _in_russian(vault)
    _declares(russian, "ru")
    expect(russian.heading).to_contain_text(russian.target.label("Bank cards"))
    expect(russian.control("Add card")).to_be_visible()


@then("the page says in Russian that {number:Count} cards are being checked")
def states_are_russian(vault: Vault, number: int) -> None:
    words = _in_russian(vault).target.label("Being checked")
    expect(vault.rows.filter(has_text=words)).to_have_count(number)


@then("the vault says in Russian that it holds one cent for a day or less")
def tells_of_cent_in_russian(vault: Vault) -> None:
    russian = _in_russian(vault)
    # Only what names one cent is the message: see Vault.message.
    expect(russian.message).to_contain_text(russian.target.label("one day or less"))


@then("that buyer's page has kept its language")
def other_page_kept_language(other_vault: Vault, target: Target) -> None:
    other_vault.open()
    _expect_language(other_vault, target.locale)


def _in_russian(vault: Vault) -> Vault:
    """The same tab, read with the Russian labels."""
    return Vault.on(vault.page, vault.target.in_other_language("ru"))


def _expect_language(vault: Vault, language: str) -> None:
    """Check the language and the direction that the page declares, and its words."""
    _declares(vault, language)
    words = vault.target.in_other_language(language).label("Bank cards")
    expect(vault.link_of_cards(words)).to_be_visible()


def _declares(vault: Vault, language: str) -> None:
    """Check the language and the direction that the page declares.

    A page need not say that it runs from left to right: that is HTML's default.
    """
    expect(vault.document).to_have_attribute("lang", language)
    direction = vault.document.get_attribute("dir") or "ltr"
    right = (direction == "rtl") == (language == "ar")
    check_that(f"the page runs as {language!r} is written", right, direction)
