"""The catalogue of the wallet's own site: categories, payees, their rules (W1.1-W1.4)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ...shared.values.money import Money, parse_amount, parse_digits
from ...shared.values.refusal import NotFound, Refusal

FILE = Path(__file__).parent.parent / "payees.toml"
CURRENCY = "RUB"


@dataclass(frozen=True)
class Logo:
    """A drawing of ours: a colour and the path of a shape on a field of 48 by 48."""

    colour: str
    path: str


@dataclass(frozen=True)
class Payee:
    """A payee: the shape of its account numbers, and the limits of an amount."""

    slug: str
    name: str
    group: str
    account_label: str
    account_hint: str
    account_pattern: str
    account_longest: int
    smallest: Money
    largest: Money
    logo: Logo

    def parse_account(self, text: str) -> str:
        """The account that the buyer typed, in the payee's shape.

        Raises Refusal: ``account.empty``, ``account.too-long`` or ``account.wrong-shape``.
        """
        account = parse_digits(text).strip()
        if not account:
            raise Refusal("account.empty", "account", label=self.account_label)
        if len(account) > self.account_longest:
            raise Refusal("account.too-long", "account", longest=self.account_longest)
        if not re.fullmatch(self.account_pattern, account):
            raise Refusal("account.wrong-shape", "account", hint=self.account_hint)
        return account

    def parse_amount(self, text: str) -> Money:
        """The amount that the buyer typed, within the payee's limits.

        Raises Refusal: those of :func:`shared.values.money.parse_amount`, ``amount.too-small``
        or ``amount.too-large``.
        """
        money = parse_amount(text, CURRENCY)
        if money < self.smallest:
            raise Refusal("amount.too-small", "amount", smallest=self.smallest)
        if money > self.largest:
            raise Refusal("amount.too-large", "amount", largest=self.largest)
        return money


@dataclass(frozen=True)
class Category:
    """A kind of thing to pay for, with its payees in groups, in the order they are shown."""

    slug: str
    name: str
    logo: Logo
    groups: dict[str, list[Payee]]

    @property
    def payees(self) -> list[Payee]:
        """All payees of the category."""
        return [payee for group in self.groups.values() for payee in group]


@cache
def categories() -> tuple[Category, ...]:
    """All categories, in the order they are shown (W1.1)."""
    with FILE.open("rb") as file:
        return tuple(_category(entry) for entry in tomllib.load(file)["category"])


def category(slug: str) -> Category:
    """The category of that slug. Raises NotFound."""
    for each in categories():
        if each.slug == slug:
            return each
    raise NotFound(slug)


def payee(slug: str) -> Payee:
    """The payee of that slug. Raises NotFound."""
    for each in categories():
        for candidate in each.payees:
            if candidate.slug == slug:
                return candidate
    raise NotFound(slug)


def payee_named(text: str) -> Payee:
    """The payee of that slug or that English name. Raises NotFound."""
    payees = [candidate for each in categories() for candidate in each.payees]
    found = next((one for one in payees if text in (one.slug, one.name)), None)
    if found is None:
        raise NotFound(text)
    return found


def _category(entry: dict[str, Any]) -> Category:
    groups: dict[str, list[Payee]] = {}
    for each in entry["payee"]:
        found = _payee(each)
        groups.setdefault(found.group, []).append(found)
    return Category(entry["slug"], entry["name"], Logo(**entry["logo"]), groups)


def _payee(entry: dict[str, Any]) -> Payee:
    account = entry["account"]
    return Payee(
        slug=entry["slug"],
        name=entry["name"],
        group=entry.get("group", ""),
        account_label=account["label"],
        account_hint=account["hint"],
        account_pattern=account["pattern"],
        account_longest=account["longest"],
        smallest=Money(entry["smallest"], CURRENCY),
        largest=Money(entry["largest"], CURRENCY),
        logo=Logo(**entry["logo"]),
    )
