"""The data that these features need: goods, payees, addresses, rules of codes and locks.

The values stand in ``features/data.toml``; a target file overrides them key by key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Literal, TypeVar

from babel.numbers import UnknownCurrencyError, get_currency_precision
from pydantic import AfterValidator, Field, model_validator

from checkout_conformance.data import (
    CURRENT,
    DATA,
    DataError,
    DataTable,
    DescribedData,
    nearest,
)

# The features are written in a currency of two decimals. Another one may have up to four.
DECIMALS, MOST_DECIMALS = 2, 4
# The payee whose limits the features overstep by a cent.
LIMITED = "Steam"
# A buyer has 5000.00 in the wallet, from which the features pay these, one by one or together; of
# the first a part is refunded. In lists they are told apart by their prices. In a currency with
# other decimals these are as many of its smallest units.
SMALLEST_PRICE = Decimal("10.01")
CENT = Decimal("0.01")
# An amount as the features type it. They type one without decimals; other whole numbers are codes.
TYPED = re.compile(r"[0-9][0-9 ]*\.[0-9]{2}|1000")
# Such an amount in another spelling, or with other decimals: 150,5 or ١٥٠٫٥٠ or 10.005.
SPELLED = re.compile(r"^(\d+)([.,\N{ARABIC DECIMAL SEPARATOR}])(\d+)$")
LARGEST_PRICES = {
    "Felt slippers": Decimal(2400),
    "Linden honey, 500 g": Decimal(2400),
    "Reading lamp": Decimal(4900),
    "Tea glass with holder": Decimal(4900),
}


def _currency(code: str) -> str:
    try:
        decimals = get_currency_precision(code)
    except UnknownCurrencyError:
        decimals = None
    if len(code) != 3 or not code.isupper() or decimals is None:
        raise ValueError("name a currency by its three capital letters: EUR")
    return code


Found = TypeVar("Found")
CurrencyCode = Annotated[str, AfterValidator(_currency)]
Price = Annotated[Decimal, Field(gt=0, max_digits=13, decimal_places=MOST_DECIMALS)]
Path = Annotated[str, Field(pattern="^/")]


class ProductData(DataTable):
    """A product of the shop."""

    name: str | None = Field(default=None, min_length=1)
    """What the pages call it; without it, its label."""
    price: Price
    """What one piece costs at the checkout, with every tax."""


class PayeeData(DataTable):
    """A payee of the wallet's own site."""

    name: str | None = Field(default=None, min_length=1)
    """What the pages call it; without it, its label."""
    smallest: Price
    """The smallest amount that it takes."""
    largest: Price
    """The largest amount that it takes."""
    accounts: Mapping[str, str] = {}
    """What is typed as its account, valid or not, by what the features quote."""
    paid: tuple[Price, ...] = ()
    """The amounts that the features pay to it, which have to lie within its limits."""

    @model_validator(mode="after")
    def _takes_what_is_paid(self) -> PayeeData:
        for amount in self.paid:
            if not self.smallest <= amount <= self.largest:
                raise ValueError(
                    f"the features pay {amount} here, which the limits {self.smallest} to"
                    f" {self.largest} exclude"
                )
        return self

    @property
    def amounts(self) -> tuple[Decimal, ...]:
        """Every amount that is said of it."""
        return (self.smallest, self.largest, *self.paid)


class AddressData(DataTable):
    """An address for a delivery."""

    city: str = Field(min_length=1)
    """The city."""
    street: str = Field(min_length=1)
    """Street, house and flat."""
    postal_code: str = Field(min_length=1)
    """The postal code."""
    country: str = Field(default="RU", min_length=1)
    """The country of a card's holder, as the value of its option in the vault."""
    recipient: str | None = None
    """The recipient, if it is not the buyer."""


class LimitData(DataTable):
    """The numbers that no document states: how often, and how long."""

    wrong_passwords: int = Field(ge=1, le=20)
    """How many wrong passwords lock a phone number."""
    wrong_codes: int = Field(ge=2, le=20)
    """How many wrong codes end a payment."""
    lock_seconds: int = Field(ge=1)
    """How long a phone number is locked."""
    code_seconds: int = Field(ge=60)
    """How long a code is valid."""
    new_code_seconds: int = Field(ge=0)
    """How long a buyer waits before a new code can be asked for."""
    invoice_seconds: int = Field(ge=600)
    """How long an invoice can be paid."""
    too_slow_seconds: float = Field(gt=0, le=30)
    """How slow an answer is for which another site no longer waits."""


