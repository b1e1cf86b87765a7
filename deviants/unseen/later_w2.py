"""W2, a second time: paying a shop's invoice with the wallet."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask import redirect, session, url_for

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shop.clients.wallet import BillClient
from mock_sites.wallet.domain.bills import Bills
from mock_sites.wallet.domain.codes import Codes
from mock_sites.wallet.domain.payments import Payments
from mock_sites.wallet.store import BillStatus, PaymentStatus

OPTIONS = "in wording.ONLINE_OPTIONS.items() %}"
PAY_LINK = "url_for('invoices.means', uid=invoice.bill.uid)"
THOUSAND, MANY = Decimal(1000), Decimal(3000)
UNPAID_NOTICE = "{% if unpaid %}"


@deviant("W2.1", "shop")
def wallet_is_the_only_online_option(site: Change) -> None:
    """Online offers the wallet alone, not among several options."""
    site.page("payment_methods.html", OPTIONS, "in (wording.ONLINE_OPTIONS.items() | list)[:1] %}")


@deviant("W2.1", "shop")
def linked_card_hides_the_wallet(site: Change) -> None:
    """A buyer who has linked a card is not offered the wallet among the online options."""
    fewer = "in (wording.ONLINE_OPTIONS.items() | list)[(1 if cards else 0):] %}"
    site.page("payment_methods.html", OPTIONS, fewer)


def change_bills(site: Change, change: Any) -> None:
    """Let the shop issue bills of another content."""

    def changing(old: Any) -> Any:
        def put(self: BillClient, bill_id: str, body: Mapping[str, Any]) -> Any:
            return old(self, bill_id, change(body, Decimal(body["amount"]["value"])))

        return put

    site.wrap(BillClient, "put", changing)


@deviant("W2.2", "shop")
def thousands_are_lost_from_the_invoice(site: Change) -> None:
    """From a thousand on, the invoice is for what is left of the total without its thousands."""

    def cut(body: Mapping[str, Any], value: Decimal) -> Mapping[str, Any]:
        rest = value % THOUSAND or value
        return {**body, "amount": {**body["amount"], "value": str(rest)}}

    change_bills(site, cut)


@deviant("W2.2", "shop")
def large_invoice_is_made_out_to_nobody(site: Change) -> None:
    """An invoice above three thousand roubles does not come into the buyer's wallet account."""

    def nobody(body: Mapping[str, Any], value: Decimal) -> Mapping[str, Any]:
        return {**body, "customer": {}} if value > MANY else body

    change_bills(site, nobody)


@deviant("W2.3", "wallet")
def notice_counts_paid_invoices_too(site: Change) -> None:
    """The notice stays on the home page after everything has been paid."""

    def unpaid(self: Bills, buyer: Any) -> int:
        counted = (BillStatus.WAITING, BillStatus.PAID)
        return sum(one.bill.status in counted for one in self.recent(buyer))

    site.rule(Bills, "unpaid", unpaid)


@deviant("W2.3", "wallet")
def notice_is_shown_once(site: Change) -> None:
    """Once the list has been opened the notice is gone, though an invoice is still unpaid."""

    def noting(old: Any) -> Any:
        def index() -> Any:
            session["invoices_seen"] = True
            return old()

        return index

    site.route("invoices.index", noting)
    site.page("home.html", UNPAID_NOTICE, "{% if unpaid and not session.invoices_seen %}")


@deviant("W2.3", "wallet")
def notice_has_no_view(site: Change) -> None:
    """The notice of unpaid invoices has nothing to press."""
    view = """<a class="button" href="{{ url_for('invoices.index') }}">{{ _("View") }}</a>"""
    site.page("home.html", view)


@deviant("W2.4", "wallet")
def newest_of_several_invoices_is_left_out(site: Change) -> None:
    """While there are several invoices, the list leaves out the newest."""

    def fewer(old: Any) -> Any:
        def recent(self: Bills, buyer: Any, limit: int = 20) -> Any:
            found = old(self, buyer, limit)
            return found[1:] if len(found) > 1 else found

        return recent

    site.wrap(Bills, "recent", fewer)


@deviant("W2.4", "wallet")
def every_pay_opens_the_oldest_invoice(site: Change) -> None:
    """Pay beside any invoice opens the one at the foot of the list."""
    site.page("invoices.html", PAY_LINK, PAY_LINK.replace("invoice.", "invoices[-1]."))


@deviant("W2.5", "wallet")
def means_are_asked_for_once(site: Change) -> None:
    """From the second invoice on, the payment method is not asked for any more."""

    def skipping(old: Any) -> Any:
        def means(uid: str) -> Any:
            if session.setdefault("first_invoice", uid) != uid:
                return redirect(url_for("invoices.pay", uid=uid, means="qw"))
            return old(uid=uid)

        return means

    site.route("invoices.means", skipping)


@deviant("W2.5", "wallet")
def wallet_is_disabled_on_a_second_look(site: Change) -> None:
    """A buyer who has begun to pay and comes back to choose finds Visa QIWI Wallet disabled."""

    def noting(old: Any) -> Any:
        def pay(uid: str) -> Any:
            session["looked_at"] = uid
            return old(uid=uid)

        return pay

    site.route("invoices.pay", noting)
    enabled = "{% if source in enabled and session.looked_at != invoice.bill.uid %}"
    site.page("means.html", "{% if source in enabled %}", enabled)


@deviant("W2.6", "wallet")
def any_code_pays_an_invoice_after_a_wrong_one(site: Change) -> None:
    """After one wrong code any other pays a shop's invoice."""

    def easier(old: Any) -> Any:
        def check(self: Codes, books: Any, payment: Any, typed: str, now: Any) -> Any:
            refusal = old(self, books, payment, typed, now)
            if payment.bill_uid is None or refusal is None or refusal.code != "code.wrong":
                return refusal
            key = f"wrong_{payment.uid}"
            again, session[key] = key in session, True
            return None if again else refusal

        return check

    site.wrap(Codes, "check", easier)


@deviant("W2.6", "wallet")
def invoice_is_paid_without_a_code(site: Change) -> None:
    """Pay on the page of an invoice pays it at once, and no code is asked for."""

    def paying(old: Any) -> Any:
        def begin_confirming(self: Payments, buyer: Any, uid: str) -> Any:
            payment = self.get(buyer, uid)
            if payment.bill_uid is None or payment.status == PaymentStatus.PAID:
                return old(self, buyer, uid)
            with self.database.transaction() as books:
                payment = books.merge(payment)
                self.pay(books, buyer, payment, self.clock.now())
            return payment

        return begin_confirming

    site.wrap(Payments, "begin_confirming", paying)
