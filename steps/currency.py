"""Whether a shop keeps to what is bought: products, pieces, prices and their currency.

For C1.1, C1.2, C3.1 to C3.3, C3.6 and W2.2.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.page import Locator
from checkout_conformance.expectations import check_that, expect_that

from .pages.shop import Shop
from .support.counts import numbers_before_times, says_number


def expect_products(
    shop: Shop, part: Locator, wanted: Mapping[str, int], others: Collection[str] = ()
) -> None:
    """Check that a part of the page has products, each with its number of pieces, not others."""
    for product, pieces in wanted.items():
        words = shop.target.label(product)
        expect_that(f"{product!r} is there", expect(part).to_contain_text, words)
        if pieces > 1:
            check_pieces(shop, part, product, pieces)
    for product in others:
        words = shop.target.label(product)
        expect_that(f"{product!r} is not there", expect(part).not_to_contain_text, words)


def check_currency(shop: Shop, where: str, part: Locator, product: str) -> None:
    """Check that a part of the page has no amount in a currency in which it sells no product.

    A currency that also stands on the page of the product is right: some shops convert prices.
    """
    other = shop.foreign_money(part, product)
    what = f"{where} shows no amount in a currency in which the product is not sold"
    check_that(what, not other, ", ".join(other) or "no other currency")


def check_prices(shop: Shop, where: str, row: Locator, product: str, pieces: int) -> None:
    """Check that the row of a product has its price or that of all pieces, if it has any amount."""
    prices, shown = shop.prices_of(product), shop.amounts_of(row)
    right = {number * price for price in prices for number in (1, pieces)}
    written = ", ".join(f"{amount:f}" for amount in sorted(shown)) or "no amount"
    same = not shown or bool(shown & right)
    check_that(f"{where} shows the price of the product's own page", same, written)


def check_pieces(shop: Shop, part: Locator, product: str, pieces: int) -> None:
    """Check that a part of the page tells the number of pieces: as a number, or by the amount.

    A row of the product that multiplies has to multiply by that number.
    """
    row = shop.row_in(part, product)
    words = row.inner_text()
    shown = says_number(words, pieces)
    # The page of the product is opened only if the row does not count the pieces.
    shown = shown or bool(shop.amounts_of(row) & {pieces * one for one in shop.prices_of(product)})
    counted = numbers_before_times(words, shop.target.label(product))
    other = row is not part and counted and pieces not in counted
    check_that(f"{pieces} pieces of {product!r} are there", shown and not other, words)
