"""W1.5: everything entered is shown, and no money moves before Confirm."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.wallet.domain import ledger
from mock_sites.wallet.domain.buyers import owner_of
from mock_sites.wallet.domain.payments import OPEN, Payments
from mock_sites.wallet.store import PaymentRow, PaymentStatus

FACTS = "payment_facts.html"
EVERY_VALUE = "{% for label, value in payment.entered.items() %}"
AMOUNT = "{{ payment.money | money }}"


def open_payment(payments: Payments, buyer: Any, payee: str | None = None) -> PaymentRow | None:
    """The buyer's newest payment that is only entered, to that payee if one is named."""
    own = select(PaymentRow).where(
        PaymentRow.buyer_id == buyer.id, PaymentRow.status == PaymentStatus.ENTERED
    )
    if payee is not None:
        own = own.where(PaymentRow.payee == payee)
    with payments.database.reading() as session:
        return session.scalars(own.order_by(PaymentRow.created_at.desc()).limit(1)).first()


@deviant("W1.5", "wallet")
def check_page_cuts_a_long_account(site: Change) -> None:
    """The check page shows only the first eight characters of the account."""
    site.page(FACTS, "{{ value }}", "{{ value[:8] }}")


@deviant("W1.5", "wallet")
def changed_amount_is_not_taken_over(site: Change) -> None:
    """After going back and changing the amount the check page shows the old one."""

    def keeping(old: Any) -> Any:
        def enter(self: Payments, buyer: Any, payee: Any, account: str, money: Any) -> Any:
            begun = open_payment(self, buyer, f"payee:{payee.slug}")
            if begun is not None and account in begun.entered.values():
                return begun
            return old(self, buyer, payee, account, money)

        return enter

    site.wrap(Payments, "enter", keeping)


@deviant("W1.5", "wallet")
def changed_account_is_not_taken_over(site: Change) -> None:
    """After going back and changing the account the check page shows the old one."""

    def keeping(old: Any) -> Any:
        def enter(self: Payments, buyer: Any, payee: Any, account: str, money: Any) -> Any:
            begun = open_payment(self, buyer, f"payee:{payee.slug}")
            kept = next(iter(begun.entered.values()), account) if begun else account
            return old(self, buyer, payee, kept, money)

        return enter

    site.wrap(Payments, "enter", keeping)


@deviant("W1.5", "wallet")
def money_leaves_with_the_check_page(site: Change) -> None:
    """The money leaves the wallet as soon as the check page is shown, before any Confirm."""

    def at_once(old: Any) -> Any:
        def enter(self: Payments, buyer: Any, payee: Any, account: str, money: Any) -> Any:
            payment = old(self, buyer, payee, account, money)
            with self.database.transaction() as session:
                key, payer = f"payment:{payment.uid}", owner_of(buyer.id)
                ledger.move(session, key, payer, payment.payee, money, self.clock.now())
            return payment

        return enter

    site.wrap(Payments, "enter", at_once)


@deviant("W1.5", "wallet")
def check_page_names_another_currency(site: Change) -> None:
    """The check page shows the amount in tenge, and roubles are paid."""
    tenge = "(payment.money | money).replace('RUB', 'KZT').replace('₽', '₸')"
    here = f"{{{{ {tenge} if request.endpoint == 'payments.check' else payment.money | money }}}}"
    site.page(FACTS, AMOUNT, here)


@deviant("W1.5", "wallet")
def confirm_takes_the_payment_entered_last(site: Change) -> None:
    """With two payments begun in two tabs, Confirm goes on with the newer one in both."""

    def newest(old: Any) -> Any:
        def begin(self: Payments, buyer: Any, uid: str) -> Any:
            chosen = self.get(buyer, uid)
            last = open_payment(self, buyer) if chosen.bill_uid is None else None
            return old(self, buyer, last.uid if last and chosen.status in OPEN else uid)

        return begin

    site.wrap(Payments, "begin_confirming", newest)


@deviant("W1.5", "wallet")
def known_account_is_not_checked_again(site: Change) -> None:
    """For an account that was paid before, Pay skips the check page and asks for the code."""

    def skipping(old: Any) -> Any:
        def enter(self: Payments, buyer: Any, payee: Any, account: str, money: Any) -> Any:
            payment = old(self, buyer, payee, account, money)
            paid = select(PaymentRow).where(
                PaymentRow.buyer_id == buyer.id, PaymentRow.status == PaymentStatus.PAID
            )
            with self.database.reading() as session:
                known = [one.entered for one in session.scalars(paid)]
            again = payment.entered in known
            return self.begin_confirming(buyer, payment.uid) if again else payment

        return enter

    site.wrap(Payments, "enter", skipping)


@deviant("W1.5", "wallet")
def arabic_check_page_has_no_account(site: Change) -> None:
    """The Arabic check page does not show the account."""
    site.page(FACTS, EVERY_VALUE, f"{EVERY_VALUE[:-3]} if locale().language != 'ar' %}}")


@deviant("W1.5", "wallet")
def check_page_rounds_the_amount(site: Change) -> None:
    """The check page shows the amount without its kopecks, and the whole amount is paid."""
    cut = "(payment.money | money).replace('.50', '.00').replace(',50', ',00')"
    here = f"{{{{ {cut} if request.endpoint == 'payments.check' else payment.money | money }}}}"
    site.page(FACTS, AMOUNT, here)


@deviant("W1.5", "wallet")
def check_page_names_the_payee_paid_last(site: Change) -> None:
    """With two payments begun, the check page of the first one names the account of the second."""

    def newest(old: Any) -> Any:
        def get(self: Payments, buyer: Any, uid: str) -> Any:
            payment, last = old(self, buyer, uid), open_payment(self, buyer)
            if last is not None and payment.status == PaymentStatus.ENTERED:
                payment.entered = last.entered
            return payment

        return get

    site.wrap(Payments, "get", newest)
