"""Which bills a buyer finds in the wallet, and until when (W2.3, W2.4)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mock_sites.wallet.domain.bills import Bills
from mock_sites.wallet.store import BuyerRow
from tests.support.wallet_bench import Bench


@pytest.fixture
def bills(bench: Bench) -> Bills:
    return bench.wallet.bills


@pytest.fixture
def ann(bench: Bench) -> BuyerRow:
    """The row of the buyer whom the bench's bills are made out to."""
    return bench.person()


def test_only_what_waits_for_this_buyer_counts_as_unpaid(
    bench: Bench, bills: Bills, ann: BuyerRow
) -> None:
    bench.issue("waits")
    bench.issue("waits-too")
    bench.issue("of-somebody-else", customer={"phone": bench.phone(1)})
    bench.issue("cancelled")
    bench.merchant("POST", "cancelled/reject")

    assert bills.unpaid(ann) == 2


def test_a_bill_counts_as_unpaid_until_the_moment_it_is_due(
    bench: Bench, bills: Bills, ann: BuyerRow
) -> None:
    bench.issue(expirationDateTime=(bench.clock.now() + timedelta(hours=1)).isoformat())
    bench.clock.advance(timedelta(minutes=59, seconds=59))
    before = bills.unpaid(ann)
    bench.clock.advance(timedelta(seconds=1))

    assert (before, bills.unpaid(ann)) == (1, 0)


def test_a_bill_due_this_very_moment_is_not_issued(bench: Bench) -> None:
    answer = bench.merchant(
        "PUT", "order-1", bench.bill(expirationDateTime=bench.clock.now().isoformat())
    )

    assert answer.status_code == 400


def test_the_recent_invoices_come_newest_first_and_twenty_at_most(
    bench: Bench, bills: Bills, ann: BuyerRow
) -> None:
    for number in range(21):
        bench.issue(f"order-{number}")
        bench.clock.advance(timedelta(seconds=1))

    recent = [invoice.bill.bill_id for invoice in bills.recent(ann)]

    assert recent == [f"order-{number}" for number in range(20, 0, -1)]
    assert [one.bill.bill_id for one in bills.recent(ann, limit=1)] == ["order-20"]


def test_invoices_of_one_moment_stand_in_the_same_order_each_time(
    bench: Bench, bills: Bills, ann: BuyerRow
) -> None:
    uids = [bench.issue(f"order-{number}") for number in range(6)]

    assert [invoice.bill.uid for invoice in bills.recent(ann)] == sorted(uids)


def test_a_bill_tells_whose_phone_it_is_for_to_its_own_merchant_alone(
    bench: Bench, bills: Bills
) -> None:
    bench.issue("order-1")
    site_id = bench.stack.keys.merchant.site_id

    assert bills.phone_of(site_id, "order-1") == bench.phone()
    assert bills.phone_of("another", "order-1") is None
    assert bills.phone_of(site_id, "order-2") is None


def test_an_invoice_is_paid_with_methods_that_are_enabled_and_taken_while_it_waits(
    bench: Bench, bills: Bills, ann: BuyerRow
) -> None:
    anyhow = bills.invoice(ann, bench.issue("anyhow"))
    by_card = bills.invoice(
        ann, bench.issue("by-card", customFields={"paySourcesFilter": "card,mobile"})
    )
    uid = bench.issue("cancelled")
    bench.merchant("POST", "cancelled/reject")

    assert anyhow.payment_methods == ("qw", "card", "mobile")
    assert by_card.payment_methods == ("card", "mobile")
    assert anyhow.can_be_paid_with("qw")
    assert not anyhow.can_be_paid_with("card")
    assert not by_card.can_be_paid_with("qw")
    assert not bills.invoice(ann, uid).can_be_paid_with("qw")
