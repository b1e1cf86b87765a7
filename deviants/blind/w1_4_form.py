"""W1.4: the account and the amount are entered, and accepted only when both are filled."""

from __future__ import annotations

from typing import Any

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from deviants.blind.circumstances import is_ascii_typed
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.domain.catalogue import Payee
from mock_sites.wallet.domain.payments import Payments

BLANK = "\N{NO-BREAK SPACE}"


@deviant("W1.4", "wallet")
def blanks_count_as_an_account(site: Change) -> None:
    """An account of nothing but blanks counts as filled in."""

    def with_blanks(old: Any) -> Any:
        def parse(self: Payee, text: str) -> str:
            return text if text and not text.strip() else str(old(self, text))

        return parse

    site.wrap(Payee, "parse_account", with_blanks)


@deviant("W1.4", "wallet")
def no_amount_means_the_smallest(site: Change) -> None:
    """Without an amount the smallest one is meant."""

    def smallest(old: Any) -> Any:
        return lambda self, text: old(self, text) if text.strip() else self.smallest

    site.wrap(Payee, "parse_amount", smallest)


@deviant("W1.4", "wallet")
def kopecks_of_the_amount_are_dropped(site: Change) -> None:
    """Of the amount only the whole roubles are taken."""

    def whole(old: Any) -> Any:
        def parse(self: Payee, text: str) -> Money:
            money = old(self, text)
            return Money(money.minor // 100 * 100, money.currency)

        return parse

    site.wrap(Payee, "parse_amount", whole)


@deviant("W1.4", "wallet")
def comma_of_the_amount_is_ignored(site: Change) -> None:
    """A comma in the amount is ignored, so that 15,50 pays 1550."""
    site.wrap(
        Payee, "parse_amount", lambda old: lambda self, text: old(self, text.replace(",", ""))
    )


@deviant("W1.4", "wallet")
def amount_in_arabic_digits_is_refused(site: Change) -> None:
    """An amount in Arabic digits is not a number to the form."""

    def ascii_only(old: Any) -> Any:
        def parse(self: Payee, text: str) -> Money:
            if not is_ascii_typed(text):
                raise Refusal("amount.not-a-number", "amount")
            money: Money = old(self, text)
            return money

        return parse

    site.wrap(Payee, "parse_amount", ascii_only)


@deviant("W1.4", "wallet")
def account_is_cut_after_sixteen_characters(site: Change) -> None:
    """Of a longer account name only the first sixteen characters are taken."""
    site.wrap(Payee, "parse_account", lambda old: lambda self, text: old(self, text)[:16])


@deviant("W1.4", "wallet")
def account_loses_its_capitals(site: Change) -> None:
    """The account name is taken in small letters, which names another player."""
    site.wrap(Payee, "parse_account", lambda old: lambda self, text: old(self, text).lower())


@deviant("W1.4", "wallet")
def account_entered_first_is_used_again(site: Change) -> None:
    """A buyer's second payment goes to the account that was entered for the first."""
    first: dict[int, str] = {}

    def remembering(old: Any) -> Any:
        def enter(self: Payments, buyer: Any, payee: Any, account: str, money: Any) -> Any:
            return old(self, buyer, payee, first.setdefault(buyer.id, account), money)

        return enter

    site.wrap(Payments, "enter", remembering)


@deviant("W1.4", "wallet")
def amount_entered_first_is_used_again(site: Change) -> None:
    """A buyer's second payment is of the amount that was entered for the first."""
    first: dict[int, Money] = {}

    def remembering(old: Any) -> Any:
        def enter(self: Payments, buyer: Any, payee: Any, account: str, money: Money) -> Any:
            return old(self, buyer, payee, account, first.setdefault(buyer.id, money))

        return enter

    site.wrap(Payments, "enter", remembering)


@deviant("W1.4", "wallet")
def thousands_between_blanks_are_cut(site: Change) -> None:
    """An amount with a blank between its thousands is read up to the blank."""

    def first_group(old: Any) -> Any:
        def parse(self: Payee, text: str) -> Any:
            return old(self, text.strip().replace(BLANK, " ").partition(" ")[0])

        return parse

    site.wrap(Payee, "parse_amount", first_group)
