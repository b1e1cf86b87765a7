"""What the page has, and no buyer sees: a field, a value, a row that is hidden."""

from __future__ import annotations

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant

VALUE = "<dt>{{ _(label) }}</dt><dd>"
PAYEE = '<dt>{{ _("Payee") }}</dt><dd>'
SUM = '<dd class="sum">'


def _hidden(site: Change, page: str, piece: str, when: str = "true") -> None:
    """Hide the element whose tag is the end of a piece of a page, on some condition."""
    site.page(page, piece, f"{piece.removesuffix('>')}{{% if {when} %}} hidden{{% endif %}}>")


@deviant("W1.1", "wallet", "A wrong password is rejected")
def password_is_hidden_after_a_wrong_one(site: Change) -> None:
    """After a wrong password the form has a field for the password, but does not show it."""
    row = "{{ forms.row(form.password"
    end = 'autocomplete="current-password", dir="ltr") }}'
    site.page("sign_in.html", row, f"<div{{% if form.errors %}} hidden{{% endif %}}>{row}")
    site.page("sign_in.html", end, f"{end}</div>")


@deviant("W1.1", "wallet", "After the buyer has signed out, the categories ask for a sign-in")
def phone_number_is_hidden_at_sign_in(site: Change) -> None:
    """The form to sign in to a page that was asked for does not show the phone number."""
    row, end = "{{ forms.row(form.phone", 'autocomplete="tel", dir="ltr") }}'
    site.page("sign_in.html", row, f"<div{{% if request.args %}} hidden{{% endif %}}>{row}")
    site.page("sign_in.html", end, f"{end}</div>")


@deviant("W1.3", "wallet", "The tile opens the payee's form")
def account_of_steam_is_hidden(site: Change) -> None:
    """The form of Steam has a field for the account, but does not show it."""
    row, end = "{{ forms.row(form.account", 'dir="auto", autocomplete="off") }}'
    hidden = "{% if payee.slug == 'steam' %} hidden{% endif %}"
    site.page("payee.html", row, f"<div{hidden}>{row}")
    site.page("payee.html", end, f"{end}</div>")


@deviant("W1.2", "wallet", "After another category, a category lists its own payees [Fines")
def amount_is_hidden(site: Change) -> None:
    """The forms of payees have a field for the amount, but do not show it."""
    row, end = "{{ forms.row(form.amount", 'inputmode="decimal", autocomplete="off") }}'
    site.page("payee.html", row, f"<div hidden>{row}")
    site.page("payee.html", end, f"{end}</div>")


@deviant("W1.5", "wallet", "Each payee's values are shown exactly as entered [312.07")
def entered_value_is_hidden(site: Change) -> None:
    """The check page has the account that was entered, but does not show it."""
    _hidden(site, "payment_facts.html", VALUE)


@deviant("W1.3", "wallet", "The form of a tile pays its payee")
def payee_is_hidden(site: Change) -> None:
    """The check page has the name of the payee, but does not show it."""
    _hidden(site, "payment_facts.html", PAYEE)


@deviant("W1.4", "wallet", "A blank between thousands does not cut the amount")
def large_sum_is_hidden(site: Change) -> None:
    """A sum of five digits or more is on the page, but hidden."""
    _hidden(site, "payment_facts.html", SUM, "payment.money.minor >= 1000000")


@deviant("W1.5", "wallet", "The check page shows every value and moves no money")
def small_sum_is_hidden(site: Change) -> None:
    """A sum of less than five digits is on the page, but hidden."""
    _hidden(site, "payment_facts.html", SUM, "payment.money.minor < 1000000")


@deviant("W1.6", "wallet", "The history shows each payment with its own amount")
def newest_payment_is_hidden_in_the_history(site: Change) -> None:
    """The history has a row for the newest payment, but does not show it."""
    row = "{% set payment = entry.payment %}\n  <tr>"
    _hidden(site, "payments.html", row, "loop.first")


@deviant("W2.4", "wallet", "An expired invoice cannot be paid")
def expired_invoices_are_hidden(site: Change) -> None:
    """The list of invoices has those that have expired, but does not show them."""
    row = "{% for invoice in invoices %}\n  <tr>"
    _hidden(site, "invoices.html", row, 'invoice.bill.status == "EXPIRED"')


@deviant("W2.4", "wallet", "Paying one invoice leaves the others unpaid and in the list")
def state_of_a_paid_invoice_is_hidden(site: Change) -> None:
    """The list has the state of an invoice that is paid, but does not show it."""
    state = '<span class="state {{ {'
    hidden = '{% if status == "PAID" %} hidden{% endif %}'
    site.page("bill_facts.html", state, state.replace("<span", f"<span{hidden}"))


@deviant("W2.4", "wallet", "Pay beside an invoice opens that invoice")
def amount_of_the_invoice_is_hidden(site: Change) -> None:
    """The page of an invoice has its amount, but does not show it."""
    _hidden(site, "bill_facts.html", SUM)


@deviant("W2.5", "wallet", "A payment method that is not enabled cannot be chosen")
def methods_that_are_not_enabled_are_hidden(site: Change) -> None:
    """The payment methods that are not enabled are on the page, but hidden."""
    not_enabled = 'class="second" disabled'
    site.page("means.html", not_enabled, f"{not_enabled} hidden")


@deviant("W2.6", "wallet", "A partial refund appears in the history, and the receipt shows the")
def state_of_a_refunded_payment_is_hidden(site: Change) -> None:
    """The receipt has the state of a refunded payment, but does not show it."""
    _hidden(site, "refunds.html", '<span class="state waiting">')


@deviant("W2.6", "wallet", "The page lists each payment and refund")
def lines_of_the_statement_are_hidden(site: Change) -> None:
    """The page of the statement has its lines, but does not show them."""
    _hidden(site, "statement.html", "{% for line in part.lines %}\n  <tr>")


@deviant("W2.6", "wallet", "Without its key the statement of a shop is not shown")
def field_for_the_key_is_hidden(site: Change) -> None:
    """The page for shops has a field for the key, but does not show it."""
    row, end = "{{ forms.row(form.secret_key", 'autocomplete="off", dir="ltr") }}'
    site.page("merchant_sign_in.html", row, f"<div hidden>{row}")
    site.page("merchant_sign_in.html", end, f"{end}</div>")


@deviant("C2.5", "acs", "The cent is not held before the code is entered")
def code_of_a_challenge_is_hidden(site: Change) -> None:
    """The page of the card's issuer has a field for the code, but does not show it."""
    row, end = "{{ forms.row(form.code", 'autocomplete="one-time-code", dir="ltr") }}'
    site.page("challenge.html", row, f"<div hidden>{row}")
    site.page("challenge.html", end, f"{end}</div>")


@deviant("W2.6", "wallet", "An invoice that expires before the code is entered is not paid")
def reason_why_an_invoice_is_not_paid_is_hidden(site: Change) -> None:
    """The page has the reason why an invoice is not paid, but does not show it."""
    errors = "{{ forms.errors(form) }}"
    site.page(
        "code.html", errors, f"<div{{% if payment.bill_uid %}} hidden{{% endif %}}>{errors}</div>"
    )
    _hidden(site, "layout.html", '<div class="news" role="status">')


@deviant("W2.6", "shop", "Another device shows the payment")
def state_of_a_paid_order_is_hidden(site: Change) -> None:
    """The page of an order has the state that it is paid, but does not show it."""
    state = '{% if not order.refunds %}<span class="state'
    hidden = "{% if order.state == 'PAID' %} hidden{% endif %}"
    site.page("order_words.html", state, state.replace("<span", f"<span{hidden}"))
