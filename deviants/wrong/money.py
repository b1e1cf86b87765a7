"""Money that moves too early, twice, to somebody else, or in another amount."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import request
from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.money import Money
from mock_sites.shop.clients.wallet import BillClient
from mock_sites.shop.domain.address import Address
from mock_sites.shop.domain.invoices import Invoices
from mock_sites.shop.domain.orders import Orders
from mock_sites.shop.domain.shop import Shop
from mock_sites.shop.store import CheckoutRow, PaymentMethod
from mock_sites.wallet.domain import bills, catalogue, ledger, payments, refunds
from mock_sites.wallet.domain.buyers import owner_of
from mock_sites.wallet.domain.payments import Payments
from mock_sites.wallet.domain.refunds import Refunds
from mock_sites.wallet.store import PaymentRow, PaymentStatus


def _take(self: Payments, buyer: Any, payment: PaymentRow) -> None:
    """Move the money of a payment that nobody has confirmed."""
    with self.database.transaction() as session:
        payer, now = owner_of(buyer.id), self.clock.now()
        ledger.move(session, f"early:{payment.uid}", payer, payment.payee, payment.money, now)


@deviant("W1.4", "wallet", "An amount with a comma or non-Latin digits is accepted")
def amount_is_off_by_one(site: Change) -> None:
    """The amount paid is one kopeck less than the amount typed."""

    def one_less(typed: Any) -> Any:
        return lambda text, currency: Money(typed(text, currency).minor - 1, currency)

    site.wrap(catalogue, "parse_amount", one_less)


@deviant("W1.5", "wallet", "The check page shows every value and moves no money")
def paid_before_the_check(site: Change) -> None:
    """The money moves when the form is sent, before anything is checked."""

    def and_take(enter: Any) -> Any:
        def enter_and_take(self: Payments, buyer: Any, *typed: Any) -> PaymentRow:
            payment: PaymentRow = enter(self, buyer, *typed)
            _take(self, buyer, payment)
            return payment

        return enter_and_take

    site.wrap(Payments, "enter", and_take)


@deviant("W1.5", "wallet", "Confirm sends a code and moves no money")
def paid_before_the_code(site: Change) -> None:
    """The money moves with the first Confirm, before a code is entered."""

    def and_take(begin: Any) -> Any:
        def begin_and_take(self: Payments, buyer: Any, uid: str) -> PaymentRow:
            payment: PaymentRow = begin(self, buyer, uid)
            _take(self, buyer, payment)
            return payment

        return begin_and_take

    site.wrap(Payments, "begin_confirming", and_take)


@deviant("W1.5", "wallet", "An amount added to the form is ignored")
def slipped_amount_is_taken(site: Change) -> None:
    """An amount slipped into the check page's form is paid instead of the one shown."""

    def with_slipped(begin: Any) -> Any:
        def begin_with_slipped(self: Payments, buyer: Any, uid: str) -> PaymentRow:
            slipped = request.form.get("amount", "").replace(".", "")
            with self.database.transaction() as session:
                payment = session.get_one(PaymentRow, uid)
                payment.amount = int(slipped or payment.amount)
            return begin(self, buyer, uid)  # type: ignore[no-any-return]

        return begin_with_slipped

    site.wrap(Payments, "begin_confirming", with_slipped)


@deviant("W1.6", "wallet", "Pressing Confirm twice pays once")
def paid_twice(site: Change) -> None:
    """Each payment is taken from the balance twice."""

    def twice(pay: Any) -> Any:
        def pay_twice(self: Payments, session: Any, buyer: Any, payment: Any, now: Any) -> None:
            pay(self, session, buyer, payment, now)
            key = f"again:{payment.uid}"
            ledger.move(session, key, owner_of(buyer.id), payment.payee, payment.money, now)

        return pay_twice

    site.wrap(Payments, "pay", twice)


@deviant("W1.6", "wallet", "Pressing Confirm twice pays once")
def one_kopeck_too_much(site: Change) -> None:
    """One kopeck more is taken than the receipt says."""

    def dearer(move: Any) -> Any:
        def move_more(session: Any, key: str, payer: str, payee: str, money: Any, at: Any) -> Any:
            more = int(key.startswith("payment:"))
            money = replace(money, minor=money.minor + more)
            return move(session, key, payer, payee, money, at)

        return move_more

    site.wrap(ledger, "move", dearer)


@deviant("W1.6", "wallet", "Pressing Confirm twice pays once")
def paid_to_somebody_else(site: Change) -> None:
    """The money goes to another payee than the one that was checked."""

    def astray(pay: Any) -> Any:
        def pay_astray(self: Payments, session: Any, buyer: Any, payment: Any, now: Any) -> None:
            if payment.bill_uid is None:
                payment.payee, payment.payee_name = "payee:circle", "Circle"
            pay(self, session, buyer, payment, now)

        return pay_astray

    site.wrap(Payments, "pay", astray)


