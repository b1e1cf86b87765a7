"""The difference of every third twin of the wallet is there, and the buyer can still pay."""

from __future__ import annotations

from mock_sites import wallet as wallet_site
from mock_sites.wallet.domain.codes import NewCode
from mock_sites.wallet.store import PaymentRow
from tests.support.walk import Walk
from tests.support.wallet_fixture import WalletFixture

from .test_later_wallet_twins import check_page, code, invoices, pay_page, pays, pays_invoice


def test_code_message_names_a_hotline(wallet: WalletFixture) -> None:
    payment = PaymentRow(uid="one", amount=15000, currency="RUB", payee_name="Steam")
    with wallet.site.app.test_request_context():
        told = vars(wallet_site)["code_message"](NewCode("123456", 1), payment)
    assert "123456" in told
    assert "8 800 707-77-59" in told
    assert pays(wallet, check_page(wallet))


def test_account_can_be_remembered(wallet: WalletFixture) -> None:
    walk = Walk(wallet.buyer().client).open("/pay/to/steam")
    assert "Remember: Account name in the game system" in walk.text
    assert pays(wallet, walk.use("Pay", account="night_owl_42", amount="150.00", remember="y"))


def test_two_texts_name_the_code_field(wallet: WalletFixture) -> None:
    walk = check_page(wallet).use("Confirm")
    assert 'aria-labelledby="code-what code-where"' in walk.html
    assert "<label" not in walk.html
    assert "Paid" in walk.use("Confirm", code=code(wallet)).text


def test_unpaid_notice_is_an_alert_at_the_end(wallet: WalletFixture) -> None:
    wallet.issue()
    walk = Walk(wallet.buyer().client).open("/")
    assert '<div class="notice" role="alert" aria-label="Unpaid invoices">' in walk.html
    assert walk.text.index("Recent history") < walk.text.index("You have 1 unpaid invoice.")
    assert pays_invoice(wallet, pay_page(wallet))


def test_invoices_stand_under_their_shop(wallet: WalletFixture) -> None:
    wallet.issue()
    walk = invoices(wallet)
    assert "<table" not in walk.html
    assert walk.text.count("Samovar shop") == 1
    assert pays_invoice(wallet, walk.use("Pay").use("Visa QIWI Wallet"))


def test_ended_invoices_are_archived(wallet: WalletFixture) -> None:
    wallet.issue()
    assert "<details" not in invoices(wallet).html
    assert pays_invoice(wallet, pay_page(wallet))
    walk = Walk(wallet.buyer().client).open("/invoices")
    assert "Archive (1)" in walk.text
    assert '<details class="card">' in walk.html


def test_fee_and_total_are_shown(wallet: WalletFixture) -> None:
    walk = check_page(wallet)
    assert "Fee RUB 0.00 Total RUB 150.00" in walk.text
    assert pays(wallet, walk)


def test_payment_can_be_confirmed_later(wallet: WalletFixture) -> None:
    walk = check_page(wallet)
    page = walk.address
    assert "Balance" in walk.use("Confirm later").text
    assert pays(wallet, walk.open(page))


def test_payment_method_is_a_list_box(wallet: WalletFixture) -> None:
    wallet.issue()
    walk = invoices(wallet).use("Pay")
    assert '<option value="qw">Visa QIWI Wallet</option>' in walk.html
    assert pays_invoice(wallet, walk.use("Continue", means="qw"))


def test_captions_stand_below_the_logos(wallet: WalletFixture) -> None:
    walk = Walk(wallet.buyer().client).open("/pay/entertainment")
    assert "<figcaption>Steam</figcaption></figure>" in walk.html
    walk.open("/pay/to/steam").use("Pay", account="night_owl_42", amount="150.00")
    assert pays(wallet, walk)
