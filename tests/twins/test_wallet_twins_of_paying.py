"""The wallet's twins with other pages on the way of a payment: the difference, and that it pays."""

from __future__ import annotations

import re

from tests.support.vault_fixture import words
from tests.support.wallet_fixture import WalletFixture
from tests.twins.test_wallet_twins import STEAM, page, pays


def test_wallet_submits_by_inputs(wallet: WalletFixture) -> None:
    form = page(wallet, STEAM)
    assert '<input type="submit" value="Pay">' in form
    assert "<button" not in form
    assert "input[data-waits-for]" in wallet.buyer().open("/twin/wait.js").text


def test_wallet_presses_are_in_capitals(wallet: WalletFixture) -> None:
    home = page(wallet, "/")
    assert ">VIEW</a>" in home
    assert ">PAY</a>" in home
    assert ">English</a>" in home
    assert "<button>PAY</button>" in wallet.buyer().open(STEAM).text


def test_entered_values_stand_in_read_only_fields(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    check = buyer.open(buyer.enter()).text
    assert '<input id="shown-1" readonly value="night_owl_42">' in check
    assert re.search(r'<label for="shown-amount">Amount</label><input [^>]+"RUB.150.00">', check)
    assert "<dl" not in check


def test_payment_ends_on_a_page_of_thanks(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    path = buyer.be_sent_code()
    wrong = buyer.send(path, code="0000000")
    assert wrong.request.path == path
    thanks = buyer.send(path, code=wallet.outside.codes[-1])
    assert "Thank you!" in thanks.text
    assert "Paid" not in thanks.text
    receipt = re.search(r'href="([^"]+/receipt)"', thanks.text)
    assert receipt
    assert "Paid" in buyer.open(receipt[1]).text


def test_code_is_typed_digit_by_digit(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    path = buyer.be_sent_code()
    form = buyer.open(path).text
    assert form.count('name="digit"') == 6
    assert 'name="code"' not in form
    assert "six digits" in buyer.send(path, digit=list("12345")).text
    assert "Paid" in buyer.send(path, digit=list(wallet.outside.codes[-1])).text


def test_errors_stand_above_the_form(wallet: WalletFixture) -> None:
    wrong = wallet.buyer().send(STEAM, account="", amount="150").text
    assert re.search(
        r'role="alert">\s*<p>Please check[\s\S]+href="#account">[^<]+</a>: Fill', wrong
    )
    assert 'class="error"' not in wrong


def test_amount_is_filled_in(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    assert re.search(r'name="amount"[^>]* value="500"', buyer.open(STEAM).text)
    empty = buyer.send(STEAM, account="night_owl_42", amount="").text
    assert "Enter the amount." in empty
    assert 'value="500"' not in empty


def test_signing_in_takes_two_pages(wallet: WalletFixture) -> None:
    person, stranger = wallet.stack.keys.people[0], wallet.stranger()
    first = stranger.open("/sign-in").text
    assert 'type="password"' not in first
    assert "Enter your phone number." in stranger.send("/sign-in", phone=" ").text
    second = stranger.send("/sign-in", phone=person.phone).text
    assert 'type="password"' in second
    assert re.search(rf'readonly[^>]+value="{re.escape(person.phone)}"', second)
    home = stranger.send("/sign-in", phone=person.phone, password=person.password)
    assert home.request.path == "/"


def test_means_are_radio_buttons(wallet: WalletFixture) -> None:
    means = page(wallet, f"/invoices/{wallet.issue()}")
    assert re.search(
        r'<label><input type="radio" name="means" value="qw" required> Visa QIWI', means
    )
    assert re.search(r"<button>Continue</button>", means)


def test_means_and_pay_share_a_page(wallet: WalletFixture) -> None:
    buyer, uid = wallet.buyer(), wallet.issue()
    means = f"/invoices/{uid}"
    assert "<button>Pay</button>" in buyer.open(means).text
    assert "Choose how to pay first." in buyer.send(f"/twin/pay/{uid}", page=means).text
    other = buyer.send(f"/twin/pay/{uid}", page=means, means="card").text
    assert "not enabled" in other
    code = buyer.send(f"/twin/pay/{uid}", page=means, means="qw")
    assert pays(wallet, wallet.outside.codes[-1], buyer, code.request.path)


def test_popular_payees_stand_above_the_categories(wallet: WalletFixture) -> None:
    shown = page(wallet, "/pay")
    assert re.search(r'<h2 id="popular">Popular</h2>[\s\S]+steam[\s\S]+Categories', shown)


def test_invoices_show_the_unpaid_at_first(wallet: WalletFixture) -> None:
    buyer = wallet.buyer()
    paid = wallet.issue("order-7", amount={"currency": "RUB", "value": "7.00"})
    wallet.pay_bill(buyer, paid)
    wallet.issue()
    unpaid = words(buyer.open("/invoices").text)
    assert "200.34" in unpaid
    assert "RUB 7.00" not in unpaid
    assert "RUB 7.00" in words(buyer.open("/invoices?show=all").text)
