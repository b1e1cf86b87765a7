"""A bill that its shop cancels at the moment of paying: exactly one of the two happens (W2.6)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest

from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.store import BillStatus, MerchantRow
from tests.support.wallet_fixture import WalletFixture

ROUNDS = 20
PRICE = 20_034
FUNDS = 1_000_000


class Bill:
    """A bill whose buyer has the code, and only has to confirm."""

    def __init__(self, fixture: WalletFixture, bill_id: str) -> None:
        self.fixture, self.wallet, self.bill_id = fixture, fixture.wallet, bill_id
        self.buyer = fixture.person()
        uid = fixture.issue(bill_id)
        with fixture.site.app.test_request_context():
            self.payment = self.wallet.payments.enter_for_bill(self.buyer, uid, "qw", None).uid
            self.wallet.payments.begin_confirming(self.buyer, self.payment)
        self.code = fixture.outside.codes[-1]

    @property
    def merchant(self) -> MerchantRow:
        found = self.wallet.merchants.issuer(self.fixture.stack.keys.merchant.site_id)
        assert found
        return found

    def pay(self) -> bool:
        """Whether the wallet took the code."""
        try:
            self.wallet.payments.confirm(self.buyer, self.payment, self.code)
        except Refusal:
            return False
        return True

    def cancel(self) -> bool:
        """Whether the wallet cancelled the bill."""
        answer = self.fixture.merchant("POST", f"{self.bill_id}/reject")
        assert answer.status_code in (200, 409), answer.json
        return answer.status_code == 200

    @property
    def status(self) -> BillStatus:
        return self.wallet.bills.read(self.merchant, self.bill_id).status

    @property
    def left(self) -> int:
        """What is left in the wallet, in minor units."""
        [money] = self.wallet.buyers.balances(self.buyer)
        return money.minor


def test_what_is_cancelled_first_is_not_paid(fixture: WalletFixture) -> None:
    bill = Bill(fixture, "order-1")
    assert (bill.cancel(), bill.pay()) == (True, False)
    assert (bill.status, bill.left) == (BillStatus.REJECTED, FUNDS)


def test_what_is_paid_first_is_not_cancelled(fixture: WalletFixture) -> None:
    bill = Bill(fixture, "order-1")
    assert (bill.pay(), bill.cancel()) == (True, False)
    assert (bill.status, bill.left) == (BillStatus.PAID, FUNDS - PRICE)


@pytest.mark.timeout(120)
def test_at_the_same_instant_a_bill_is_paid_or_cancelled_and_never_both(
    fixture: WalletFixture,
) -> None:
    left = FUNDS
    with ThreadPoolExecutor(2) as pool:
        for number in range(ROUNDS):
            # The number of messages to a buyer is limited by the hour.
            fixture.clock.advance(timedelta(minutes=2))
            bill, barrier = Bill(fixture, f"order-{number}"), Barrier(2)

            def at_once(act: str, bill: Bill = bill, barrier: Barrier = barrier) -> bool:
                barrier.wait(10)
                done: bool = getattr(bill, act)()
                return done

            paid, cancelled = pool.map(at_once, ("pay", "cancel"))

            assert paid != cancelled
            assert bill.status == (BillStatus.PAID if paid else BillStatus.REJECTED)
            left -= PRICE if paid else 0
            assert bill.left == left
    assert fixture.discrepancies() == []
