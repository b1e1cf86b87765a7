"""Refunds that the buyer is not told of, or is told of wrongly."""

from __future__ import annotations

from typing import Any

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.wallet.domain.given_back import GivenBack, RefundState
from mock_sites.wallet.domain.history import Entry, EntryKind, History

PARTIAL = "A partial refund appears in the history, and the receipt shows the amount still paid"
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