@deviant("W1.4", "wallet", "An invalid amount is rejected [1000.01")
def balance_is_not_looked_at(site: Change) -> None:
    """More can be entered than the wallet holds."""
    site.rule(payments, "missing_money", lambda session, buyer, money: 0)


@deviant("W2.2", "wallet", "The invoice has the amount of the order")
def invoice_is_off_by_one(site: Change) -> None:
    """An invoice is for one kopeck less than the order."""

    def cheaper(new_bill: Any) -> Any:
        def new_cheaper_bill(*of_bill: Any) -> Any:
            bill = new_bill(*of_bill)
            bill.amount -= 1
            return bill

        return new_cheaper_bill

    site.wrap(bills, "new_bill", cheaper)


@deviant("W2.2", "shop", "The invoice has the amount of the order")
def order_is_billed_twice(site: Change) -> None:
    """The shop issues two invoices for one order."""

    def twice(issue: Any) -> Any:
        def issue_twice(self: BillClient, order: Any) -> Any:
            bill = issue(self, order)
            facts = {"amount": {"currency": order.currency, "value": str(order.total.value)}}
            due = order.invoice.expires_at.isoformat(timespec="seconds")
            facts |= {"customer": {"phone": order.phone}, "expirationDateTime": due}
            self.put(f"{order.uid}-2", facts)
            return bill

        return issue_twice

    site.wrap(BillClient, "issue", twice)


@deviant("W2.2", "shop", "The invoice has the amount of the order")
def no_invoice_is_issued(site: Change) -> None:
    """The shop takes the order and issues no invoice."""
    site.rule(Invoices, "issue", lambda self, order: None)


@deviant("W2.6", "wallet", "An invoice that is open in two tabs is paid once")
def invoice_is_paid_twice(site: Change) -> None:
    """An invoice that is paid in one tab can be paid again in the other."""

    def once_more(confirm: Any) -> Any:
        def confirm_once_more(self: Payments, buyer: Any, uid: str, typed: str) -> PaymentRow:
            paid_before = self.get(buyer, uid).status == PaymentStatus.PAID
            payment: PaymentRow = confirm(self, buyer, uid, typed)
            if paid_before:
                _take(self, buyer, payment)
            return payment

        return confirm_once_more

    site.wrap(Payments, "confirm", once_more)


@deviant("W2.6", "wallet", "The order is paid once despite a faulty notification [comes twice")
def invoice_is_taken_twice(site: Change) -> None:
    """The money for an invoice is taken from the wallet twice."""

    def twice(pay: Any) -> Any:
        def pay_twice(self: Payments, session: Any, buyer: Any, payment: Any, now: Any) -> None:
            pay(self, session, buyer, payment, now)
            if payment.bill_uid is not None:
                key, payer = f"again:{payment.uid}", owner_of(buyer.id)
                ledger.move(session, key, payer, payment.payee, payment.money, now)

        return pay_twice

    site.wrap(Payments, "pay", twice)


@deviant("W2.6", "wallet", "A refund returns the money to the wallet")
def refund_is_lost(site: Change) -> None:
    """A refund is taken from the shop and never reaches the buyer."""
    site.rule(refunds, "owner_of", lambda buyer_id: "nobody")


@deviant("W2.6", "wallet", "A refund returns the money to the wallet")
def refund_is_off_by_one(site: Change) -> None:
    """A refund gives the buyer one kopeck less."""

    def less(give: Any) -> Any:
        return lambda self, merchant, bill_id, refund_id, money: give(
            self, merchant, bill_id, refund_id, replace(money, minor=money.minor - 1)
        )

    site.wrap(Refunds, "give", less)


@deviant("C1.7", "shop", "Returning to the main page keeps the card linked")
def linking_orders(site: Change) -> None:
    """Linking a card places an order."""

    def and_order(link: Any) -> Any:
        def link_and_order(self: Shop, customer: Any, request_id: str, card: Any) -> Any:
            token = link(self, customer, request_id, card)
            _order_what_is_in_the_checkout(self.orders, customer)
            return token

        return link_and_order

    site.wrap(Shop, "link_card", and_order)


def _order_what_is_in_the_checkout(orders: Orders, customer: Any) -> None:
    last = select(CheckoutRow).where(CheckoutRow.customer_id == customer.id)
    with orders.database.transaction() as session:
        checkout = session.scalars(last.order_by(CheckoutRow.started_at.desc())).first()
    assert checkout is not None
    address = Address(customer.name, customer.phone, "Kazan", "Bauman Street 12", "420111")
    orders.place(customer.id, checkout.uid, address, PaymentMethod.CASH_ON_DELIVERY)


@deviant("C3.6", "shop", "Buying keeps the card linked")
def card_is_not_charged(site: Change) -> None:
    """An order with the chosen card is to be paid on delivery."""

    def on_delivery(buy: Any) -> Any:
        return lambda self, customer, uid, address, payment_method, source=None: buy(
            self, customer, uid, address, PaymentMethod.CASH_ON_DELIVERY
        )

    site.wrap(Shop, "buy", on_delivery)
