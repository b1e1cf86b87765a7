"""A customer's linked cards, as the vault lists them (C2.6).

The vault's list is the source of truth. The shop keeps the last answer, to show it when the vault
is unreachable. It asks again before a page that shows cards, after a notification, and on the
clock: after five minutes, and if nothing has changed then, after a month. So a notification that
is lost or comes twice changes nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database, table_of
from ...shared.values.cards import Card
from ...shared.values.refusal import NotFound, Refusal
from ..card_store import CardListRow, LinkedCardRow, LinkingRow
from ..store import CustomerRow
from .list_times import ListTimes, held_times, keep_times
from .vault import CardVault, VaultError, VaultUnreachable
from .vault_messages import BuyerCard, CardStatus

log = logging.getLogger(__name__)

ASK_AGAIN_AFTER = timedelta(minutes=5)
# A list that the clock has found unchanged: a step of the clock must not make all lists due.
ASK_UNCHANGED_AFTER = timedelta(days=30)
RETRY_AFTER = timedelta(seconds=30)
CENTURY = 2000
# Built once: every page that shows cards asks for it.
KNOWN = (
    select(LinkedCardRow)
    .where(LinkedCardRow.customer_id == bindparam("customer_id"))
    .order_by(LinkedCardRow.main.desc(), LinkedCardRow.position)
)
# Built once: the worker asks for it after every answer of the vault.
FIRST_DUE = select(CardListRow).order_by(CardListRow.due_at).limit(1)
CARD_COLUMNS = tuple(column.key for column in table_of(LinkedCardRow).columns)


class Cards:
    """Every customer's linked cards."""

    def __init__(self, database: Database, clock: Clock, client: CardVault) -> None:
        self.database = database
        self.clock = clock
        self._client = client
        self._listener: Callable[[], None] = lambda: None

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call ``listener`` whenever a list has become due."""
        self._listener = listener

    def known(self, customer_id: int) -> Sequence[LinkedCardRow]:
        """The cards that the vault listed last, the main one first."""
        with self.database.reading() as session:
            return _known(session, customer_id)

    def is_over(self, card: LinkedCardRow) -> bool:
        """Whether the card has expired: it is shown, and cannot pay (C1.3, C3.4)."""
        return card.expiry.is_over(self.clock.now())

    def usable(self, cards: Sequence[LinkedCardRow]) -> Sequence[LinkedCardRow]:
        """Those of the cards that can pay; the main one, if it can, stays the first (C2.3)."""
        return [card for card in cards if not self.is_over(card)]

    def get(self, customer_id: int, token: str) -> LinkedCardRow:
        """The customer's own card. Raises Refusal ``card.unknown``, for another's too."""
        with self.database.reading() as session:
            card = session.get(LinkedCardRow, (customer_id, token))
        if card is None:
            raise Refusal("card.unknown", "card")
        return card

    def to_pay_with(self, customer_id: int, token: str) -> LinkedCardRow:
        """Return the same card if it has not expired; else raise Refusal ``card.out-of-date``."""
        card = self.get(customer_id, token)
        if self.is_over(card):
            raise Refusal("card.out-of-date", "card", expiry=str(card.expiry))
        return card

    def refresh(self, customer: CustomerRow, was_due_at: datetime | None = None) -> bool:
        """Ask the vault for the customer's cards; whether it has answered.

        If it has not, what it said last stays, and the worker goes on asking. ``was_due_at`` is
        given by the worker; see :meth:`keep`.
        """
        # Real time, not the stack's: it tells which of two answers is of the later question.
        asked_at = datetime.now(UTC)
        try:
            listed = self._client.cards(customer.phone)
        except VaultError as error:
            log.warning("no list of cards for customer %s: %s", customer.id, error)
            self._ask_again(customer.id, RETRY_AFTER)
            return False
        self.keep(customer.id, listed, asked_at, was_due_at)
        return True

    def link(self, customer: CustomerRow, request_id: str, card: Card) -> str | None:
        """Link a card in the vault (C1.5, C3.5); its token, if the vault has told it.

        The same request again links nothing more. Raises Refusal with the issuer's reason,
        ``vault.unreachable`` (nothing is linked) or ``vault.silent`` (that is not known: the same
        request may be made again), and NotFound for another customer's request. Raises
        ChallengeNeeded: then the outcome is asked for when the buyer is back.
        """
        self._note_request(customer.id, request_id)
        try:
            token = self._client.link(request_id, customer.phone, card)
        except VaultUnreachable as unreachable:
            raise Refusal("vault.unreachable") from unreachable
        except VaultError as error:
            log.warning("whether a card of customer %s is linked: %s", customer.id, error)
            self._ask_again(customer.id, timedelta())
            raise Refusal("vault.silent") from None
        self.refresh(customer)
        return token or self._token_of(request_id)

    def note_checkout(self, request_id: str, checkout_uid: str) -> None:
        """Keep from which checkout a card is being linked: the buyer goes on there."""
        with self.database.transaction() as session:
            session.get_one(LinkingRow, request_id).checkout_uid = checkout_uid

    def checkout_of(self, customer: CustomerRow, request_id: str) -> str | None:
        """From which checkout a card was linked. Raises NotFound for another's request."""
        with self.database.reading() as session:
            return _own_linking(session, customer, request_id).checkout_uid

    def outcome_of(self, customer: CustomerRow, request_id: str) -> str:
        """Ask the vault for the token of the card that a request has linked.

        Raises ChallengeNeeded while it waits for the buyer, Refusal if nothing is linked, and
        NotFound for a request that is not this customer's.
        """
        with self.database.reading() as session:
            _own_linking(session, customer, request_id)
        try:
            token = self._client.outcome_of(request_id)
        except VaultError as error:
            log.warning("whether a card of customer %s is linked: %s", customer.id, error)
            raise Refusal("vault.silent") from None
        self.refresh(customer)
        return token

    def handle_notification(self, path: str, headers: Mapping[str, str], body: bytes) -> None:
        """Take in a notification of the vault: whatever it says, the list is asked for again.

        Raises Refusal ``notification.forged`` or ``notification.unreadable``.
        """
        notification = self._client.read_notification(path, headers, body)
        with self.database.reading() as session:
            linking = (
                session.get(LinkingRow, notification.request_id)
                if notification.request_id
                else None
            )
            customer_id = linking.customer_id if linking else None
            if notification.buyer is not None:
                named = select(CustomerRow.id).where(CustomerRow.phone == notification.buyer.phone)
                customer_id = session.scalar(named)
        if customer_id is not None:
            self._ask_again(customer_id, timedelta())

    def process_due(self) -> timedelta | None:
        """Ask for the list that is due first: the worker's job.

        Returns the time until the next turn, or None if no customer's cards were ever asked.
        """
        with self.database.reading() as session:
            due = session.scalar(FIRST_DUE)
        if due is None:
            return None
        wait = due.due_at - self.clock.now()
        if wait <= timedelta():
            with self.database.reading() as session:
                customer = session.get_one(CustomerRow, due.customer_id)
            self.refresh(customer, due.due_at)
        return max(wait, timedelta())

    def _token_of(self, request_id: str) -> str | None:
        try:
            return self._client.token_of(request_id)
        except VaultError:
            # The card is linked all the same; only which one of the list it is stays unsaid.
            return None

    def _note_request(self, customer_id: int, request_id: str) -> None:
        with self.database.transaction() as session:
            linking = session.get(LinkingRow, request_id)
            if linking is None:
                session.add(LinkingRow(request_id=request_id, customer_id=customer_id))
            elif linking.customer_id != customer_id:
                raise NotFound

    def keep(
        self,
        customer_id: int,
        listed: Sequence[BuyerCard],
        asked_at: datetime,
        was_due_at: datetime | None = None,
    ) -> None:
        """Replace what is known of a customer's cards, unless a later answer is kept already.

        ``was_due_at`` is when the list was due, if the clock had it asked for. If it is unchanged
        and no card is being checked, it is asked for less often from then on.
        """
        cards = [linked_card_row(customer_id, n, card) for n, card in enumerate(listed)]
        with self.database.transaction() as session:
            times = held_times(session, customer_id)
            if times.asked_at is not None and times.asked_at > asked_at:
                return
            changed = _replace(session, customer_id, cards)
            settled = not changed and not any(card.being_checked for card in cards)
            # Another time means that a notification came meanwhile.
            rests = settled and was_due_at is not None and times.due_at == was_due_at
            wait = ASK_UNCHANGED_AFTER if rests else ASK_AGAIN_AFTER
            due_at = self.clock.now() + wait
            keep_times(session, customer_id, times, ListTimes(asked_at, due_at))
        if times.due_at is None or due_at < times.due_at:
            self._listener()

    def _ask_again(self, customer_id: int, wait: timedelta) -> None:
        with self.database.transaction() as session:
            times = held_times(session, customer_id)
            due_at = self.clock.now() + wait
            keep_times(session, customer_id, times, ListTimes(times.asked_at, due_at))
        self._listener()


