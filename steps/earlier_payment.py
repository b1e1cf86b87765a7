"""What the buyer, or another one, has done in the wallet before the payment at hand (W1)."""

from __future__ import annotations

from checkout_conformance.expectations import check_that
from checkout_conformance.people import Buyer

from .data import quoted
from .pages.payment import Payment
from .pages.wallet import Wallet
from .payment import confirm_begun, confirm_wrongly_often, says_ended
from .preparation import Preparation
from .support.amounts import NamedAmount
from .support.controls import Controls
from .support.payees import BY_NAME, STEAM
from .support.sentences import given, then, when
from .tile import some_tiles
from .wallet import nothing_paid

ACCOUNT = "night_owl_42"


@given('the buyer has paid {money:Money} to "{payee}" for the account "{account}"')
def has_paid(
    wallet: Wallet,
    payment: Payment,
    prepare: Preparation,
    controls: Controls,
    buyer: Buyer,
    money: NamedAmount,
    payee: str,
    account: str,
) -> None:
    prepare.begin_payment(wallet, account, money, "code sent", payee=BY_NAME[payee])
    confirm_begun(payment, controls, buyer)
    payment.receipt.wait_for()


@given("the buyer has ended a payment of {money:Money} to Steam with wrong codes")
def has_ended(
    wallet: Wallet,
    payment: Payment,
    prepare: Preparation,
    controls: Controls,
    buyer: Buyer,
    money: NamedAmount,
) -> None:
    prepare.begin_payment(wallet, quoted(ACCOUNT), money, "code sent")
    payment.wait_for_code_page()
    confirm_wrongly_often(payment, controls, buyer, fewer=0)
    says_ended(payment)


@given("the payee has declined a payment of {money:Money} to Steam")
def was_declined(
    wallet: Wallet,
    payment: Payment,
    prepare: Preparation,
    controls: Controls,
    buyer: Buyer,
    money: NamedAmount,
) -> None:
    prepare.begin_payment(wallet, quoted(ACCOUNT), money, "code sent")
    confirm_begun(payment, controls, buyer)
    payment.announcements.first.wait_for()


@given("another buyer has used the wallet in the same browser and signed out")
def other_has_used_browser(wallet: Wallet, neighbour: Buyer) -> None:
    with wallet.beforehand(show=False) as pages:
        pages.come_in_as(neighbour)
        pages.open_payee(STEAM.category, STEAM.name)
        pages.open()
        pages.sign_out()
        pages.first_of_sign_in.wait_for()


@given('the buyer has seen the payees of "{category}"', target_fixture="payees_seen")
def have_seen_payees(wallet: Wallet, prepare: Preparation, category: str) -> list[str]:
    prepare.enter(wallet)
    wallet.open_category(category)
    return _captions(wallet)


@when('the buyer sends the form with "{account}" for "{payee}" and the amount "{amount}"')
def send_form(payment: Payment, account: str, payee: str, amount: str) -> None:
    payment.send_form(BY_NAME[payee].field, account, amount)


@then("the wallet lists the same payees as before")
def lists_same_payees(wallet: Wallet, payees_seen: list[str]) -> None:
    now = _captions(wallet)
    check_that("the category lists the same payees as before", now == payees_seen, ", ".join(now))


@then("the wallet still holds {money:Money}")
def still_holds(wallet: Wallet, money: NamedAmount) -> None:
    nothing_paid(wallet, funds=money)


def _captions(wallet: Wallet) -> list[str]:
    """The captions of the tiles of the open category, in the order of the alphabet."""
    some_tiles(wallet)
    return sorted(wallet.captions())
