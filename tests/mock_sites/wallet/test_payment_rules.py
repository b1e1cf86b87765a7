"""What the rules of payments say to whoever goes past the pages, which would lead elsewhere."""

from __future__ import annotations

import pytest

from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.domain.payments import Payments
from mock_sites.wallet.store import BuyerRow
from tests.support.wallet_fixture import WalletFixture, WalletVisitor


@pytest.fixture
def payments(fixture: WalletFixture) -> Payments:
    return fixture.wallet.payments


@pytest.fixture
def ann(fixture: WalletFixture) -> BuyerRow:
    """The row of the buyer."""
    return fixture.person()


def uid_in(path: str) -> str:
    return path.split("/")[2]


def test_a_payment_that_is_made_answers_a_second_confirmation(
    fixture: WalletFixture, buyer: WalletVisitor, payments: Payments, ann: BuyerRow
) -> None:
    path = buyer.be_sent_code()
    [code] = fixture.outside.codes
    buyer.send(path, code=code)

    again = payments.confirm(ann, uid_in(path), code)

    assert again.status == "PAID"
    assert buyer.balance() == "RUB 9,850.00"


def test_a_payment_that_nobody_checked_asks_for_that_first(
    buyer: WalletVisitor, payments: Payments, ann: BuyerRow
) -> None:
    path = buyer.enter()

    with pytest.raises(Refusal) as refused:
        payments.confirm(ann, uid_in(path), "123456")

    assert refused.value.code == "payment.not-checked"


def test_the_whole_balance_can_be_paid(fixture: WalletFixture, buyer: WalletVisitor) -> None:
    path = buyer.be_sent_code("10000.00")

    buyer.send(path, code=fixture.outside.codes[-1])

    assert buyer.balance() == "RUB 0.00"


def test_what_was_paid_is_listed_newest_first_and_no_more_of_it_than_asked_for(
    fixture: WalletFixture, buyer: WalletVisitor, ann: BuyerRow
) -> None:
    for amount in ("10.00", "20.00", "30.00"):
        path = buyer.be_sent_code(amount)
        buyer.send(path, code=fixture.outside.codes[-1])
    buyer.enter("40.00")

    history = fixture.wallet.history
    paid = [entry.money.minor for entry in history.of(ann)]
    assert paid == [-3_000, -2_000, -1_000, 1_000_000]
    assert [entry.money.minor for entry in history.of(ann, limit=2)] == [-3_000, -2_000]


def test_after_a_code_was_sent_there_are_thirty_seconds_to_wait(
    buyer: WalletVisitor, payments: Payments, ann: BuyerRow
) -> None:
    confirming = payments.get(ann, uid_in(buyer.be_sent_code()))

    assert payments.seconds_until_new_code(confirming) == 30


def test_a_payment_that_nobody_checked_has_no_code_to_wait_for_or_to_send_again(
    fixture: WalletFixture, buyer: WalletVisitor, payments: Payments, ann: BuyerRow
) -> None:
    path = buyer.enter()
    entered = payments.get(ann, uid_in(path))

    payments.send_new_code(ann, entered.uid)

    assert payments.seconds_until_new_code(entered) == 0
    assert fixture.outside.codes == []
