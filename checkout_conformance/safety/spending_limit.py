"""The spending limit of a run on a team's staging site."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal

from checkout_conformance.content import content
from checkout_conformance.safety.amounts import PageAmount, amounts_in
from checkout_conformance.safety.run_record import RunRecord
from checkout_conformance.targets.file import TargetError

MAX_SHOWN = 6


class SpendingError(TargetError):
    """The run might spend more than the target file allows, or an unreadable amount."""


class SpendingLimit:
    """Counts payments before they are made, for all workers, and stops at the limit.

    It counts before the press, in each currency the largest amount that the page shows: an upper
    bound, because a press may turn out to pay nothing.
    """

    def __init__(
        self, caps: Mapping[str, Decimal], record: RunRecord, currency: str | None = None
    ) -> None:
        """``currency`` is that of numbers without a sign and of ambiguous signs."""
        self._caps = caps
        self._record = record
        self._currency = currency

    @staticmethod
    def watches(name: str) -> bool:
        """Return whether pressing the control ``name`` may move money."""
        return name in content().paying

    def before_press(self, name: str, page_text: str, language: str = "en", times: int = 1) -> None:
        """Count a press of the control ``name``, ``times`` times, before it happens.

        Raises SpendingError if a limit would be exceeded (it is 0 for currencies that the file
        does not name), or if the page has no readable amount. Nothing is pressed then.
        """
        amounts = amounts_in(page_text, language)
        if not amounts:
            raise SpendingError(
                f'pressing "{name}" may pay, and the page names no amount of money that could be'
                f" read. Nothing was pressed. {ADVICE}"
            )
        self._count(name, self._largest(name, amounts), times, _named(amounts))

    def _largest(self, name: str, amounts: Collection[PageAmount]) -> dict[str, Decimal]:
        """The largest amount in each currency that those of a page may be in."""
        largest: dict[str, Decimal] = {}
        for amount in amounts:
            if amount.value == 0:
                continue
            currencies = self._currencies(amount)
            if amount.value is None or not currencies:
                raise SpendingError(
                    f'pressing "{name}" may pay, and the page names {amount}: that could not be'
                    f" read for sure. Nothing was pressed. Read was: {_named(amounts)}. {ADVICE}"
                )
            for currency in currencies:
                largest[currency] = max(amount.value, largest.get(currency, amount.value))
        return largest

    def _currencies(self, amount: PageAmount) -> Collection[str]:
        """The currencies that an amount has to be counted in."""
        sign = amount.sign
        if self._currency and (not sign.may_be or self._currency in sign.may_be):
            return {self._currency}
        return (sign.may_be & self._caps.keys()) | ({sign.usual} if sign.usual else set())

    def _count(self, name: str, largest: Mapping[str, Decimal], times: int, read: str) -> None:
        with self._record.changing() as spent:
            for currency, amount in largest.items():
                cap = self._caps.get(currency, Decimal(0))
                total = Decimal(spent.get(currency, "0")) + amount * times
                if total > cap:
                    raise SpendingError(
                        f'pressing "{name}" might spend {amount:f} {currency}: with what was'
                        f" counted before that is {total:f}, and the target's file allows {cap:f}."
                        f" Nothing was pressed. Read was: {read}. Raise spend.{currency} there, or"
                        " run fewer scenarios; if the largest amount is a balance, say in"
                        " [amounts] within where the total stands."
                    )
                spent[currency] = str(total)


ADVICE = (
    "In [amounts] of the target's file, within says where the total stands, and currency what a"
    " number without one is in."
)


def _named(amounts: Collection[PageAmount]) -> str:
    names = list(dict.fromkeys(map(str, amounts)))
    return ", ".join(names[:MAX_SHOWN]) + (" and more" if len(names) > MAX_SHOWN else "")