class Data(DescribedData):
    """The data of the features about wallet, shop and vault."""

    currency: CurrencyCode
    """The currency of every amount: it stands where the features say RUB."""
    card_holder: str = Field(min_length=1)
    """The name on the cards."""
    newest_invoice: Literal["first", "last"]
    """Where the newest invoice stands in the wallet's list (W2.4 states no order)."""
    products: Mapping[str, ProductData]
    """The shop's products, by their names in the features."""
    payees: Mapping[str, PayeeData]
    """The wallet's payees, by their names in the features."""
    address: AddressData
    """The usual address for a delivery."""
    addresses: Mapping[str, AddressData]
    """More addresses, by the street that the features quote."""
    limits: LimitData
    """How often and how long."""
    paths: Mapping[str, Mapping[str, Path]]
    """The paths of pages that are opened by their address, by site and name."""

    @model_validator(mode="after")
    def _has_the_decimals_of_its_currency(self) -> Data:
        named = [(f"products.{name}", one.price) for name, one in self.products.items()]
        named += [
            (f"payees.{name}", each) for name, one in self.payees.items() for each in one.amounts
        ]
        for where, amount in named:
            if amount != amount.quantize(self.smallest_unit):
                raise ValueError(
                    f"{where}: {amount} has more decimals than {self.currency},"
                    f" which has {self.decimals}"
                )
        return self

    @model_validator(mode="after")
    def _can_be_paid(self) -> Data:
        least = self.scaled(SMALLEST_PRICE)
        for name, largest in LARGEST_PRICES.items():
            price, most = self.product(name).price, self.scaled(largest)
            if not least <= price <= most:
                raise ValueError(
                    f"products.{name}: the features pay and refund it from"
                    f" {self.scaled(Decimal(5000))}, so its price has to be between {least} and"
                    f" {most}, not {price}"
                )
        if len({self.product(name).price for name in LARGEST_PRICES}) < len(LARGEST_PRICES):
            names = ", ".join(LARGEST_PRICES)
            raise ValueError(f"products: give {names} different prices: invoices are told by them")
        return self

    @property
    def decimals(self) -> int:
        """How many decimals the currency has."""
        return int(get_currency_precision(self.currency))

    @property
    def smallest_unit(self) -> Decimal:
        """The smallest amount of the currency: 0.01 of roubles, 1 of yen."""
        return Decimal(1).scaleb(-self.decimals)

    def scaled(self, amount: Decimal) -> Decimal:
        """Return as many smallest units as ``amount`` has of the features' currency."""
        return amount.scaleb(DECIMALS - self.decimals).quantize(self.smallest_unit)

    def typed(self, amount: Decimal) -> str:
        """An amount as a buyer types it, with the decimals of the currency."""
        return f"{amount:.{self.decimals}f}"

    def typed_here(self, quoted: str) -> str:
        """Return what is typed here for what the features quote: an amount is grouped as it is."""
        if self.decimals == DECIMALS:
            return quoted
        if not TYPED.fullmatch(quoted):
            return SPELLED.sub(self._spelled_alike, quoted)
        amount = self.scaled(Decimal(quoted.replace(" ", "")))
        return f"{amount:,}".replace(",", " ") if " " in quoted else self.typed(amount)

    def _spelled_alike(self, spelled: re.Match[str]) -> str:
        """The amount in this currency, in the same script; too many decimals stay too many."""
        whole, sign, part = spelled.groups()
        amount = Decimal(int(whole + part)).scaleb(DECIMALS - self.decimals - len(part))
        written = f"{amount:f}".replace(".", sign)
        zero = ord(whole[0]) - unicodedata.decimal(whole[0])
        return written.translate({ord("0") + digit: zero + digit for digit in range(10)})

    @property
    def labels(self) -> Mapping[str, str]:
        """What the pages call products and payees, by their labels."""
        products = {label: one.name for label, one in self.products.items() if one.name}
        return products | {label: one.name for label, one in self.payees.items() if one.name}

    @property
    def values(self) -> Mapping[str, str]:
        """What is typed and shown here, by what the features quote."""
        usual = Data.reference()
        found: dict[str, str] = {}
        for payee in self.payees.values():
            found |= payee.accounts
        there, here = usual.payee(LIMITED), self.payee(LIMITED)
        found[usual.typed(there.smallest - CENT)] = self.typed(here.smallest - self.smallest_unit)
        found[usual.typed(there.largest + CENT)] = self.typed(here.largest + self.smallest_unit)
        found |= {quoted: one.street for quoted, one in self.addresses.items()}
        return found | {
            usual.address.city: self.address.city,
            usual.address.street: self.address.street,
            usual.address.postal_code: self.address.postal_code,
            usual.card_holder: self.card_holder,
        }

    def product(self, name: str) -> ProductData:
        """Return a product by its name in the features. Raises DataError."""
        return _found(self.products, name, "product")

    def payee(self, name: str) -> PayeeData:
        """Return a payee by its name in the features. Raises DataError."""
        return _found(self.payees, name, "payee")

    def name_of(self, name: str) -> str:
        """What the site itself calls a product or payee, in English."""
        return self.labels.get(name, name)

    def known_address(self, street: str) -> AddressData | None:
        """The described address with this street on the target, if there is one."""
        return next((one for one in self.addresses.values() if one.street == street), None)

    @property
    def lock(self) -> timedelta:
        """How long a phone number is locked."""
        return timedelta(seconds=self.limits.lock_seconds)

    @property
    def code(self) -> timedelta:
        """How long a code is valid."""
        return timedelta(seconds=self.limits.code_seconds)

    @property
    def new_code(self) -> timedelta:
        """How long a buyer waits before a new code can be asked for."""
        return timedelta(seconds=self.limits.new_code_seconds)

    @property
    def invoice(self) -> timedelta:
        """How long an invoice can be paid."""
        return timedelta(seconds=self.limits.invoice_seconds)


def data() -> Data:
    """Return the data of the run's target."""
    return CURRENT.of(Data)


def quoted(text: str) -> str:
    """Return what the target has instead of words that a feature quotes."""
    known = data()
    return known.values.get(text) or known.typed_here(text)


def _found(table: Mapping[str, Found], name: str, kind: str) -> Found:
    if name not in table:
        raise DataError(f"features/{DATA.name} has no {kind} {name!r}: {nearest(name, [*table])}")
    return table[name]
