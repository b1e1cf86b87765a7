"""One value that is missing, or another, on a page that is right otherwise."""

from __future__ import annotations

from typing import Any

import mock_sites.wallet
from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.domain.bills import Bills, Invoice
from mock_sites.wallet.domain.history import Entry, History
from mock_sites.wallet.store import BillRow, BillStatus, MerchantRow

SUM = '<dt>{{ _("Amount") }}</dt><dd class="sum"><bdi>{{ payment.money | money }}</bdi></dd>'


@deviant("W1.1", "wallet", "A wrong password is rejected")
def wrong_password_is_rejected_without_a_word(site: Change) -> None:
    """The form to sign in comes back after a wrong password, and does not say why."""
    site.page("sign_in.html", "{{ forms.errors(form, [form.phone, form.password]) }}")


@deviant("W1.4", "wallet", "An invalid account is rejected")
def refused_form_cuts_the_amount(site: Change) -> None:
    """A form with a wrong account comes back with the first two digits of the amount."""
    amount = "{{ forms.row(form.amount, "
    site.page("payee.html", amount, f"{amount}value=form.amount.typed[:2], ")


@deviant("W1.5", "wallet", "Confirm sends a code and moves no money")
def message_says_what_is_paid(site: Change) -> None:
    """The message after the check says what is paid, and has no code."""
    site.rule(mock_sites.wallet, "code_message", lambda code, payment: payment.payee_name)


@deviant("W1.6", "wallet", "The payment appears in the history with its receipt")
def receipt_of_a_payee_has_no_amount(site: Change) -> None:
    """The receipt of a payment to a payee does not say the amount."""
    if_open = '{% if payment.bill_uid or payment.status != "PAID" %}'
    site.page("payment_facts.html", SUM, f"{if_open}{SUM}{{% endif %}}")


@deviant("W1.6", "wallet", "Two equal payments are both paid")
def equal_payments_are_one_row_of_the_history(site: Change) -> None:
    """The history lists payments of the same amount to the same payee once."""

    def once(of: Any) -> Any:
        def without_equal(self: History, buyer: Any, limit: int | None = None) -> list[Entry]:
            found = {
                (one.kind, one.money, one.payment and one.payment.payee): one
                for one in of(self, buyer, limit)
            }
            return list(found.values())

        return without_equal

    site.wrap(History, "of", once)


@deviant("W2.4", "wallet", "A paid invoice stays in the list and cannot be paid again")
def paid_invoices_are_listed_with_a_ruble_less(site: Change) -> None:
    """The list shows an invoice that is paid with one ruble less."""

    def a_ruble_less(recent: Any) -> Any:
        def with_less(self: Bills, buyer: Any, limit: int = 20) -> list[Invoice]:
            found: list[Invoice] = recent(self, buyer, limit)
            for invoice in found:
                if invoice.bill.status == BillStatus.PAID:
                    invoice.bill.amount -= 100
            return found

        return with_less

    site.wrap(Bills, "recent", a_ruble_less)


@deviant("W2.4", "wallet", "The shop's newest invoice is listed beside an older one")
def list_ends_with_a_row_that_is_no_invoice(site: Change) -> None:
    """The list of invoices ends with a row for what was paid so far, which is nothing."""
    end = "{% endfor %}\n  </tbody>"
    nothing = "<bdi>{{ (invoices[0].given_back.total) | money }}</bdi>"
    row = f"<tr><td>{{{{ _('Paid') }}}}</td><td>{nothing}</td></tr>"
    site.page("invoices.html", end, end.replace("\n", f"{row}\n"))


@deviant("W2.4", "wallet", "Looking at an invoice leaves it unpaid in the list")
def older_invoices_have_no_state(site: Change) -> None:
    """The list says only of the newest invoice whether it is paid."""
    state = "<td>{{ show.state(invoice) }}"
    newest = "<td>{% if loop.first %}{{ show.state(invoice) }}{% endif %}"
    site.page("invoices.html", state, newest)


@deviant("W2.5", "wallet", "Nothing can be paid before a payment method is chosen")
def payment_methods_stand_there_without_a_question(site: Change) -> None:
    """The payment methods are offered without the question how to pay."""
    site.page("means.html", '<legend>{{ _("How would you like to pay?") }}</legend>')


@deviant("W2.6", "wallet", "The right code pays for the order")
def receipt_of_an_invoice_has_no_amount(site: Change) -> None:
    """The receipt of an invoice does not say the amount."""
    if_open = '{% if not payment.bill_uid or payment.status != "PAID" %}'
    site.page("payment_facts.html", SUM, f"{if_open}{SUM}{{% endif %}}")


@deviant("W2.6", "wallet", "A partial refund appears in the history, and the receipt shows the")
def receipt_shows_the_rest_without_a_word(site: Change) -> None:
    """The receipt shows the amount still paid, and does not say what it is."""
    site.page("refunds.html", '<dt>{{ _("Paid after refunds") }}</dt>', "<dt>=</dt>")


@deviant("W2.6", "wallet", "A paid invoice cannot be cancelled")
def cancelling_a_paid_invoice_is_no_error(site: Change) -> None:
    """The wallet takes the cancellation of a paid invoice, and leaves the invoice as it is."""

    def or_as_it_is(reject: Any) -> Any:
        def reject_or_read(self: Bills, merchant: MerchantRow, bill_id: str) -> BillRow:
            try:
                rejected: BillRow = reject(self, merchant, bill_id)
            except Refusal:
                return self.read(merchant, bill_id)
            return rejected

        return reject_or_read

    site.wrap(Bills, "reject", or_as_it_is)
