"""The difference of every later twin of the wallet is there, and the buyer can still pay."""

from __future__ import annotations

from tests.support.walk import Walk
from tests.support.wallet_fixture import WalletFixture


def code(wallet: WalletFixture) -> str:
    return wallet.outside.codes[-1]


def check_page(wallet: WalletFixture) -> Walk:
    """W1.1 to W1.4: the page to check."""
    walk = Walk(wallet.buyer().client).open("/").use("Pay").use("Entertainment").use("Steam")
    return walk.use("Pay", account="night_owl_42", amount="150.00")


def pays(wallet: WalletFixture, walk: Walk) -> bool:
    """W1.5 and W1.6, from the page to check."""
    walk.use("Confirm")
    return "Paid" in walk.use("Confirm", code=code(wallet)).text


def invoices(wallet: WalletFixture) -> Walk:
    """W2.3: the invoices, by the notice of the home page."""
    return Walk(wallet.buyer().client).open("/").use("View")


def pay_page(wallet: WalletFixture) -> Walk:
    """W2.3 to W2.5: the page with the last Pay."""
    return invoices(wallet).use("Pay").use("Visa QIWI Wallet")


def pays_invoice(wallet: WalletFixture, walk: Walk) -> bool:
    """W2.6, from the page with the last Pay."""
    walk.use("Pay").use("Confirm", code=code(wallet))
    return "Paid" in walk.text and wallet.rows("SELECT status FROM bills") == [("PAID",)]


def test_menu_behind_a_button(wallet: WalletFixture) -> None:
    walk = check_page(wallet)
    assert "<details><summary>Menu</summary><ul>" in walk.html
    assert pays(wallet, walk)


def test_payees_are_buttons(wallet: WalletFixture) -> None:
    walk = check_page(wallet)
    tiles = Walk(wallet.buyer().client).open("/pay/entertainment").html
    assert '<form action="/pay/to/steam"><button class="second">' in tiles
    assert pays(wallet, walk)


def test_invoices_unfold(wallet: WalletFixture) -> None:
    wallet.issue()
    walk = invoices(wallet)
    assert '<details class="card narrow" open>' in walk.html
    assert "<table" not in walk.html
    assert "Samovar shop · RUB 200.34 Not paid" in walk.text
    assert pays_invoice(wallet, walk.use("Pay").use("Visa QIWI Wallet"))


def test_notice_tells_what_is_due(wallet: WalletFixture) -> None:
    wallet.issue()
    home = Walk(wallet.buyer().client).open("/")
    assert "You have 1 unpaid invoice. Samovar shop: RUB 200.34" in home.text
    assert '<input type="submit" value="View">' in home.html
    assert pays_invoice(wallet, pay_page(wallet))
    assert "View" not in home.open("/").html


def test_check_is_one_line(wallet: WalletFixture) -> None:
    walk = check_page(wallet)
    line = "Payee – Steam, Account name in the game system – night_owl_42, Amount – RUB 150.00."
    assert line in walk.text
    assert pays(wallet, walk)


def test_payment_is_being_processed(wallet: WalletFixture) -> None:
    wallet.issue()
    walk = check_page(wallet).use("Confirm").use("Confirm", code=code(wallet))
    assert "Your payment is being processed." in walk.text
    assert "Paid" in Walk(wallet.buyer().client).open(walk.address).use("Continue").text
    assert "Paid" in walk.wait().text
    assert "processed" in pay_page(wallet).use("Pay").use("Confirm", code=code(wallet)).text
    assert wallet.rows("SELECT status FROM bills") == [("PAID",)]
    back = "http://shop.localhost:2/orders/1"
    walk.open(f"/invoices/{wallet.issue('order-2')}?successUrl={back}").use("Visa QIWI Wallet")
    assert walk.use("Pay").use("Confirm", code=code(wallet)).wait().foreign == back


def test_amount_suggests_usual_sums(wallet: WalletFixture) -> None:
    walk = check_page(wallet)
    form = Walk(wallet.buyer().client).open("/pay/to/steam")
    assert 'list="usual-sums"' in form.html
    assert '<datalist id="usual-sums"><option value="100">' in form.html
    assert pays(wallet, walk)


def test_payment_methods_are_links(wallet: WalletFixture) -> None:
    wallet.issue()
    walk = invoices(wallet).use("Pay")
    assert ">Visa QIWI Wallet</a>" in walk.html
    assert 'aria-disabled="true" aria-describedby="not-card">Bank card</a>' in walk.html
    assert pays_invoice(wallet, walk.use("Visa QIWI Wallet"))


def test_pay_or_pay_later(wallet: WalletFixture) -> None:
    wallet.issue()
    walk = pay_page(wallet)
    assert "Pay Pay later" in walk.text
    assert Walk(wallet.buyer().client).open(walk.address).use("Pay later").address == "/invoices?"
    assert pays_invoice(wallet, walk)
