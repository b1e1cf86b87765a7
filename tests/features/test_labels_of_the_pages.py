"""The documented labels on the pages, in each language: catalogues and glossary hold each other.

The features look at each label in a browser. These look at the same pages without one, so that a
label that is changed in a catalogue is named within seconds.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest

from checkout_conformance.targets.glossary import LOCALES, Glossary
from mock_sites.shared.web import languages
from mock_sites.shared.web.languages import CATALOGUES, catalogue
from tests.support.shop_fixture import Customer, shop_fixture
from tests.support.vault_fixture import VaultVisitor, vault_fixture
from tests.support.wallet_fixture import WalletFixture, WalletVisitor, wallet_fixture

# What is pressed, ticked or read as a heading.
SAYS = re.compile(r"<(a|button|label|legend|h1|h2)\b[^>]*>(.*?)</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
CATALOGUE = "LC_MESSAGES/messages.po"
WALLET_MENU = ("Pay", "Invoices", "History")
WALLET_LABELS = {
    "/": ("View", "Balance"),
    "/pay": ("Entertainment", "Fines", "Utilities", "What would you like to pay?"),
    "/pay/entertainment": ("Steam", "Circle", "Games", "Social networks"),
    "/pay/to/steam": ("Pay", "Account name in the game system", "Amount", "Steam"),
    "/invoices": ("Pay (invoice)",),
    "/invoices/{bill}": ("Visa QIWI Wallet", "How would you like to pay?"),
    "/invoices/{bill}/pay?means=qw": ("Pay",),
    "{check}": ("Confirm",),
}
MERCHANT_LABELS = {"/merchant/sign-in": ("Secret key", "Continue")}
CARD_FIELDS = ("Card number", "Card holder", "Expiry", "Security code", "Save card")
SHOP_MENU = ("Cart", "My profile", "My orders")
SHOP_LABELS = {
    "/products/slippers": ("Felt slippers", "Add to cart"),
    "/cart": ("Cart", "Buy"),
    "{checkout}": (
        *("Payment methods", "Card", "Online", "QIWI Wallet", "Confirm (card)", "Confirm order"),
        *CARD_FIELDS,
    ),
    "/profile": ("My Alipay", "Account", "Linked cards"),
    "/profile/alipay": ("You are about to leave the shop", "Continue"),
}
MOBILE_LABELS = {
    "/cart": ("Cart", "Pay"),
    "{checkout}": ("Pay", "Your purchase", "Delivery address"),
    "{mobile}/payment": ("Add new card", "Pay now"),
    "{mobile}/card": ("Done", *CARD_FIELDS),
}
VAULT_LABELS = {
    "/cards": ("Bank cards", "Add card"),
    "/cards/new": ("Save", *CARD_FIELDS[:4], "Country", "Postal code", "Address"),
}
Open = Callable[[str], str]


def said_on(part: str) -> set[str]:
    """The texts of the buttons, links, labels and headings in a part of a page."""
    return {" ".join(unescape(TAG.sub(" ", text)).split()) for _, text in SAYS.findall(part)}


def not_said(
    open_page: Open, labels: dict[str, tuple[str, ...]], locale: str, **parts: str
) -> list[str]:
    """The labels that a page should carry and does not, each with its page."""
    glossary, missing = Glossary(locale), []
    for path, names in labels.items():
        said = said_on(open_page(path.format(**parts)).partition("<main")[2])
        missing += [f"{path}: {name}" for name in names if glossary.label(name) not in said]
    return missing


def not_in_menu(page: str, names: tuple[str, ...], locale: str) -> list[str]:
    """The labels that the menu above a page lacks."""
    said = said_on(page.partition("<main")[0])
    return [name for name in names if Glossary(locale).label(name) not in said]


@pytest.fixture
def wallet(tmp_path: Path) -> Iterator[WalletFixture]:
    with wallet_fixture(tmp_path) as fixture:
        yield fixture


def in_wallet(fixture: WalletFixture, locale: str) -> list[str]:
    """The labels that the wallet's pages lack in a language."""
    buyer: WalletVisitor = fixture.buyer()
    buyer.open(f"/?language={locale}")
    parts = {"bill": fixture.issue(), "check": buyer.enter()}
    labels = WALLET_LABELS | MERCHANT_LABELS
    return not_said(lambda path: buyer.open(path).text, labels, locale, **parts)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_wallets_pages_carry_the_labels(wallet: WalletFixture, locale: str) -> None:
    assert in_wallet(wallet, locale) == []
    page = wallet.buyer().open(f"/?language={locale}").text
    assert not_in_menu(page, WALLET_MENU, locale) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_shops_pages_carry_the_labels(tmp_path: Path, locale: str) -> None:
    with shop_fixture(tmp_path) as fixture:
        customer, checkout = _at_checkout(fixture.customer(), locale)
        assert not_said(customer.open, SHOP_LABELS, locale, checkout=checkout) == []
        assert not_in_menu(customer.open("/"), SHOP_MENU, locale) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_mobile_shops_pages_carry_the_labels(tmp_path: Path, locale: str) -> None:
    with shop_fixture(tmp_path) as fixture:
        customer, checkout = _at_checkout(fixture.customer(), locale)
        customer.open("/version/mobile")
        mobile = checkout.replace("/checkout/", "/mobile/")
        parts = {"checkout": checkout, "mobile": mobile}
        assert not_said(customer.open, MOBILE_LABELS, locale, **parts) == []


def _at_checkout(customer: Customer, locale: str) -> tuple[Customer, str]:
    customer.open(f"/?language={locale}")
    customer.put_into_cart("slippers")
    return customer, customer.buy("slippers")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_vaults_pages_carry_the_labels(tmp_path: Path, locale: str) -> None:
    with vault_fixture(tmp_path) as fixture:
        holder: VaultVisitor = fixture.holder()
        holder.open(f"/?language={locale}")
        assert not_said(lambda path: holder.open(path).text, VAULT_LABELS, locale) == []


@pytest.mark.parametrize("locale", sorted(set(LOCALES) - {"en"}))
def test_a_label_that_is_changed_in_a_catalogue_is_named(
    wallet: WalletFixture,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    locale: str,
) -> None:
    entry = re.compile(r'(msgctxt "invoice"\nmsgid "Pay"\nmsgstr ")[^"]+')
    file = Path(shutil.copytree(CATALOGUES, tmp_path / "changed"), locale, CATALOGUE)
    text, changes = entry.subn(r"\1changed", file.read_text(encoding="utf-8"))
    assert changes == 1
    file.write_text(text, encoding="utf-8")
    monkeypatch.setattr(languages, "CATALOGUES", tmp_path / "changed")
    catalogue.cache_clear()
    request.addfinalizer(catalogue.cache_clear)
    assert in_wallet(wallet, locale) == ["/invoices: Pay (invoice)"]
