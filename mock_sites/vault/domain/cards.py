"""A person's cards: linking one, and managing those there are (C2.3-C2.5)."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, selectinload

from ...shared.values.cards import Card, Expiry
from ...shared.values.money import Money
from ...shared.values.published_cards import PublishedCard
from ...shared.values.refusal import NotFound, Refusal
from ..issuer_store import AuthorisationState
from ..store import CardRow, CardState, HoldRow
from . import holds
from .billing import Billing
from .cent_requests import CentRequests
from .fingerprints import Fingerprints
from .issuer import Issuer
from .links import Links, cards_of, own_card, refuse_second, set_billing, set_main
from .notifications import Notifications
from .upkeep import Upkeep

# Built once. With the holds, but without their trails.
SHOWN = (
    select(CardRow)
    .where(CardRow.phone == bindparam("phone"), CardRow.state != CardState.DELETED)
    .order_by(CardRow.id.desc())
    .options(selectinload(CardRow.hold).lazyload(HoldRow.events))
)


@dataclass(frozen=True)
class CardDetails:
    """The editable values of a linked card: everything but its number."""

    holder: str
    expiry: Expiry
    billing: Billing


class Cards:
    """The cards of all people, each known by a phone: it is the same one on every site."""

    def __init__(
        self,
        upkeep: Upkeep,
        links: Links,
        notifications: Notifications,
        issuer: Issuer,
        fingerprints: Fingerprints,
        cent_requests: CentRequests,
    ) -> None:
        self.upkeep = upkeep
        self._requests = cent_requests
        self._links = links
        self._notifications = notifications
        self._issuer = issuer
        self._fingerprints = fingerprints

    def link(
        self,
        phone: str,
        card: Card,
        billing: Billing | None = None,
        also: Callable[[Session, CardRow], None] = lambda session, row: None,
    ) -> CardRow:
        """Link a card: the issuer is asked, and one cent is held for a day at most (C2.5).

        ``also`` is done in the same transaction. The issuer is asked outside of any: a slow
        one must not keep everybody else waiting. Raises Refusal ``card.already-linked``, or as
        :meth:`Issuer.authorise` does; then nothing is linked and nothing held.
        """
        published = self._issuer.recognise(card.number)
        fingerprint = self._fingerprints.of(card.number)
        with self.upkeep.transaction() as session:
            refuse_second(session, phone, fingerprint, self.upkeep.now())
        cent = _cent(published)
        token = self._requests.hold(
            phone, cent, lambda key: self._issuer.hold(key, phone, card, cent)
        )
        with self.upkeep.transaction() as session:
            now = self.upkeep.now()
            begin = self._links.begin
            row = begin(session, phone, card, fingerprint, published, billing, now, token)
            also(session, row)
        return row

    def of(self, phone: str) -> list[CardRow]:
        """The cards that a person has, newest first, without their holds."""
        with self.upkeep.reading() as session:
            return cards_of(session, phone)

    def shown_to(self, phone: str) -> list[CardRow]:
        """List a person's cards, also those whose check was withdrawn: the owner is told."""
        with self.upkeep.reading() as session:
            return list(session.scalars(SHOWN, {"phone": phone}))

    def get(self, phone: str, token: str) -> CardRow:
        """A card of this person's own. Raises NotFound, for another's and a deleted one too."""
        with self.upkeep.reading() as session:
            return own_card(session, phone, token)

    def owner(self, token: str) -> str:
        """The owner of the card of that token (``owners``). Raises NotFound, also if deleted."""
        with self.upkeep.reading() as session:
            counts = CardRow.state != CardState.DELETED
            owner = session.scalar(select(CardRow.phone).where(CardRow.token == token, counts))
        if owner is None:
            raise NotFound(token)
        return owner

    def chosen(self, phone: str, tokens: Collection[str]) -> list[CardRow]:
        """The person's own cards of these tokens, newest first.

        Raises NotFound for another's, Refusal ``cards.none-chosen`` for no token at all.
        """
        if not tokens:
            raise Refusal("cards.none-chosen")
        with self.upkeep.transaction() as session:
            found = {own_card(session, phone, token).id for token in tokens}
        return [card for card in self.shown_to(phone) if card.id in found]

    def make_main(self, phone: str, token: str) -> None:
        """From now on the shop selects this card at checkout (C2.3).

        Raises NotFound, and Refusal ``card.out-of-date`` for a card that has expired, which the
        shop could not select. Nothing happens if it is the main card already: one that has
        expired since stays it, and is selected again once its expiry is edited.
        """
        with self.upkeep.transaction() as session:
            card = _own_card_that_counts(session, phone, token)
            if card.main:
                return
            if card.expiry.is_over(self.upkeep.now()):
                raise Refusal("card.out-of-date")
            set_main(session, card)
            self._notifications.cards_changed(session, phone, self.upkeep.now())

    def edit(self, phone: str, token: str, details: CardDetails) -> None:
        """Change what may be changed of a card (C2.3); the issuer has to confirm another expiry.

        Raises NotFound, and Refusal as :meth:`Issuer.check_expiry` does: then nothing is changed.
        """
        with self.upkeep.transaction() as session:
            before = _own_card_that_counts(session, phone, token)
        if before.fingerprint is not None and details.expiry != before.expiry:
            # Outside of any transaction: a slow issuer must not keep everybody else waiting.
            self._issuer.check_expiry(phone, before.fingerprint, details.expiry)
        with self.upkeep.transaction() as session:
            card = _own_card_that_counts(session, phone, token)
            card.holder = details.holder
            card.expiry_year, card.expiry_month = details.expiry.year, details.expiry.month
            set_billing(card, details.billing)
            self._notifications.cards_changed(session, phone, self.upkeep.now())

    def delete(self, phone: str, tokens: Collection[str]) -> None:
        """Delete the person's own cards of these tokens (C2.3).

        If the main card is among them the most recently linked other one becomes main. A
        cent still held goes back. Raises NotFound, and deletes none, for a token of another's.
        """
        with self.upkeep.transaction() as session:
            own = select(CardRow).where(CardRow.phone == phone, CardRow.token.in_(tokens))
            found = list(session.scalars(own.with_for_update()))
            if len(found) < len(set(tokens)):
                raise NotFound("not all of these cards are this person's")
            for card in found:
                if card.state != CardState.DELETED:
                    self._links.delete(session, card, self.upkeep.now())
        self.upkeep.settle_due()

    def withdraw(self, token: str) -> None:
        """The issuer takes back the check of a card (a test's doing). Raises NotFound."""
        with self.upkeep.transaction() as session:
            if session.scalar(select(CardRow).where(CardRow.token == token)) is None:
                raise NotFound(token)
        if self._issuer.authorisations.withdraw(token) is not AuthorisationState.WITHDRAWN:
            return
        with self.upkeep.transaction() as session:
            card = session.scalars(select(CardRow).where(CardRow.token == token)).one()
            self._links.withdraw(session, card, self.upkeep.now())

    def settle(self, token: str) -> AuthorisationState:
        """The issuer takes the cent that it holds on a card (a test's doing). Raises NotFound.

        The vault learns of it once it asks for the cent. Return how the authorisation stands.
        """
        return self._issuer.authorisations.settle(token)

    def trail(self, phone: str) -> list[HoldRow]:
        """Every hold there ever was on this person's cards, with its events, oldest first."""
        with self.upkeep.reading() as session:
            return holds.of_person(session, phone)


def _own_card_that_counts(session: Session, phone: str, token: str) -> CardRow:
    card = own_card(session, phone, token)
    if not card.counts:
        raise NotFound(token)
    return card


def _cent(published: PublishedCard) -> Money:
    return Money(holds.ONE_CENT, published.currency)
