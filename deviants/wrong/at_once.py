"""Payments that are confirmed at once, cards that run out, and cards that were renewed."""

from __future__ import annotations

import threading
from typing import Any

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.accounts.ledger import OUTSIDE
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shop.card_store import LinkedCardRow
from mock_sites.shop.domain.cards import Cards as ShopCards
from mock_sites.vault.domain import cards, links
from mock_sites.wallet.domain import ledger, payments
from mock_sites.wallet.domain.buyers import owner_of
from mock_sites.wallet.domain.payments import Payments

# Real time in which another payment of the buyer can begin.
UNDER_WAY_SECONDS = 0.5


def _wait() -> None:
    threading.Event().wait(UNDER_WAY_SECONDS)


@deviant("W1.6", "wallet", "Two payments that are confirmed at once are both paid")
def second_payment_at_once_is_dropped(site: Change) -> None:
    """A payment that is confirmed while another one of the buyer is under way is not paid."""
    under_way: set[int] = set()
    guard = threading.Lock()

    def one_at_a_time(confirm: Any) -> Any:
        def confirm_alone(self: Payments, buyer: Any, uid: str, code: str) -> Any:
            with guard:
                is_busy = buyer.id in under_way
                under_way.add(buyer.id)
            if is_busy:
                return self.get(buyer, uid)
            try:
                _wait()
                return confirm(self, buyer, uid, code)
            finally:
                under_way.discard(buyer.id)

        return confirm_alone

    site.wrap(Payments, "confirm", one_at_a_time)


@deviant(
    "W1.6", "wallet", "Two payments that are confirmed at once take no more than the wallet holds"
)
def balance_is_read_before_the_other_payment(site: Change) -> None:
    """Two payments at once are each held against the whole balance; the wallet lends the rest."""

    def lending(confirm: Any) -> Any:
        def confirm_and_lend(self: Payments, buyer: Any, uid: str, code: str) -> Any:
            payment = self.get(buyer, uid)
            with self.database.transaction() as session:
                was_short = payments.missing_money(session, buyer, payment.money)
            _wait()
            try:
                return confirm(self, buyer, uid, code)
            except Refusal as refusal:
                if refusal.code != "balance.insufficient" or was_short:
                    raise
            with self.database.transaction() as session:
                short = payments.missing_money(session, buyer, payment.money)
                lent, now = Money(short, payment.currency), self.clock.now()
                ledger.move(session, f"lent:{uid}", OUTSIDE, owner_of(buyer.id), lent, now)
            return confirm(self, buyer, uid, code)

        return confirm_and_lend

    site.wrap(Payments, "confirm", lending)


def _pay_with_another(site: Change) -> None:
    """In the place of a card that has expired, the next one that can pay is charged."""

    def next_one(self: ShopCards, customer_id: int, token: str) -> LinkedCardRow:
        card = self.get(customer_id, token)
        usable = self.usable(self.known(customer_id))
        return next(iter(usable), card) if self.is_over(card) else card

    site.rule(ShopCards, "to_pay_with", next_one)


@deviant("C2.6", "shop", "A card that expires at an open checkout pays nothing")
def another_card_pays_for_an_expired_one(site: Change) -> None:
    """If the chosen card has expired meanwhile, the shop charges another one."""
    _pay_with_another(site)


@deviant("C3.4", "shop", "A card that expires while the list is open pays nothing")
def another_card_pays_for_an_expired_one_on_the_phone(site: Change) -> None:
    """On the phone another card is charged if the chosen one has expired meanwhile."""
    _pay_with_another(site)


@deviant("C1.5", "vault", "A renewed card with the same number is linked and chosen again")
def expired_card_keeps_its_renewal_out(site: Change) -> None:
    """A card that has expired cannot be linked again with its new expiry."""

    def refuse(session: Any, phone: str, fingerprint: str, now: Any) -> None:
        if links.same_card(session, phone, fingerprint) is not None:
            raise Refusal("card.already-linked", "card_number")

    site.rule(cards, "refuse_second", refuse)
    site.rule(links, "refuse_second", refuse)
