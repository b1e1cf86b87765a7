"""Work that counts only once its answer has arrived: who tries again has it done twice."""

from __future__ import annotations

from typing import Any

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shop.routes import current_shop
from mock_sites.wallet.domain import ledger
from mock_sites.wallet.domain.buyers import owner_of
from mock_sites.wallet.domain.payments import Payments
from mock_sites.wallet.store import PaymentStatus


def _noting(opened: set[str]) -> Any:
    """Note the id of each page that was opened."""

    def wrapper(show: Any) -> Any:
        def noted(uid: str) -> Any:
            opened.add(uid)
            return show(uid)

        return noted

    return wrapper


@deviant("W1.6", "wallet", "Entering the code again after a lost answer pays once")
def payment_counts_once_its_receipt_was_opened(site: Change) -> None:
    """A code pays again until the receipt of its payment was opened."""
    opened: set[str] = set()

    def again(confirm: Any) -> Any:
        def confirmed(self: Payments, buyer: Any, uid: str, typed_code: str) -> Any:
            paid = self.get(buyer, uid).status == PaymentStatus.PAID
            payment = confirm(self, buyer, uid, typed_code)
            if paid and uid not in opened:
                key, payer, now = f"again:{uid}", owner_of(buyer.id), self.clock.now()
                with self.database.transaction() as session:
                    ledger.move(session, key, payer, payment.payee, payment.money, now)
            return payment

        return confirmed

    site.wrap(Payments, "confirm", again)
    site.route("payments.receipt", _noting(opened))


@deviant("W2.2", "shop", "Confirming again after a lost answer issues one invoice")
def order_counts_once_its_page_was_opened(site: Change) -> None:
    """Confirming again makes another order until the page of the first one was opened."""
    opened: set[str] = set()

    def again(confirm: Any) -> Any:
        def confirmed(uid: str) -> Any:
            customer_id = signed_in_person().id
            order = current_shop.checkouts.get(customer_id, uid).order
            if order is None or order.uid in opened:
                return confirm(uid)
            for line in order.lines:
                current_shop.carts.add(customer_id, line.product_slug, line.quantity)
            ticked = [line.product_slug for line in order.lines]
            return confirm(current_shop.checkouts.start(customer_id, ticked))

        return confirmed

    site.route("checkout.send", again)
    site.route("orders.order", _noting(opened))
