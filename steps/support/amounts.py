"""Amounts of money, as steps name them and as pages in any language show them."""

from __future__ import annotations

import re
from dataclasses import dataclass

# What languages write between thousands: nothing, a comma, a point, a space, an apostrophe.
BETWEEN_THOUSANDS = r"[,.'’\s\u00a0\u202f]?"
POINT = r"[.,٫]"

# How pages write currencies; a word ends where its letters end.
SIGNS = {
    "RUB": ("₽", "RUB", "руб", "روبل"),
    "KZT": ("₸", "KZT", "тенге", "تينغ"),
    "USD": ("$", "USD", "долл", "دولار"),
    "EUR": ("€", "EUR", "евро", "يورو"),
    "CNY": ("¥", "CNY", "юан", "يوان"),
}


@dataclass(frozen=True)
class NamedAmount:
    """An amount in minor units and its currency, as a step names it: ``1450.00 RUB``."""

    minor: int
    currency: str

    @property
    def typed(self) -> str:
        """The amount as a buyer types it: ``1450.00``."""
        whole, part = divmod(self.minor, 100)
        return f"{whole}.{part:02}"

    @property
    def on_page(self) -> re.Pattern[str]:
        """Finds the amount in a text of any language; the sign of the currency is left open."""
        whole, part = divmod(self.minor, 100)
        groups = f"{whole:,}".split(",")
        return re.compile(rf"(?<!\d){BETWEEN_THOUSANDS.join(groups)}{POINT}{part:02}(?!\d)")

    @property
    def in_other_currency(self) -> re.Pattern[str]:
        """Finds the sign or the name of another currency in a text of any language."""
        others = [sign for name, signs in SIGNS.items() if name != self.currency for sign in signs]
        return re.compile("|".join(map(re.escape, others)))


def read_amount(text: str) -> NamedAmount:
    """Read ``1450.00 RUB``."""
    amount, currency = text.split(" ")
    return NamedAmount(int(amount.replace(".", "")), currency)
