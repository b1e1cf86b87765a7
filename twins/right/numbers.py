"""Amounts, moments and card numbers in other formats; other prices and limits."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from babel.numbers import format_currency

from checkout_conformance.content import content
from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites.shared.values.money import Money, parse_amount
from mock_sites.shop.domain import catalogue as shop_catalogue
from mock_sites.wallet.domain import catalogue
from mock_sites.wallet.domain.catalogue import Category


def _plus(money: Money, *, signed: bool) -> str:
    return "+" if signed and money.minor > 0 else ""


@twin("wallet", "W1.5", "W2.3", "W2.4")
def sign_stands_behind_the_amount(site: TwinChange) -> None:
    """Amounts are written as in Russia, in every language: "1 190,00 ₽"."""

    def words(money: Money, _locale: str, *, signed: bool = False) -> str:
        return _plus(money, signed=signed) + format_currency(
            money.value, money.currency, locale="ru"
        )

    site.rule(Money, "words", words)


@twin("shop", "W2.1", "C1.2", "C3.3")
def whole_amounts_have_no_decimals(site: TwinChange) -> None:
    """Whole amounts have no decimals: "1 190 ₽", but "245,50 ₽"."""

    def words(money: Money, _locale: str, *, signed: bool = False) -> str:
        written = format_currency(money.value, money.currency, locale="ru").replace(",00", "")
        return _plus(money, signed=signed) + written

    site.rule(Money, "words", words)


@twin("vault", "C2.5")
def code_stands_behind_the_amount(site: TwinChange) -> None:
    """The code of the currency stands behind the amount: "0.01 RUB"."""

    def words(money: Money, _locale: str, *, signed: bool = False) -> str:
        return f"{_plus(money, signed=signed)}{money.value:,} {money.currency}"

    site.rule(Money, "words", words)


@twin("wallet", "W2.4")
def moments_are_written_as_iso_dates(site: TwinChange) -> None:
    """Moments are written as ISO dates: "2026-11-26 18:30"."""
    for template in ("invoices.html", "bill_facts.html"):
        site.page(template, "expires_at | moment", "expires_at.strftime('%Y-%m-%d %H:%M')")


@twin("shop", "C1.3", "C1.5", "C3.4")
def cards_are_masked_with_stars(site: TwinChange) -> None:
    """The shop masks a card with stars: "Visa **** 1111"."""
    site.page("card_words.html", "•••• {{ card", "**** {{ card")


@twin("vault", "C2.3", "C2.5")
def cards_are_named_by_their_ending(site: TwinChange) -> None:
    """The vault names a card by its last digits: "Visa ending in 1111"."""
    site.page(
        "card_facts.html",
        '<bdi dir="ltr">{{ card.masked_number }}</bdi>',
        "ending in {{ card.masked_number[-4:] }}",
    )
    site.page("cards.html", "' ' ~ card.masked_number", "' ending in ' ~ card.masked_number[-4:]")


def _dearer_products() -> dict[str, dict[str, str]]:
    """The prices of all products, by the keys of a target file."""
    products = content().data.reference().model_dump()["products"]
    return {name: {"price": str(Decimal(one["price"]) + 100)} for name, one in products.items()}


@twin("shop", "W2.1", "C1.2", data={"products": _dearer_products()})
def prices_are_higher(site: TwinChange) -> None:
    """Every product costs 100 roubles more."""

    def dearer(text: str, currency: str) -> Money:
        return Money(parse_amount(text, currency).minor + 10_000, currency)

    site.rule(shop_catalogue, "parse_amount", dearer)


@twin("wallet", "W1.4")
def payees_have_other_limits(site: TwinChange) -> None:
    """A payee takes from 100 to 5,000 roubles."""

    def limited(category: Category) -> Category:
        lowest, highest = Money(10_000, catalogue.CURRENCY), Money(500_000, catalogue.CURRENCY)
        groups = {
            name: [replace(payee, smallest=lowest, largest=highest) for payee in payees]
            for name, payees in category.groups.items()
        }
        return replace(category, groups=groups)

    site.wrap(catalogue, "categories", lambda read: lambda: tuple(map(limited, read())))
