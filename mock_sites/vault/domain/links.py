"""The link between a person and a card: begun with a held cent, final when the cent is back.

Each function works inside the transaction of its caller, so that a card, its hold, the request
of a merchant that it came from, and the notification of it change together or not at all.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, lazyload

from ...shared.runtime.database import only_reads
from ...shared.values.cards import Card
from ...shared.values.published_cards import PublishedCard
from ...shared.values.refusal import NotFound, Refusal
from ..store import (
    COUNTING,
    OPEN,
    CardRow,
    CardState,
    HoldRow,
    HoldState,
    VaultingRow,
    VaultingStatus,
)
from . import cent_requests, holds
from .billing import Billing
from .card_view import FIRST, LAST
from .notifications import Notifications

# Built once: a page or a change of a card begins with it.
OF_TOKEN = select(CardRow).where(CardRow.token == bindparam("token"))
HELD = OF_TOKEN.with_for_update()


class Links:
    """Begins links and ends them; tells the shop of each change."""

    def __init__(self, notifications: Notifications) -> None:
        self._notifications = notifications

    def begin(
        self,
        session: Session,
        phone: str,
        card: Card,
        fingerprint: str,
        published: PublishedCard,
        billing: Billing | None,
        now: datetime,
        token: str,
    ) -> CardRow:
        """Link a card on which its issuer holds a cent from now, under ``token`` (C2.5).

        If the same card is linked and has expired, this is its renewal and takes its place (C1.5,
        C3.5, C2.4). Raises Refusal ``card.already-linked``, or ``card.issuer-down`` if the cent
        was given up meanwhile.
        """
        cent_requests.use(session, token)
        refuse_second(session, phone, fingerprint, now)
        expired = same_card(session, phone, fingerprint)
        was_main = expired is not None and expired.main
        if expired is not None:
            self.delete(session, expired, now)
        row = CardRow(
            token=token,
            phone=phone,
            fingerprint=fingerprint,
            first_six=card.number[:FIRST],
            last_four=card.number[-LAST:],
            brand=published.brand,
            holder=card.holder,
            expiry_year=card.expiry.year,
            expiry_month=card.expiry.month,
            state=CardState.CHECKING,
            main=main_card(session, phone) is None,
            linked_at=now,
        )
        if billing is not None:
            set_billing(row, billing)
        session.add(row)
        session.flush()
        if was_main:
            set_main(session, row)
        holds.place(session, row, published.currency, now)
        self._notifications.cards_changed(session, phone, now)
        return row

    def settle(self, session: Session, hold: HoldRow, state: HoldState, now: datetime) -> None:
        """End a hold as its issuer says; the link becomes final if the cent is back (C2.5)."""
        card = hold.card
        if state is HoldState.FAILED:
            self.withdraw(session, card, now)
        elif holds.end(session, hold, state, now) and card.state is CardState.CHECKING:
            card.state = CardState.LINKED
            self.conclude(session, card, VaultingStatus.SUCCESS, now)
            self._notifications.cards_changed(session, card.phone, now)

    def delete(self, session: Session, card: CardRow, now: datetime) -> None:
        """Forget a card. A cent that is still held on it is due at once."""
        if card.hold.state in OPEN:
            card.hold.due_at = now
            self.conclude(session, card, VaultingStatus.FAIL, now)
        card.holder = ""
        card.country = card.postal_code = card.address = None
        self.take_away(session, card, CardState.DELETED, now)

    def withdraw(self, session: Session, card: CardRow, now: datetime) -> None:
        """The issuer takes its authorisation back while the cent is held: no link comes of it."""
        was_counting = card.counts
        if holds.end(session, card.hold, HoldState.FAILED, now) and was_counting:
            self.conclude(session, card, VaultingStatus.FAIL, now)
            self.take_away(session, card, CardState.FAILED, now)

    def take_away(self, session: Session, card: CardRow, state: CardState, now: datetime) -> None:
        """End a card's link in ``state``; another card becomes the main one if this was it."""
        was_main = card.main
        card.state, card.fingerprint, card.main = state, None, False
        # The database knows one main card at most, so the old one steps back first.
        session.flush()
        if was_main:
            name_successor(session, card.phone, now)
        self._notifications.cards_changed(session, card.phone, now)

    def conclude(
        self, session: Session, card: CardRow, status: VaultingStatus, now: datetime
    ) -> None:
        """Tell the merchant that asked for this link what came of it, if one did."""
        asked = select(VaultingRow).where(VaultingRow.card_id == card.id)
        vaulting = session.scalar(asked)
        if vaulting is not None:
            vaulting.status = status
            self._notifications.outcome(session, vaulting, now)


def cards_of(session: Session, phone: str) -> list[CardRow]:
    """The cards that a person has, newest first, locked for a transaction that writes."""
    own = select(CardRow).where(CardRow.phone == phone, CardRow.state.in_(COUNTING))
    own = own.order_by(CardRow.id.desc()).options(lazyload(CardRow.hold))
    return list(session.scalars(own if only_reads(session) else own.with_for_update()))


def main_card(session: Session, phone: str) -> CardRow | None:
    """The card that the shop selects at checkout (C2.3) while it has not expired.

    None only if there is no card.
    """
    return next((card for card in cards_of(session, phone) if card.main), None)


def own_card(session: Session, phone: str, token: str) -> CardRow:
    """A card that the person has, or had and lost to its issuer. Raises NotFound."""
    card = session.scalar(OF_TOKEN if only_reads(session) else HELD, {"token": token})
    if card is None or card.phone != phone or card.state == CardState.DELETED:
        raise NotFound(token)
    return card


def same_card(session: Session, phone: str, fingerprint: str) -> CardRow | None:
    """The person's link of this very card, whatever its expiry; None if there is none."""
    same = (CardRow.phone == phone) & (CardRow.fingerprint == fingerprint)
    wanted = select(CardRow).where(same)
    return session.scalar(wanted if only_reads(session) else wanted.with_for_update())


def refuse_second(session: Session, phone: str, fingerprint: str, now: datetime) -> None:
    """Raises Refusal ``card.already-linked`` if the person has this very card, still valid."""
    same = same_card(session, phone, fingerprint)
    if same is not None and not same.expiry.is_over(now):
        raise Refusal("card.already-linked", "card_number")


def set_billing(card: CardRow, billing: Billing) -> None:
    """Set the billing address of a card."""
    card.country = billing.country
    card.postal_code = billing.postal_code
    card.address = billing.address


def set_main(session: Session, card: CardRow) -> None:
    """From now on this is its person's main card."""
    for other in cards_of(session, card.phone):
        other.main = False
    # The database knows one main card at most, so the old one steps back first.
    session.flush()
    card.main = True


def name_successor(session: Session, phone: str, now: datetime) -> None:
    """The most recently linked of the other cards becomes the main one, if there is any.

    One that has expired does so only where every other one has, too.
    """
    # The sort is stable: among equals the newest stays first.
    others = sorted(cards_of(session, phone), key=lambda card: card.expiry.is_over(now))
    if others:
        others[0].main = True
        session.flush()
