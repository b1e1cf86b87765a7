"""Which bills a buyer finds in the wallet, and until when (W2.3, W2.4)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mock_sites.wallet.domain.bills import Bills
from mock_sites.wallet.store import BuyerRow
from tests.support.wallet_fixture import WalletFixture


@pytest.fixture
def bills(fixture: WalletFixture) -> Bills:
    return fixture.wallet.bills


@pytest.fixture
def ann(fixture: WalletFixture) -> BuyerRow:
    """The row of the buyer whom the fixture's bills are made out to."""
    return fixture.person()


def test_only_what_waits_for_this_buyer_counts_as_unpaid(
    fixture: WalletFixture, bills: Bills, ann: BuyerRow
) -> None:
    fixture.issue("waits")
    fixture.issue("waits-too")
    fixture.issue("of-somebody-else", customer={"phone": fixture.phone(1)})
    fixture.issue("cancelled")
    fixture.merchant("POST", "cancelled/reject")

    assert bills.unpaid(ann) == 2


def test_a_bill_counts_as_unpaid_until_the_moment_it_is_due(
    fixture: WalletFixture, bills: Bills, ann: BuyerRow
) -> None:
    fixture.issue(expirationDateTime=(fixture.clock.now() + timedelta(hours=1)).isoformat())
    fixture.clock.advance(timedelta(minutes=59, seconds=59))
    before = bills.unpaid(ann)
    fixture.clock.advance(timedelta(seconds=1))

    assert (before, bills.unpaid(ann)) == (1, 0)


def test_a_bill_due_this_very_moment_is_not_issued(fixture: WalletFixture) -> None:
    answer = fixture.merchant(
        "PUT", "order-1", fixture.bill(expirationDateTime=fixture.clock.now().isoformat())
    )

    assert answer.status_code == 400


def test_the_recent_invoices_come_newest_first_and_twenty_at_most(
    fixture: WalletFixture, bills: Bills, ann: BuyerRow
) -> None:
    for number in range(21):
        fixture.issue(f"order-{number}")
        fixture.clock.advance(timedelta(seconds=1))

    recent = [invoice.bill.bill_id for invoice in bills.recent(ann)]

    assert recent == [f"order-{number}" for number in range(20, 0, -1)]
    assert [one.bill.bill_id for one in bills.recent(ann, limit=1)] == ["order-20"]


def test_invoices_of_one_moment_stand_in_the_same_order_each_time(
    fixture: WalletFixture, bills: Bills, ann: BuyerRow
) -> None:
    uids = [fixture.issue(f"order-{number}") for number in range(6)]

    assert [invoice.bill.uid for invoice in bills.recent(ann)] == sorted(uids)


def test_a_bill_tells_whose_phone_it_is_for_to_its_own_merchant_alone(
    fixture: WalletFixture, bills: Bills
) -> None:
    fixture.issue("order-1")
    site_id = fixture.stack.keys.merchant.site_id

    assert bills.phone_of(site_id, "order-1") == fixture.phone()
    assert bills.phone_of("another", "order-1") is None
    assert bills.phone_of(site_id, "order-2") is None


def test_an_invoice_is_paid_with_methods_that_are_enabled_and_taken_while_it_waits(
    fixture: WalletFixture, bills: Bills, ann: BuyerRow
) -> None:
    anyhow = bills.invoice(ann, fixture.issue("anyhow"))
    by_card = bills.invoice(
        ann, fixture.issue("by-card", customFields={"paySourcesFilter": "card,mobile"})
    )
    uid = fixture.issue("cancelled")
    fixture.merchant("POST", "cancelled/reject")

    assert anyhow.payment_methods == ("qw", "card", "mobile")
    assert by_card.payment_methods == ("card", "mobile")
    assert anyhow.can_be_paid_with("qw")
    assert not anyhow.can_be_paid_with("card")
    assert not by_card.can_be_paid_with("qw")
    assert not bills.invoice(ann, uid).can_be_paid_with("qw")
