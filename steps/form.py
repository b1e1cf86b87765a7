"""The payment form of a payee, filled in another way than usual (W1.4, W1.5)."""

from __future__ import annotations

from checkout_conformance.drivers.expect import expect
from checkout_conformance.drivers.site import Site

from .buyer import page_shows_money
from .data import quoted
from .pages.payment import Payment
from .support.amounts import NamedAmount
from .support.payees import STEAM
from .support.sentences import given, then, when

BLANKS = "   "


@when('the buyer sends the form with "{value}" as "{field}" and the amount "{amount}"')
def send_form_of_payee(payment: Payment, value: str, field: str, amount: str) -> None:
    payment.send_form(field, value, amount)


@when('the buyer sends the form with only blanks in "{label}"')
def send_blanks(payment: Payment, label: str) -> None:
    filled = {STEAM.field: quoted("night_owl_42"), "Amount": "150.00"} | {label: BLANKS}
    payment.send_form(STEAM.field, filled[STEAM.field], filled["Amount"])


@when(
    'the buyer goes back and sends the form with the account "{account}" and the'
    + ' amount "{amount}"'
)
def send_again(payment: Payment, account: str, amount: str) -> None:
    payment.go_back()
    payment.send_form(STEAM.field, account, amount)


@given(
    'the buyer has gone back and sent the form with the account "{account}" and the'
    + ' amount "{amount}"'
)
def has_sent_again(payment: Payment, account: str, amount: str) -> None:
    send_again(payment, account, amount)
    payment.control("Confirm").wait_for()


@then('the page names the payee "{payee}"')
def page_names_payee(site: Site, payee: str) -> None:
    expect(site.shown(site.target.label(payee)).first).to_be_visible()


@then('the page shows {money:Money} for "{account}"')
def page_shows_payment(site: Site, money: NamedAmount, account: str) -> None:
    expect(site.shown(account).first).to_be_visible()
    page_shows_money(site, money)


@then("the page shows {money:Money}, or the form is rejected")
def page_shows_money_or_rejects(payment: Payment, money: NamedAmount) -> None:
    expect(payment.shown(money.on_page).or_(payment.rejected_fields).first).to_be_visible()


@then('the form takes "{value}" as "{field}" and {money:Money}')
def form_takes(payment: Payment, value: str, field: str, money: NamedAmount) -> None:
    payment.send_form(field, value, money.typed)
    page_shows_payment(payment, money, value)
