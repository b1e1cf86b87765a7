"""What a run may spend on somebody's staging, and what it has counted so far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import get_currency_symbol

from steps.glossary import LOCALES
from steps.staging.file import TargetError
from steps.staging.shared import SharedRecord

# What may move money when it is pressed: the last step of every documented way to pay.
PAYING = ("Confirm", "Confirm order", "Confirm (card)", "Done")
KNOWN = ("RUB", "USD", "EUR", "CNY", "GBP", "KZT", "TRY", "AED")
AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,'’\s\u00a0\u202f]?\d{3})*[.,٫]\d{2}(?!\d)")
NEAR = 6


class SpendingError(TargetError):
    """The run would spend more than its target's file allows."""


class Purse:
    """Counts what is about to be paid, for all workers of the run, and stops at the cap.

    It counts before the press, the largest amount that the page shows: an upper bound, because a
    press may turn out to pay nothing.
    """

    def __init__(self, caps: Mapping[str, Decimal], record: SharedRecord) -> None:
        self._caps = caps
        self._record = record
        self._last: tuple[Decimal, str] | None = None

    @staticmethod
    def watches(name: str) -> bool:
        """Whether pressing the control that features call ``name`` may move money."""
        return name in PAYING

    def before_press(self, name: str, page_text: str) -> None:
        """Called before the control that features call ``name`` is pressed.

        Raises SpendingError where the cap, 0 for a currency that the file does not name, would be
        passed: then nothing was pressed.
        """
        self._last = max(amounts_in(page_text, self._only_currency()), default=self._last)
        if self._last is not None:
            self._count(*self._last)

    def _count(self, amount: Decimal, currency: str) -> None:
        cap = self._caps.get(currency, Decimal(0))
        with self._record.changing() as spent:
            total = Decimal(spent.get(currency, "0")) + amount
            if total > cap:
                raise SpendingError(
                    f"pressing on might spend {amount} {currency}: with what was counted before"
                    f" that is {total}, and the target's file allows {cap}. Nothing was pressed."
                    f" Raise spend.{currency} there, or run fewer scenarios."
                )
            spent[currency] = str(total)

    def _only_currency(self) -> str:
        return next(iter(self._caps)) if len(self._caps) == 1 else "?"


def amounts_in(text: str, currency: str) -> Iterator[tuple[Decimal, str]]:
    """The amounts of money in a page's text; ``currency`` is that of amounts that name none."""
    for found in AMOUNT.finditer(text):
        around = text[max(0, found.start() - NEAR) : found.end() + NEAR]
        named = (code for sign, code in _signs().items() if sign in around)
        digits = re.sub(r"\D", "", found[0])
        yield Decimal(digits).scaleb(-2), next(named, currency)


@lru_cache
def _signs() -> dict[str, str]:
    """How languages write the currencies; the longest sign first, because one may hold another."""
    found = {code: code for code in KNOWN}
    for locale in LOCALES:
        found |= {get_currency_symbol(code, Locale.parse(locale)): code for code in KNOWN}
    return dict(sorted(found.items(), key=lambda each: -len(each[0])))
