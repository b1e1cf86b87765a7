"""The vault's form for a card, beside another tab or after an earlier card (C2.4)."""

from __future__ import annotations

from collections.abc import Callable

from checkout_conformance.drivers.expect import expect
from checkout_conformance.expectations import expect_that

from .card import expect_form
from .pages.vault import Vault
from .support.published_cards import published_card
from .support.sentences import given, then, when

APPROVED = "Visa, approved"


@given(
    'the buyer has filled in the card "{name}" in another tab of the vault',
    target_fixture="other_tab",
)
def has_filled_in_another_tab(vault: Vault, name: str) -> Vault:
    tab = vault.new_tab()
    tab.open_form()
    tab.fill_in_all(published_card(name))
    return tab


@when('the buyer presses "{label}" in that tab')
def press_in_that_tab(other_tab: Vault, label: str) -> None:
    other_tab.press(label)


@given('the buyer has saved in the vault the card "{name}" whose "{field}" is "{value}"')
def has_saved_changed_card(vault: Vault, name: str, field: str, value: str) -> None:
    with vault.beforehand() as pages:
        pages.open_form()
        pages.fill_in_all(published_card(name), **{field: value})
        pages.press("Save")
    vault.row(published_card(name)).wait_for()


@given('the vault has refused a card whose "{field}" is "{value}"')
def has_refused_card(vault: Vault, field: str, value: str) -> None:
    vault.fill_in_all(published_card(APPROVED), **{field: value})
    vault.press("Save")
    expect(vault.field(field)).to_have_attribute("aria-invalid", "true")


@when("the buyer saves in the vault a card without a country")
def save_without_country(vault: Vault) -> None:
    vault.fill_in_all(published_card(APPROVED), Country="")
    vault.press("Save")


@when('the buyer saves in the vault a card with spaces alone as "{field}"')
def save_with_spaces(vault: Vault, field: str) -> None:
    vault.fill_in_all(published_card(APPROVED), **{field: "   "})
    vault.press("Save")


@when("the buyer saves a card in the vault with its number written {how:Way}")
def save_card_written(vault: Vault, how: Callable[[str], str]) -> None:
    card = published_card(APPROVED)
    vault.open_form()
    vault.fill_in_all(card, **{"Card number": how(card.number)})
    vault.press("Save")


@then("the vault shows its form for a card, without the data of another")
def form_is_empty(vault: Vault) -> None:
    vault.go_on_to_card()
    expect_form(vault)
    for label in ("Card number", "Security code"):
        expect_that(f"{label!r} is empty", expect(vault.field(label)).to_have_value, "")
