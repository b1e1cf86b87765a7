"""Random buyers, faults and time on all sites together: what must hold whatever happens."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import hypothesis.strategies as st
from flask.ctx import RequestContext
from hypothesis.stateful import invariant, rule

from mock_sites.shared.controls.faults import KINDS, Kind, NewFault, Place
from mock_sites.shared.values.refusal import NotFound
from mock_sites.shop.domain.address import Address
from mock_sites.shop.domain.vault import ChallengeNeeded
from mock_sites.shop.store import OrderState, PaymentMethod
from tests.mock_sites.machines.machine import (
    CARDS,
    PAID_OTHERWISE_THAN_ONCE,
    PEOPLE,
    PICK,
    WAITS,
    assert_books_balance,
    assert_holds_end_once,
    found,
    typed,
)
from tests.mock_sites.machines.merchants import MerchantActs
from tests.mock_sites.machines.pages import PRODUCTS, PageActs
from tests.support.stack_fixture import stack_fixture

# Who can be struck where: the site that keeps the fault.
SITES_OF = {
    Place.MESSAGE: ("phone",),
    Place.NOTIFICATION: ("wallet", "vault"),
    Place.REQUEST: ("wallet", "shop", "vault", "phone", "acs"),
    Place.PAGE: ("shop", "vault"),
    Place.ISSUER: ("vault",),
    Place.RETURN: ("vault",),
}
FAULTS = st.sampled_from(
    [(site, place, kind) for place in SITES_OF for site in SITES_OF[place] for kind in KINDS[place]]
)
PAID_BY_CARD = "SELECT request_id FROM payments WHERE movement_id IS NOT NULL"
CODES = re.compile(r"\b[0-9]{6}\b")
SECONDS = {Kind.SLOW: 20.0, Kind.LATE: 90.0}


class SitesTogether(MerchantActs, PageActs):
    """Two buyers on all sites, whose messages, calls and pages go wrong on purpose."""

    def __init__(self) -> None:
        super().__init__()
        self.sites = self.opened.enter_context(stack_fixture(self.folder))
        self.books = {name: site.database for name, site in self.sites.sites.items()}
        apps = {name: site.app.extensions for name, site in self.sites.sites.items()}
        self.shop, self.wallet = apps["shop"]["shop"], apps["wallet"]["wallet"]
        self.vault, self.issuer = apps["vault"]["vault"], apps["acs"]["acs"]
        self.phones = [person.phone for person in self.sites.stack.keys.people]
        self.payments: list[tuple[int, str]] = []
        self.linkings = [str(uuid4()) for _ in range(3)]
        self.began = self.sites.clock.now()
        self.open_browsers()

    @property
    def began_at(self) -> datetime:
        """The moment at which the machine began, by the stack's clock."""
        return self.began

    # What buyers do

    @rule(
        who=PEOPLE,
        product=PRODUCTS,
        payment_method=st.sampled_from(PaymentMethod),
        number=CARDS,
        linked=PICK,
    )
    def order(
        self, who: int, product: str, payment_method: PaymentMethod, number: str, linked: int
    ) -> None:
        customer = self.shop.people.find(self.phones[who])
        cards = self.shop.cards.known(customer.id)
        source = cards[linked % len(cards)] if cards and linked % 2 else typed(number)
        address = Address("Anna", customer.phone, "Kazan", "Bauman Street 12", "420111")

        def buy() -> None:
            self.shop.carts.add(customer.id, product, 1)
            uid = self.shop.checkouts.start(customer.id, [product])
            with suppress(ChallengeNeeded):
                self.shop.buy(customer, uid, address, payment_method, source)

        self.do(buy)

    @rule(who=PEOPLE, which=PICK)
    def cancel(self, who: int, which: int) -> None:
        customer = self.shop.people.find(self.phones[who])
        orders = self.shop.orders.of_customer(customer.id)
        if orders:
            uid = orders[which % len(orders)].uid
            self.do(lambda: self.shop.cancel(customer.id, uid))

    @rule(who=PEOPLE, which=PICK)
    def begin_to_pay(self, who: int, which: int) -> None:
        buyer = self.wallet.buyers.find(self.phones[who])
        invoices = self.wallet.bills.recent(buyer)
        if invoices:
            bill = invoices[which % len(invoices)].bill
            self.do(lambda: self._enter(who, buyer, bill.uid))

    @rule(which=PICK)
    def ask_for_new_code(self, which: int) -> None:
        if self.payments:
            who, uid = self.payments[which % len(self.payments)]
            buyer = self.wallet.buyers.find(self.phones[who])
            self.do(lambda: self._new_code(buyer, uid))

    @rule(which=PICK, newest=st.integers(0, 2))
    def confirm(self, which: int, newest: int) -> None:
        if not self.payments:
            return
        who, uid = self.payments[-1 - which % len(self.payments)]
        buyer = self.wallet.buyers.find(self.phones[who])
        texts = [m["text"] for m in self._messages(self.phones[who])][::-1]
        code = texts[newest % len(texts)].split()[1] if texts else "000000"
        self.do(lambda: self.wallet.payments.confirm(buyer, uid, code))

    @rule(who=PEOPLE, number=CARDS, again=st.integers(0, 2))
    def link(self, who: int, number: str, again: int) -> None:
        customer = self.shop.people.find(self.phones[who])

        def link() -> None:
            with suppress(ChallengeNeeded):
                self.shop.cards.link(customer, self.linkings[again], typed(number))

        self.do(link)

    @rule(who=PEOPLE, which=PICK, newest=st.integers(0, 2))
    def answer_challenge(self, who: int, which: int, newest: int) -> None:
        """The buyer answers a challenge with the code of a message, or gives it up."""
        path = "/authentications?" + urlencode({"phone": self.phones[who]})
        asked = [one["id"] for one in self.sites.control("acs", "GET", path)]
        if not asked:
            return
        uid, codes = asked[which % len(asked)], CODES.findall(self._said_to(who))
        code = codes[-1 - newest % len(codes)] if codes else "000000"
        if which % 5:
            self.do(lambda: self.issuer.answer(uid, code))
        else:
            self.do(lambda: self.issuer.abandon(uid))

    @rule(who=PEOPLE, which=PICK)
    def ask_for_new_challenge_code(self, who: int, which: int) -> None:
        path = "/authentications?" + urlencode({"phone": self.phones[who]})
        asked = [one["id"] for one in self.sites.control("acs", "GET", path)]
        if asked:
            uid = asked[which % len(asked)]
            with self.sites.sites["acs"].app.test_request_context():
                self.do(lambda: self.issuer.send_new_code(uid))

    def _said_to(self, who: int) -> str:
        return " ".join(message["text"] for message in self._messages(self.phones[who]))

    @rule(who=PEOPLE, which=PICK)
    def delete_card(self, who: int, which: int) -> None:
        cards = self.vault.cards.of(self.phones[who])
        if cards:
            token = cards[which % len(cards)].token
            self.do(lambda: self.vault.cards.delete(self.phones[who], [token]))

    # What happens to them

    @rule(who=PEOPLE, which=PICK)
    def take_card_back(self, who: int, which: int) -> None:
        cards = self.vault.cards.of(self.phones[who])
        if cards:
            self.do(lambda: self.vault.cards.withdraw(cards[which % len(cards)].token))

    @rule(who=PEOPLE, which=PICK)
    def settle_cent(self, who: int, which: int) -> None:
        cards = self.vault.cards.of(self.phones[who])
        if cards:
            self.do(lambda: self.vault.cards.settle(cards[which % len(cards)].token))

    @rule(seconds=WAITS)
    def let_time_pass(self, seconds: int) -> None:
        self.do(lambda: self.sites.advance(seconds))

    @rule()
    def work_in_background(self) -> None:
        self.do(self.sites.work)

    @rule(product=PRODUCTS, price=st.sampled_from((24_550, 99_000)), on_sale=st.booleans())
    def change_product(self, product: str, price: int, on_sale: bool) -> None:
        change = {"price_minor": price, "on_sale": on_sale}
        self.do(lambda: self.sites.control("shop", "PATCH", f"/products/{product}", change))

    @rule(fault=FAULTS, who=PEOPLE, times=st.integers(1, 3))
    def go_wrong(self, fault: tuple[str, Place, Kind], who: int, times: int) -> None:
        site, place, kind = fault
        wanted = NewFault(
            place=place,
            kind=kind,
            phone=self.phones[who],
            times=times,
            seconds=SECONDS.get(kind, 0),
        )
        self.do(
            lambda: self.sites.control(
                site,
                "POST",
                "/faults",
                wanted.model_dump(mode="json"),
            )
        )

    # What must hold at every moment

    @invariant()
    def money_is_conserved(self) -> None:
        assert_books_balance(self.books["wallet"])
        assert_books_balance(self.books["vault"])

    @invariant()
    def a_bill_is_paid_if_and_only_if_one_payment_was_made(self) -> None:
        assert found(self.books["wallet"], PAID_OTHERWISE_THAN_ONCE) == []

    @invariant()
    def a_refund_gives_back_once_and_never_too_much(self) -> None:
        self.check_refunds()

    @invariant()
    def a_hold_ends_at_most_once(self) -> None:
        assert_holds_end_once(self.books["vault"])

    # What must hold once everything has settled

    def settle(self) -> None:
        """Nothing goes wrong any more, and time passes."""
        self._let_nothing_go_wrong()
        self._check_orders()
        self.sites.advance(86_401)
        self._let_nothing_go_wrong()
        self._check_orders()
        assert found(self.books["vault"], "SELECT id FROM holds WHERE ended_at IS NULL") == []
        self.money_is_conserved()
        self.check_statements()
        books = self.sites.control("shop", "GET", "/books")
        assert books == {"discrepancies": [], "pending": [], "not_compared": []}

    def _let_nothing_go_wrong(self) -> None:
        for site in self.sites.sites:
            for fault in self.sites.control(site, "GET", "/faults"):
                self.sites.control(site, "DELETE", f"/faults/{fault['id']}")
        # Five minutes are the longest pause between two tries of the shop.
        for _ in range(3):
            self.sites.advance(301)

    def _check_orders(self) -> None:
        merchant = self.wallet.merchants.issuer(self.sites.stack.keys.merchant.site_id)
        for phone in self.phones:
            customer = self.shop.people.find(phone)
            for order in self.shop.orders.of_customer(customer.id):
                assert (order.state == OrderState.PAID) == (order.payment is not None)
                paid = False
                if order.payment_method == PaymentMethod.QIWI_WALLET:
                    with suppress(NotFound):
                        paid = self.wallet.bills.read(merchant, order.uid).status == "PAID"
                elif order.payment_method == PaymentMethod.CARD:
                    paid = self.vault.payments.read(order.uid).movement_id is not None
                assert (order.state == OrderState.PAID) == paid, (
                    order.payment_method,
                    order.state,
                    paid,
                )
        for uid in found(self.books["vault"], PAID_BY_CARD):
            assert self.shop.orders.find(uid).state == OrderState.PAID

    # How it is done

    def _enter(self, who: int, buyer: Any, bill_uid: str) -> None:
        payment = self.wallet.payments.enter_for_bill(buyer, bill_uid, "qw", None)
        self.payments.append((who, payment.uid))
        with self._in_wallet():
            self.wallet.payments.begin_confirming(buyer, payment.uid)

    def _new_code(self, buyer: Any, uid: str) -> None:
        with self._in_wallet():
            self.wallet.payments.send_new_code(buyer, uid)

    def _in_wallet(self) -> RequestContext:
        """As in a request: the message with a code is in the language of its page."""
        return self.sites.sites["wallet"].app.test_request_context()

    def _messages(self, phone: str) -> list[dict[str, str]]:
        return list(self.sites.control("phone", "GET", f"/messages?phone=%2B{phone[1:]}"))
