"""Sites that sell and pay in a currency with no decimals, or with three."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import Any

from babel.numbers import get_currency_precision

from checkout_conformance.content import content
from checkout_conformance.twins.change import TwinChange
from checkout_conformance.twins.twin import twin
from mock_sites import wallet
from mock_sites.shared.values import published_refusals
from mock_sites.shared.values.money import Money, parse_amount
from mock_sites.shop import store as shop_store
from mock_sites.shop.domain import cart, checkout
from mock_sites.shop.domain import catalogue as goods
from mock_sites.wallet import bill_request
from mock_sites.wallet.domain import buyers
from mock_sites.wallet.domain import catalogue as payees
from mock_sites.wallet.routes import bill_form

REFERENCE = "RUB"
YEN, DINAR = "JPY", "KWD"
# What goods cost more, in the smallest units: prices in dinars then have a third decimal.
MORE = {YEN: 0, DINAR: 4}


def _data(currency: str) -> dict[str, Any]:
    """What a target file says: as many smallest units of the currency as the reference has."""
    reference = content().data.reference().model_dump()
    digits = get_currency_precision(currency)

    def here(amount: Decimal, more: int = 0) -> str:
        minor = int(amount.scaleb(get_currency_precision(REFERENCE))) + more
        return str(Decimal(minor).scaleb(-digits))

    more = MORE[currency]
    products = {
        name: {"price": here(one["price"], more)} for name, one in reference["products"].items()
    }
    limits = {
        name: {
            "smallest": here(one["smallest"]),
            "largest": here(one["largest"]),
            "paid": [here(amount) for amount in one["paid"]],
        }
        for name, one in reference["payees"].items()
    }
    return {"currency": currency, "products": products, "payees": limits}


def _sell_in(site: TwinChange, currency: str) -> None:
    def same_number(text: str, _currency: str) -> Money:
        return Money(parse_amount(text, REFERENCE).minor, currency)

    def price(text: str, _currency: str) -> Money:
        return Money(parse_amount(text, REFERENCE).minor + MORE[currency], currency)

    for module in (shop_store, cart, checkout, goods, payees, published_refusals):
        site.rule(module, "CURRENCY", currency)
    site.rule(goods, "parse_amount", price)
    site.rule(published_refusals, "parse_amount", same_number)
    # Both are read once; here they are read anew, in this currency.
    site.wrap(payees, "categories", lambda read: cache(read.__wrapped__))
    site.wrap(published_refusals, "published_refusals", lambda read: cache(read.__wrapped__))
    for module in (buyers, bill_request, bill_form):
        site.rule(module, "CURRENCIES", (currency, *buyers.CURRENCIES))
    # As many smallest units as of the reference: an order may be that dear in yen, too.
    shift = get_currency_precision(REFERENCE) - get_currency_precision(currency)
    site.rule(bill_request, "LARGEST", bill_request.LARGEST.scaleb(shift))
    site.rule(wallet, "DEMO_FUNDS", replace(wallet.DEMO_FUNDS, currency=currency))
    site.rule(checkout, "LARGEST_ORDER", replace(checkout.LARGEST_ORDER, currency=currency))


@twin("wallet", "W1.4", "W2.2", "W2.6", data=_data(YEN))
def prices_in_yen(site: TwinChange) -> None:
    """All amounts are in yen, which have no decimals."""
    _sell_in(site, YEN)


@twin("wallet", "W1.4", "W2.2", "W2.6", data=_data(DINAR))
def prices_in_dinar(site: TwinChange) -> None:
    """All amounts are in Kuwaiti dinars, which have three decimals."""
    _sell_in(site, DINAR)