def _own_linking(session: Session, customer: CustomerRow, request_id: str) -> LinkingRow:
    linking = session.get(LinkingRow, request_id)
    if linking is None or linking.customer_id != customer.id:
        raise NotFound
    return linking


def _replace(session: Session, customer_id: int, cards: Sequence[LinkedCardRow]) -> bool:
    """Make these the customer's cards; whether they were others before."""
    before = _known(session, customer_id)
    if {*map(_values, before)} == {*map(_values, cards)}:
        return False
    session.execute(delete(LinkedCardRow).where(LinkedCardRow.customer_id == customer_id))
    session.add_all(cards)
    return True


def _values(card: LinkedCardRow) -> tuple[object, ...]:
    return tuple(getattr(card, name) for name in CARD_COLUMNS)


def _known(session: Session, customer_id: int) -> Sequence[LinkedCardRow]:
    return session.scalars(KNOWN, {"customer_id": customer_id}).all()


def linked_card_row(customer_id: int, position: int, card: BuyerCard) -> LinkedCardRow:
    """Make the row of a card as the vault lists it; of its number the last four digits."""
    year = card.expiry_year
    return LinkedCardRow(
        customer_id=customer_id,
        token=card.token,
        position=position,
        brand=card.brand,
        last_four=card.masked_number[-4:],
        holder=str(card.holder),
        expiry_year=year if year >= CENTURY else CENTURY + year,
        expiry_month=card.expiry_month,
        main=card.main,
        being_checked=card.status == CardStatus.PENDING,
    )
