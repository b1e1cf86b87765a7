"""Random operations on the vault's own rules: two people, their cards, a merchant, an issuer."""

from __future__ import annotations

from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis.stateful import invariant, rule

from mock_sites.shared.controls.faults import KINDS, Faults, Kind, NewFault, Place
from mock_sites.shared.runtime.database import Database
from mock_sites.shared.values.money import Money
from mock_sites.vault.domain.merchant import Merchant
from mock_sites.vault.domain.payments import NewPayment
from mock_sites.vault.domain.vault import open_vault
from mock_sites.vault.domain.vaultings import NewVaulting
from mock_sites.vault.store import Base
from tests.mock_sites.machines.machine import (
    CARDS,
    PEOPLE,
    PICK,
    WAITS,
    Machine,
    assert_books_balance,
    assert_holds_end_once,
    found,
    typed,
)
from tests.support.no_access_control import NoAnswer
from tests.support.standing_clock import StandingClock

PHONES = ("+79160000001", "+79160000002")
SHOP = Merchant("merchant", "http://shop.localhost:2", "http://127.0.0.1:2")
AGAIN = st.integers(0, 4)
PAID_OTHERWISE_THAN_ONCE = """SELECT request_id FROM payments p WHERE (refused IS NULL) <>
    (SELECT count(*) FROM movements m WHERE m.key = 'payment:' || p.request_id)"""
NOT_ONE_MAIN_CARD = """SELECT phone FROM cards WHERE state IN ('CHECKING', 'LINKED')
    GROUP BY phone HAVING sum(main) <> 1"""
CANCELLED_AND_PAID = "SELECT request_id FROM payments JOIN cancellations USING (request_id)"
KEPT_BY_ISSUER = "SELECT key FROM issuer_authorisations WHERE state IN ('HELD', 'SETTLED')"
CHECKED_FOR_EVER = "SELECT id FROM cards WHERE state = 'CHECKING'"
UNDECIDED = "SELECT request_id FROM vaultings WHERE status = 'PENDING'"


class VaultAlone(Machine):
    """The vault's rules, without a page."""

    def __init__(self) -> None:
        super().__init__()
        patch = self.opened.enter_context(pytest.MonkeyPatch.context())
        patch.setattr("mock_sites.vault.domain.issuer.wait", lambda _seconds: None)
        self.clock, self.faults = StandingClock(), Faults()
        self.books = Database(f"sqlite:///{self.folder / 'vault'}.sqlite3", Base)
        self.opened.callback(self.books.close)
        self.vault = open_vault(
            self.books, self.clock, "key", SHOP, lambda: None, self.faults, NoAnswer()
        )

    @rule(who=PEOPLE, number=CARDS)
    def link(self, who: int, number: str) -> None:
        self.do(lambda: self.vault.cards.link(PHONES[who], typed(number)))

    @rule(who=PEOPLE, number=CARDS, again=AGAIN)
    def link_for_merchant(self, who: int, number: str, again: int) -> None:
        wanted = NewVaulting(
            request_id=f"v-{again}",
            phone=PHONES[who],
            card=typed(number),
            billing=None,
            notification_url=SHOP.notification_url,
            redirect_url=None,
        )
        self.do(lambda: self.vault.vaultings.vault(wanted))

    @rule(who=PEOPLE, number=CARDS, again=AGAIN, minor=st.sampled_from((1, 99_900)))
    def pay_from_typed_card(self, who: int, number: str, again: int, minor: int) -> None:
        self.do(lambda: self.vault.payments.pay(self._payment(who, again, minor, number)))

    @rule(who=PEOPLE, which=PICK, again=AGAIN)
    def pay_from_linked_card(self, who: int, which: int, again: int) -> None:
        wanted = NewPayment(f"p-{again}", PHONES[who], Money(500, "RUB"), self._token(which), "")
        self.do(lambda: self.vault.payments.pay(wanted))

    @rule(again=AGAIN)
    def cancel_payment(self, again: int) -> None:
        self.do(lambda: self.vault.payments.cancel(f"p-{again}"))

    @rule(who=PEOPLE, which=PICK)
    def make_main(self, who: int, which: int) -> None:
        self.do(lambda: self.vault.cards.make_main(PHONES[who], self._token(which)))

    @rule(who=PEOPLE, one=PICK, other=PICK)
    def delete(self, who: int, one: int, other: int) -> None:
        tokens = [self._token(one), self._token(other)]
        self.do(lambda: self.vault.cards.delete(PHONES[who], tokens))

    @rule(which=PICK)
    def withdraw(self, which: int) -> None:
        self.do(lambda: self.vault.cards.withdraw(self._token(which)))

    @rule(which=PICK)
    def settle_cent(self, which: int) -> None:
        self.do(lambda: self.vault.cards.settle(self._token(which)))

    @rule(who=PEOPLE, kind=st.sampled_from(sorted(KINDS[Place.RETURN])), times=st.integers(1, 3))
    def keep_cent(self, who: int, kind: Kind, times: int) -> None:
        """The issuer does not give a cent back, or does not say so."""
        fault = NewFault(place=Place.RETURN, kind=kind, phone=PHONES[who], times=times)
        self.do(lambda: self.faults.set(fault))

    @rule(who=PEOPLE)
    def silence_issuer(self, who: int) -> None:
        fault = NewFault(place=Place.ISSUER, kind=Kind.SILENT, phone=PHONES[who])
        self.do(lambda: self.faults.set(fault))

    @rule(seconds=WAITS)
    def let_time_pass(self, seconds: int) -> None:
        self.do(lambda: self.clock.advance(timedelta(seconds=seconds)))

    @invariant()
    def what_always_holds(self) -> None:
        assert_books_balance(self.books)
        assert_holds_end_once(self.books)
        assert found(self.books, PAID_OTHERWISE_THAN_ONCE) == []
        assert found(self.books, NOT_ONE_MAIN_CARD) == []
        assert found(self.books, CANCELLED_AND_PAID) == []

    def settle(self) -> None:
        """After a day without faults every cent is back and every link decided."""
        for fault in self.faults.all():
            self.faults.remove(fault.id)
        self.clock.advance(timedelta(days=1))
        self.vault.upkeep.settle_due()
        assert found(self.books, KEPT_BY_ISSUER) == []
        assert self.vault.discrepancies() == []
        assert found(self.books, "SELECT id FROM holds WHERE ended_at IS NULL") == []
        assert found(self.books, CHECKED_FOR_EVER) == []
        assert found(self.books, UNDECIDED) == []
        self.what_always_holds()

    def _token(self, which: int) -> str:
        tokens = found(self.books, "SELECT token FROM cards ORDER BY id")
        return str(tokens[which % len(tokens)]) if tokens else "none"

    def _payment(self, who: int, again: int, minor: int, number: str) -> NewPayment:
        return NewPayment(f"p-{again}", PHONES[who], Money(minor, "RUB"), typed(number), "")
