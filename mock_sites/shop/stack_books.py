"""The books of the whole stack: what each site says of its own, and the shop's orders beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx

from ..shared.controls.control import PREFIX
from ..shared.messaging.outgoing import tls_settings
from ..shared.runtime.settings import StackSettings
from ..shared.values.money import Money
from .domain.bills import is_own_comment
from .domain.orders import Orders
from .domain.reconciliation import Findings, Ordered, Taken, compare
from .store import OrderState, PaymentMethod

PATIENCE_SECONDS = 30.0


class NotComparable(Exception):
    """A site could not be asked for its books. The message says why."""


class StackBooks:
    """Asks the test controls of wallet and vault, and compares."""

    def __init__(
        self, stack: StackSettings, orders: Orders, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._stack = stack
        self._orders = orders
        token = stack.keys.control_token
        self._http = httpx.Client(
            headers={"Authorization": f"Bearer {token}"},
            timeout=PATIENCE_SECONDS,
            transport=transport,
            trust_env=False,
            verify=tls_settings(),
        )

    def look(self) -> Findings:
        """Compare the books: discrepancies, pending items, and sites that could not be asked."""
        findings = Findings()
        for order in self._orders.all():
            if (order.state == OrderState.PAID) != (order.payment is not None):
                findings.discrepancies.append(f"order {order.uid} is {order.state}")
        self._compare(findings, "wallet", PaymentMethod.QIWI_WALLET, self._paid_bills)
        self._compare(findings, "vault", PaymentMethod.CARD, self._captures)
        return findings

    def _compare(
        self,
        findings: Findings,
        site: str,
        payment_method: PaymentMethod,
        read: Callable[[], Sequence[Taken]],
    ) -> None:
        before = self._ordered()
        try:
            books = self._ask(site, "/books")
            compared = compare(site, payment_method, before, read(), self._ordered())
        except NotComparable as why:
            findings.not_compared.append(f"the {site}'s books were not compared: {why}")
            return
        for kind in ("discrepancies", "pending"):
            own = [f"{site}: {line}" for line in books[kind]]
            getattr(findings, kind).extend([*own, *getattr(compared, kind)])

    def _ordered(self) -> list[Ordered]:
        orders = self._orders.all()
        return [Ordered(each.uid, each.payment_method, each.state, each.total) for each in orders]

    def _paid_bills(self) -> Sequence[Taken]:
        own = self._stack.keys.merchant.site_id
        return [
            Taken(bill["bill_id"], bill["times_paid"], Money(bill["paid_minor"], bill["currency"]))
            for bill in self._ask("wallet", "/bills")
            # The merchant's keys may issue bills of their own: only the shop's have its comment.
            if bill["site_id"] == own and is_own_comment(bill["comment"])
        ]

    def _captures(self) -> Sequence[Taken]:
        return [
            Taken(
                payment["request_id"],
                payment["times_captured"],
                Money(payment["captured_minor"], payment["currency"]),
            )
            for payment in self._ask("vault", "/payments")
        ]

    def _ask(self, site: str, path: str) -> Any:
        if site in self._stack.elsewhere:
            raise NotComparable("it is somebody else's")
        try:
            answer = self._http.get(self._stack.internal_url(site) + PREFIX + path)
            said: list[Any] | Mapping[str, Any] = answer.raise_for_status().json()
        except httpx.HTTPStatusError as error:
            raise NotComparable(f"its test controls answer {error.response.status_code}") from None
        except (httpx.HTTPError, ValueError) as error:
            raise NotComparable(f"it cannot be reached ({type(error).__name__})") from None
        return said
