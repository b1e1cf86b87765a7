"""Orders and invoices: listed wrongly, with the wrong notice, payable when they are not."""

from __future__ import annotations

from typing import Any

from flask import redirect, url_for
from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.web.sign_in import signed_in_person
from mock_sites.shop.domain.orders import Orders
from mock_sites.shop.store import CartLineRow
from mock_sites.wallet.domain.bills import Bills, Invoice
from mock_sites.wallet.domain.payments import Payments
from mock_sites.wallet.routes import current_wallet
from mock_sites.wallet.store import BillStatus

AMOUNT = "<bdi>{{ invoice.bill.money | money }}</bdi>"
SHOP = "<bdi>{{ _(invoice.shop) }}</bdi>"


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
    site.page("means.html", 'class="second" disabled', 'class="second"')


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


@deviant("W2.3", "wallet", "View opens the list of invoices")
def list_shows_a_ruble_less(site: Change) -> None:
    """The list shows each invoice with one ruble less."""

    def a_ruble_less(recent: Any) -> Any:
        def with_less(self: Bills, buyer: Any, limit: int = 20) -> list[Invoice]:
            found: list[Invoice] = recent(self, buyer, limit)
            for invoice in found:
                invoice.bill.amount -= 100
            return found

        return with_less

    site.wrap(Bills, "recent", a_ruble_less)


@deviant("W2.4", "wallet", "The shop's newest invoice is listed beside an older one")
def each_row_has_the_newest_amount_too(site: Change) -> None:
    """Each row of the list has the amount of the newest invoice beside its own."""
    site.page("invoices.html", AMOUNT, f"{AMOUNT} {AMOUNT.replace('invoice.', 'invoices[0].')}")


@deviant("W2.4", "wallet", "An invoice shows the shop, the amount, the due date and the state")
def list_does_not_name_the_shop(site: Change) -> None:
    """The list says neither which shop an invoice is from nor what for."""
    site.page("invoices.html", SHOP)
    site.page("invoices.html", "{% if invoice.bill.comment %}", "{% if false %}")


@deviant("W2.4", "wallet", "Invoices of two shops stand in one list, each with the name of its")
def every_shop_is_called_shop(site: Change) -> None:
    """The list calls every shop Shop."""
    site.page("invoices.html", SHOP, '<bdi>{{ _("Shop") }}</bdi>')


@deviant("W2.4", "wallet", "Paying one invoice leaves the others unpaid and in the list")
def paid_invoice_keeps_pay(site: Change) -> None:
    """A paid invoice keeps the button Pay."""
    site.page("invoices.html", '== "WAITING"', 'in ("WAITING", "PAID")')


@deviant("W2.4", "wallet", "Paying one invoice leaves the others unpaid and in the list")
def others_lose_pay_once_one_is_paid(site: Change) -> None:
    """Once one of several invoices is paid, the others lose the button Pay."""
    none_is_paid = 'not invoices | selectattr("bill.status", "equalto", "PAID") | list'
    site.page("invoices.html", '== "WAITING"', f'== "WAITING" and {none_is_paid}')


@deviant("W2.4", "wallet", "Pay beside an invoice opens that invoice")
def pay_opens_a_summary(site: Change) -> None:
    """Pay beside an invoice opens its summary, with no way to go on."""
    site.page("means.html", '{% if invoice.bill.status == "WAITING" %}', "{% if false %}")


@deviant("W2.5", "wallet", "Nothing can be paid before a payment method is chosen")
def balance_is_not_enabled(site: Change) -> None:
    """The wallet's balance is a payment method that is not enabled."""
    site.page("means.html", "{% if source in enabled %}", "{% if false %}")


@deviant("W2.5", "wallet", "Nothing can be paid before a payment method is chosen")
def pay_stands_below_the_payment_methods(site: Change) -> None:
    """The invoice can be paid at once, beside the question for the payment method."""
    at_once = '<form method="post"><button>{{ _("Pay") }}</button></form>'
    site.page("means.html", "{% if strange_address %}", f"{at_once}{{% if strange_address %}}")


@deviant("W2.5", "wallet", "A paid invoice offers no payment method")
def paid_invoice_has_a_blank_page(site: Change) -> None:
    """The page of an invoice that is paid is blank."""

    def blank_if_paid(page: Any) -> Any:
        def means(uid: str) -> str:
            bill = current_wallet.bills.invoice(signed_in_person(), uid).bill
            return "" if bill.status == BillStatus.PAID else str(page(uid))

        return means

    site.route("invoices.means", blank_if_paid)


@deviant("W2.2", "wallet", "Another buyer does not see the invoice")
def list_without_invoices_leads_home(site: Change) -> None:
    """The list of a buyer without invoices is the home page."""

    def home_if_empty(page: Any) -> Any:
        def index() -> Any:
            found = current_wallet.bills.recent(signed_in_person())
            return page() if found else redirect(url_for("home.index"))

        return index

    site.route("invoices.index", home_if_empty)


@deviant("W2.3", "wallet", "Without an invoice there is no notice")
def home_without_invoices_has_no_balance(site: Change) -> None:
    """The home page of a buyer without invoices does not show the balance."""
    balance = '<section class="card hero"'
    site.page("home.html", balance, f"{balance}{{% if not unpaid %}} hidden{{% endif %}}")
