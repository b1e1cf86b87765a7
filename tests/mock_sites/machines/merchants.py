"""What the merchant does on all sites together: refunds, bills in other currencies, statements."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import hypothesis.strategies as st
from hypothesis.stateful import rule

from mock_sites.shared.values.money import Money
from mock_sites.wallet.domain.bills import NewBill
from tests.mock_sites.machines.machine import PEOPLE, PICK, Machine, found
from tests.support.stack_fixture import StackFixture

# Two decimals, none, and three.
CURRENCIES = st.sampled_from(("RUB", "KZT", "JPY", "KWD"))
AMOUNTS = st.sampled_from((1, 500, 24_550, 99_999))
GIVEN_BACK_TOO_MUCH = """SELECT uid FROM bills b WHERE
    (SELECT coalesce(sum(amount), 0) FROM refunds WHERE bill_uid = b.uid) >
    CASE WHEN status = 'PAID' THEN amount ELSE 0 END"""
REFUNDED_OTHERWISE_THAN_ONCE = """SELECT b.uid FROM refunds r JOIN bills b ON r.bill_uid = b.uid
    WHERE 1 <> (SELECT count(*) FROM movements m WHERE m.amount = r.amount
        AND m.currency = b.currency AND m.key = 'refund:' || b.uid || ':' || r.refund_id)"""
BALANCES = """SELECT currency || ' ' || balance FROM accounts
    WHERE owner = 'merchant:{}' ORDER BY currency"""


class MerchantActs(Machine):
    """The merchant of the stack, whose bills the two buyers pay."""

    sites: StackFixture
    wallet: Any
    phones: list[str]

    @property
    def merchant(self) -> Any:
        """The shop's own merchant, as the wallet knows it."""
        return self.wallet.merchants.issuer(self.sites.stack.keys.merchant.site_id)

    @rule(who=PEOPLE, number=st.integers(0, 3), currency=CURRENCIES, amount=AMOUNTS)
    def issue(self, who: int, number: int, currency: str, amount: int) -> None:
        """A bill that is no order of the shop's."""
        bill = NewBill(
            bill_id=f"other-{who}-{number}",
            money=Money(amount, currency),
            expires_at=self.sites.clock.now() + timedelta(hours=2),
            comment="no order of the shop",
            customer={},
            phone=self.phones[who],
            custom_fields={},
        )
        self.do(lambda: self.wallet.bills.issue(self.merchant, bill))

    @rule(who=PEOPLE, currency=CURRENCIES, amount=AMOUNTS)
    def top_up(self, who: int, currency: str, amount: int) -> None:
        money = Money(amount, currency)
        self.do(lambda: self.wallet.buyers.top_up(self.phones[who], money))

    @rule(who=PEOPLE, which=PICK, again=st.integers(0, 2), currency=CURRENCIES, amount=AMOUNTS)
    def give_back(self, who: int, which: int, again: int, currency: str, amount: int) -> None:
        """A refund: of a paid bill or not, in its currency or another, too much, or repeated."""
        invoices = self.wallet.bills.recent(self.wallet.buyers.find(self.phones[who]))
        if not invoices:
            return
        bill = invoices[which % len(invoices)].bill
        money = Money(amount, bill.currency if which % 4 else currency)
        give = self.wallet.refunds.give
        self.do(lambda: give(self.merchant, bill.bill_id, f"r-{again}", money))

    def check_refunds(self) -> None:
        """No bill gave back more than was paid for it, and each refund moved money once."""
        books = self.sites.sites["wallet"].database
        assert found(books, GIVEN_BACK_TOO_MUCH) == []
        assert found(books, REFUNDED_OTHERWISE_THAN_ONCE) == []

    def check_statements(self) -> None:
        """Each day reconciles and begins where the day before ended; the last is the balance."""
        closing: dict[str, int] = {}
        for day in self._days():
            for part in self.wallet.statements.of(self.merchant, day).currencies:
                assert part.difference.minor == 0
                assert part.opening.minor == closing.get(part.currency, 0)
                closing[part.currency] = part.closing.minor
        books = self.sites.sites["wallet"].database
        balances = found(books, BALANCES.format(self.merchant.site_id))
        assert [f"{currency} {minor}" for currency, minor in sorted(closing.items())] == balances

    def _days(self) -> Iterator[date]:
        day: date = self.began_at.astimezone(self.merchant.zone).date()
        while day <= self.wallet.statements.today(self.merchant):
            yield day
            day += timedelta(days=1)

    @property
    def began_at(self) -> Any:
        """The moment at which the machine began, by the stack's clock."""
        raise NotImplementedError
