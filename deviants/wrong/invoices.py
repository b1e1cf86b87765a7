"""Orders and invoices: in the wrong order, with the wrong notice, payable when they are not."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shop.domain.orders import Orders
from mock_sites.shop.store import CartLineRow
from mock_sites.wallet.domain.bills import Bills
from mock_sites.wallet.domain.payments import Payments


@deviant("W2.2", "shop", "An ordered product leaves the cart")
def ordered_goods_stay_in_the_cart(site: Change) -> None:
    """Ordered products stay in the cart."""

    def and_put_back(place: Any) -> Any:
        def place_and_put_back(self: Orders, customer_id: int, *of_order: Any) -> Any:
            own = select(CartLineRow).where(CartLineRow.customer_id == customer_id)
            with self.database.transaction() as session:
                before = [(one.product_slug, one.quantity) for one in session.scalars(own)]
            order = place(self, customer_id, *of_order)
            with self.database.transaction() as session:
                for slug, quantity in before:
                    line = {"product_slug": slug, "quantity": quantity}
                    session.add(
                        CartLineRow(customer_id=customer_id, added_at=self.clock.now(), **line)
                    )
            return order

        return place_and_put_back

    site.wrap(Orders, "place", and_put_back)


@deviant("W2.4", "wallet", "The newest of many invoices is listed")
def twenty_oldest_invoices_are_listed(site: Change) -> None:
    """The list of invoices has the twenty oldest."""
    site.wrap(Bills, "recent", lambda recent: lambda self, buyer: recent(self, buyer, 999)[-20:])


@deviant("W2.4", "wallet", "A cancelled invoice cannot be paid")
def cancelled_invoice_can_be_paid(site: Change) -> None:
    """An invoice that the shop has cancelled can still be paid."""
    site.page("invoices.html", '{% if invoice.bill.status == "WAITING" %}', "{% if true %}")


@deviant("W2.3", "wallet", "Without an invoice there is no notice")
def notice_is_always_there(site: Change) -> None:
    """The home page tells of unpaid invoices where there are none."""
    site.page("home.html", "{% if unpaid %}", "{% if true %}")


@deviant("W2.3", "wallet", "The notice counts every unpaid invoice")
def one_invoice_is_counted(site: Change) -> None:
    """The notice counts one invoice, however many there are."""
    site.page("home.html", 'unpaid invoices.", unpaid)', 'unpaid invoices.", 1)')


@deviant("W2.5", "wallet", "A payment method that is not enabled cannot be chosen")
def every_payment_method_is_enabled(site: Change) -> None:
    """Payment methods that are not enabled for the buyer can be chosen."""
    site.page("means.html", "{% if source in enabled %}", "{% if true %}")


@deviant("W2.6", "wallet", "Paying through the shop's link returns the buyer to the shop")
def nobody_goes_back_to_the_shop(site: Change) -> None:
    """A buyer who came from the shop stays in the wallet after paying."""
    site.wrap(
        Payments,
        "enter_for_bill",
        lambda enter: (
            lambda self, buyer, uid, payment_method, address: enter(
                self, buyer, uid, payment_method, None
            )
        ),
    )
