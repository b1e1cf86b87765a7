"""The language of the vault's pages (C2.2)."""

from __future__ import annotations

from checkout_conformance.drivers.expect import expect
from checkout_conformance.targets.glossary import Glossary
from checkout_conformance.targets.target import Target

from .pages.vault import Vault
from .support.sentences import then, when

# The names of the languages in the switch, which are the same on a page in any language.
OWN_NAMES = {"en": "English", "ru": "Русский", "ar": "العربية"}


@when("the buyer switches the vault to Russian")
def switch_to_russian(vault: Vault) -> None:
    vault.switch_language(OWN_NAMES["ru"])


@when("the buyer switches the vault to Arabic")
def switch_to_arabic(vault: Vault) -> None:
    vault.switch_language(OWN_NAMES["ar"])


@when("the buyer switches the vault to Russian and back")
def switch_to_russian_and_back(vault: Vault, target: Target) -> None:
    vault.switch_language(OWN_NAMES["ru"])
    expect(vault.document).to_have_attribute("lang", "ru")
    vault.switch_language(OWN_NAMES[target.locale])


@then("the page is in Russian")
def page_is_russian(vault: Vault) -> None:
    _expect_language(vault, "ru", "ltr")


@then("the page is in Arabic, from right to left")
def page_is_arabic(vault: Vault) -> None:
    _expect_language(vault, "ar", "rtl")


def _expect_language(vault: Vault, language: str, direction: str) -> None:
    """Check the language and the direction that the page declares, and its words."""
    expect(vault.document).to_have_attribute("lang", language)
    expect(vault.document).to_have_attribute("dir", direction)
    expect(vault.link_of_cards(Glossary(language).label("Bank cards"))).to_be_visible()
