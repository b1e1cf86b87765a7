"""Random operations on the shop's own rules: its wallet and its vault do as they are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import httpx
import hypothesis.strategies as st
from hypothesis.stateful import invariant, rule

from mock_sites.shared.runtime.worker import Worker
from mock_sites.shop.domain.address import Address
from mock_sites.shop.store import OrderRow, OrderState, PaymentMethod
from tests.mock_sites.machines.machine import PEOPLE, PICK, WAITS, Machine, found, typed
from tests.support.shop_fixture import shop_fixture
from tests.support.stack_fixture import until_nothing_is_due

PRODUCTS = st.sampled_from(("gingerbread", "puzzle"))
PAID_OTHERWISE_THAN_ONCE = """SELECT uid FROM orders o WHERE (state = 'PAID') <> (
    SELECT count(*) FROM payments p WHERE p.order_number = o.number)"""
PAID_WITH_WALLET = "SELECT uid FROM orders WHERE state = 'PAID' AND means = 'QIWI_WALLET'"
VISA = typed("4111111111111111")
TIMEOUT = httpx.ReadTimeout("no answer")


def lost(_path: str) -> httpx.Response:
    """An answer that never comes."""
    raise TIMEOUT


class ShopAlone(Machine):
    """The shop's rules, without a page."""

    def __init__(self) -> None:
        super().__init__()
        self.fixture = self.opened.enter_context(shop_fixture(self.folder))
        self.shop = self.fixture.shop

    @rule(
        who=PEOPLE,
        product=PRODUCTS,
        payment_method=st.sampled_from(PaymentMethod),
        times=st.integers(1, 2),
    )
    def order(self, who: int, product: str, payment_method: PaymentMethod, times: int) -> None:
        customer = self.shop.people.find(self.fixture.phone(who))
        assert customer is not None
        address = Address("Anna", customer.phone, "Kazan", "Bauman Street 12", "420111")

        def act() -> None:
            self.shop.carts.add(customer.id, product, 1)
            uid = self.shop.checkouts.start(customer.id, [product])
            for _ in range(times):
                self.shop.buy(customer, uid, address, payment_method, VISA)

        self.do(act)

    @rule(which=PICK)
    def cancel(self, which: int) -> None:
        self._on_one(which, lambda order: self.shop.cancel(order.customer_id, order.uid))

    @rule(which=PICK, status=st.sampled_from(("PAID", "REJECTED", "EXPIRED")))
    def let_bill_end(self, which: int, status: str) -> None:
        bill = self._bill(which)
        if bill and bill["status"]["value"] == "WAITING":
            self.do(partial(self.fixture.wallet.is_told, bill["billId"], status))

    @rule(which=PICK, forged=st.booleans())
    def tell(self, which: int, forged: bool) -> None:
        bill = self._bill(which)
        if bill:
            signed = "0" * 64 if forged else None
            self.do(lambda: self.fixture.notify({**bill, "payUrl": None}, signed))

    @rule(which=PICK)
    def tell_of_wrong_amount(self, which: int) -> None:
        bill = self._bill(which)
        if bill:
            amount = {**bill["amount"], "value": "1.00"}
            self.do(lambda: self.fixture.notify({**bill, "amount": amount, "payUrl": None}))

    @rule(which=PICK)
    def look_again(self, which: int) -> None:
        self._on_one(which, self.shop.card_payments.look_again, OrderState.PAYING)

    @rule(product=PRODUCTS, price=st.sampled_from((24_550, 99_000)), on_sale=st.booleans())
    def change_product(self, product: str, price: int, on_sale: bool) -> None:
        def act() -> None:
            self.shop.catalogue.reprice(product, price)
            self.shop.catalogue.offer(product, on_sale=on_sale)

        self.do(act)

    @rule(error=st.sampled_from((None, TIMEOUT, (500, b"{}"), (200, b'{"half'), (404, b"{}"))))
    def break_wallet(self, error: Any) -> None:
        # What the wallet has never heard of is unknown to it, but a bill is never forgotten.
        if error != (404, b"{}") or not self.fixture.wallet.bills:
            self.fixture.wallet.error = error

    @rule(before=st.booleans(), after=st.booleans(), says_no=st.booleans())
    def break_vault(self, before: bool, after: bool, says_no: bool) -> None:
        self.fixture.vault.before = lost if before else None
        self.fixture.vault.after = lost if after else None
        no = {"resultCode": "CARD_DECLINED", "resultStatus": "F", "resultMessage": "no"}
        self.fixture.vault.says_no = no if says_no else None

    @rule(seconds=WAITS)
    def let_time_pass(self, seconds: int) -> None:
        self.fixture.clock.advance(timedelta(seconds=seconds))
        self.do(self._work)

    @invariant()
    def an_order_is_paid_if_and_only_if_money_came(self) -> None:
        books = self.fixture.site.database
        assert found(books, PAID_OTHERWISE_THAN_ONCE) == []
        for uid in found(books, PAID_WITH_WALLET):
            assert self.fixture.wallet.bills[uid]["status"]["value"] == "PAID"

    def settle(self) -> None:
        """Wallet and vault answer again, and a day passes."""
        self.fixture.wallet.error = None
        self.fixture.vault.before = self.fixture.vault.after = None
        for seconds in (301, 301, 86_401, 301):
            self.fixture.clock.advance(timedelta(seconds=seconds))
            self._work()
        self.an_order_is_paid_if_and_only_if_money_came()
        for uid, bill in self.fixture.wallet.bills.items():
            assert (bill["status"]["value"] == "PAID") == self._is_paid(uid)
        for uid, payment in self.fixture.vault.payments.items():
            assert (payment["result"]["resultStatus"] == "S") == self._is_paid(uid)

    def _is_paid(self, uid: str) -> bool:
        return any(order.uid == uid and order.payment is not None for order in self._orders())

    def _work(self) -> None:
        for worker in self._workers():
            until_nothing_is_due(worker)

    def _workers(self) -> tuple[Worker, ...]:
        return self.fixture.site.workers

    def _orders(self) -> list[OrderRow]:
        return [order for who in (0, 1) for order in self.fixture.orders(who)]

    def _bill(self, which: int) -> dict[str, Any] | None:
        bills = list(self.fixture.wallet.bills.values())
        return bills[which % len(bills)] if bills else None

    def _on_one(
        self, which: int, act: Callable[[OrderRow], Any], state: OrderState | None = None
    ) -> None:
        orders = [order for order in self._orders() if state in (None, order.state)]
        if orders:
            self.do(lambda: act(orders[which % len(orders)]))
