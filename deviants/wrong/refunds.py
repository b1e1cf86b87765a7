"""Refunds that the buyer is not told of, or is told of wrongly."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.domain.given_back import GivenBack, RefundState
from mock_sites.wallet.domain.history import Entry, EntryKind, History
from mock_sites.wallet.domain.refunds import Refunds

PARTIAL = "A partial refund appears in the history, and the receipt shows the amount still paid"
PARTS = "Refunds in parts return the whole payment"
OTHER_CURRENCY = "A refund in another currency is rejected"
WHOLE = "A full refund appears in the history, and the receipt shows that nothing is still paid"


@deviant("W2.6", "wallet", PARTIAL)
def refund_is_not_in_the_history(site: Change) -> None:
    """The history shows what was paid, and nothing of what was given back."""

    def without_refunds(of: Any) -> Any:
        def of_payments(self: History, buyer: Any, limit: int | None = None) -> list[Entry]:
            return [entry for entry in of(self, buyer, limit) if entry.kind != EntryKind.REFUND]

        return of_payments

    site.wrap(History, "of", without_refunds)


@deviant("W2.6", "wallet", PARTIAL)
def partial_refund_shows_as_full(site: Change) -> None:
    """A payment of which a part was given back is said to be refunded."""
    site.rule(
        GivenBack, "state", property(lambda self: RefundState.WHOLLY if self.refunds else None)
    )


@deviant("W2.6", "wallet", WHOLE)
def refunded_payment_shows_as_paid(site: Change) -> None:
    """The receipt of a payment that was given back says that it is paid."""
    site.page("receipt.html", "{% if back.state %}", "{% if false %}")


@deviant("W2.6", "wallet", PARTIAL)
def receipt_does_not_say_what_remains(site: Change) -> None:
    """The receipt says that something was given back, but not how much remains paid."""
    site.page("receipt.html", "{{ refunds.facts(back) }}")


@deviant("W2.6", "wallet", PARTS)
def second_refund_is_refused(site: Change) -> None:
    """Money of a payment is given back once; the rest stays with the shop."""

    def once(give: Any) -> Any:
        def give_once(
            self: Refunds, merchant: Any, bill_id: str, refund_id: str, money: Any
        ) -> Any:
            _, earlier = self.all_of(merchant, bill_id)
            if any(each.refund_id != refund_id for each in earlier):
                raise Refusal("refund.conflict")
            return give(self, merchant, bill_id, refund_id, money)

        return give_once

    site.wrap(Refunds, "give", once)


@deviant("W2.6", "wallet", OTHER_CURRENCY)
def refund_in_another_currency_is_given(site: Change) -> None:
    """A refund of ten tenge gives back ten roubles."""

    def in_roubles(give: Any) -> Any:
        return lambda self, merchant, bill_id, refund_id, money: give(
            self, merchant, bill_id, refund_id, replace(money, currency="RUB")
        )

    site.wrap(Refunds, "give", in_roubles)


@deviant("W2.6", "wallet", "A partial refund appears in the history, and the receipt shows the")
def history_shows_a_refund_of_everything(site: Change) -> None:
    """The history shows each refund with the whole amount of its payment."""
    money = "entry.money | money"
    whole = '(payment.money if entry.kind == "REFUND" else entry.money) | money'
    site.page("payments.html", money, whole)


@deviant("W2.6", "wallet", "A partial refund appears in the history, and the receipt shows the")
def receipt_shows_what_was_refunded_as_still_paid(site: Change) -> None:
    """The receipt shows the refunded amount where the amount still paid belongs."""
    site.page("refunds.html", "back.left | money", "back.total | money")
