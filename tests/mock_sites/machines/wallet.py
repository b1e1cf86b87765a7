"""Random operations on the wallet's own rules: two buyers, a merchant, a phone that may fail."""

from __future__ import annotations

from datetime import timedelta

import hypothesis.strategies as st
from hypothesis.stateful import invariant, rule

from mock_sites.shared.runtime.database import Database
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.domain import catalogue
from mock_sites.wallet.domain.bills import NewBill
from mock_sites.wallet.domain.codes import NewCode
from mock_sites.wallet.domain.wallet import open_wallet
from mock_sites.wallet.store import Base, BuyerRow, MerchantRow, PaymentRow
from tests.mock_sites.machines.machine import (
    PAID_OTHERWISE_THAN_ONCE,
    PEOPLE,
    PICK,
    WAITS,
    Machine,
    assert_books_balance,
    found,
)
from tests.support.standing_clock import StandingClock

AMOUNTS = st.sampled_from((1, 15_000, 40_000, 99_999))
SHOP = MerchantRow(site_id="shop", name="Shop", secret_key="s", public_key="p", origins=[])
GIVEN_BACK_TOO_MUCH = """SELECT uid FROM bills b WHERE
    (SELECT coalesce(sum(amount), 0) FROM refunds WHERE bill_uid = b.uid) >
    CASE WHEN status = 'PAID' THEN amount ELSE 0 END"""


class WalletAlone(Machine):
    """The wallet's rules, without a page."""

    def __init__(self) -> None:
        super().__init__()
        self.clock, self.phone_works = StandingClock(), True
        self.codes: list[str] = []
        self.payments: list[tuple[int, str]] = []
        self.books = Database(f"sqlite:///{self.folder / 'wallet'}.sqlite3", Base)
        self.opened.callback(self.books.close)
        self.wallet = open_wallet(self.books, self.clock, "key", self._take_code, lambda: None)
        self.wallet.merchants.register(SHOP)
        self.buyers = [
            self.wallet.buyers.open_wallet(phone, "pw", "Anna", [Money(100_000, "RUB")])
            for phone in ("+79160000001", "+79160000002")
        ]

    def _take_code(self, _phone: str, code: NewCode, _payment: PaymentRow) -> None:
        if not self.phone_works:
            raise Refusal("code.not-sent")
        self.codes.append(code.digits)

    @rule(who=PEOPLE, amount=AMOUNTS)
    def enter(self, who: int, amount: int) -> None:
        steam = catalogue.payee("steam")
        typed = f"{amount // 100}.{amount % 100:02}"

        def act() -> None:
            money = steam.parse_amount(typed)
            payment = self.wallet.payments.enter(self.buyers[who], steam, "night_owl", money)
            self.payments.append((who, payment.uid))

        self.do(act)

    @rule(who=PEOPLE, number=st.integers(0, 3), amount=AMOUNTS, minutes=st.sampled_from((2, 90)))
    def issue(self, who: int, number: int, amount: int, minutes: int) -> None:
        bill = NewBill(
            bill_id=f"bill-{number}",
            money=Money(amount, "RUB"),
            expires_at=self.clock.now() + timedelta(minutes=minutes),
            comment=None,
            customer={},
            phone=self.buyers[who].phone,
            custom_fields={},
        )
        self.do(lambda: self.wallet.bills.issue(SHOP, bill))

    @rule(number=st.integers(0, 3))
    def reject(self, number: int) -> None:
        self.do(lambda: self.wallet.bills.reject(SHOP, f"bill-{number}"))

    @rule(number=st.integers(0, 3), again=st.integers(0, 2), amount=AMOUNTS)
    def give_back(self, number: int, again: int, amount: int) -> None:
        money = Money(amount, "RUB")
        self.do(lambda: self.wallet.refunds.give(SHOP, f"bill-{number}", f"r-{again}", money))

    @rule(who=PEOPLE, amount=AMOUNTS)
    def top_up(self, who: int, amount: int) -> None:
        phone = self.buyers[who].phone
        self.do(lambda: self.wallet.buyers.top_up(phone, Money(amount, "RUB")))

    @rule(who=PEOPLE, which=PICK)
    def enter_for_bill(self, who: int, which: int) -> None:
        invoices = self.wallet.bills.recent(self.buyers[who])
        if not invoices:
            return

        def act() -> None:
            bill = invoices[which % len(invoices)].bill
            payment = self.wallet.payments.enter_for_bill(self.buyers[who], bill.uid, "qw", None)
            self.payments.append((who, payment.uid))

        self.do(act)

    @rule(which=PICK)
    def begin_confirming(self, which: int) -> None:
        buyer, uid = self._one_payment(which)
        self.do(lambda: self.wallet.payments.begin_confirming(buyer, uid))

    @rule(which=PICK)
    def ask_for_new_code(self, which: int) -> None:
        buyer, uid = self._one_payment(which)
        self.do(lambda: self.wallet.payments.send_new_code(buyer, uid))

    @rule(which=PICK, newest=st.integers(0, 2))
    def confirm(self, which: int, newest: int) -> None:
        code = self.codes[-1 - newest % len(self.codes)] if self.codes else "000000"
        buyer, uid = self._one_payment(which)
        self.do(lambda: self.wallet.payments.confirm(buyer, uid, code))

    @rule(seconds=WAITS)
    def let_time_pass(self, seconds: int) -> None:
        self.do(lambda: self.clock.advance(timedelta(seconds=seconds)))

    @rule(works=st.booleans())
    def let_phone_work(self, works: bool) -> None:
        self.phone_works = works

    @invariant()
    def what_always_holds(self) -> None:
        assert_books_balance(self.books)
        assert found(self.books, PAID_OTHERWISE_THAN_ONCE) == []
        assert found(self.books, GIVEN_BACK_TOO_MUCH) == []
        for buyer in self.buyers:
            history = [entry.money.minor for entry in self.wallet.history.of(buyer)]
            assert [money.minor for money in self.wallet.buyers.balances(buyer)] == [sum(history)]

    def settle(self) -> None:
        """After the longest life of a bill none waits any more."""
        self.clock.advance(timedelta(days=46))
        for buyer in self.buyers:
            assert self.wallet.bills.unpaid(buyer) == 0
        self.what_always_holds()

    def _one_payment(self, which: int) -> tuple[BuyerRow, str]:
        who, uid = self.payments[-1 - which % len(self.payments)] if self.payments else (0, "none")
        return self.buyers[who], uid
