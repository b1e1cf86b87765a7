"""The records of payments and holds, computed from the movements of money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from ...shared.accounts.ledger import OUTSIDE, Moved, by_name
from ..request_store import CancellationRow
from ..store import OPEN, CardRow, HoldRow, NotificationRow, PaymentRow
from . import cent_requests, ledger
from .card_view import LAST
from .issuer_comparison import disagreements


class PaymentOutcome(StrEnum):
    """The outcome of a request to pay."""

    CAPTURED = "CAPTURED"
    REFUSED = "REFUSED"
    CANCELLED = "CANCELLED"


@dataclass(frozen=True)
class PaymentRecord:
    """The outcome of a merchant's request to pay, and the money that moved for it.

    ``phone`` (E.164) and ``last_four``, the end of the card's number, are empty if only the
    cancellation has arrived. ``minor`` is in minor units of ``currency``.
    """

    request_id: str
    phone: str
    state: PaymentOutcome
    times_captured: int
    minor: int
    currency: str
    last_four: str = ""


@dataclass(frozen=True)
class HoldRecord:
    """A hold, and how often its cent was taken and given back."""

    hold: HoldRow
    times_held: int
    times_given_back: int


class Records:
    """The books of one moment, and the rows that they have to agree with."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._moved = ledger.movements(session)
        self._named = by_name(self._moved)

    def payments(self, request_id: str | None = None) -> list[PaymentRecord]:
        """List the outcome of every request to pay, or of the one of that id, oldest first."""
        made, cancelled = select(PaymentRow), select(CancellationRow)
        if request_id is not None:
            made = made.where(PaymentRow.request_id == request_id)
            cancelled = cancelled.where(CancellationRow.request_id == request_id)
        payments = self._session.scalars(made.order_by(PaymentRow.at, PaymentRow.request_id))
        tombstones = self._session.scalars(cancelled.order_by(CancellationRow.at))
        return [
            *(self._record(each) for each in payments),
            *(self._empty_record(each.request_id) for each in tombstones),
        ]

    def holds(self, holds: Sequence[HoldRow]) -> list[HoldRecord]:
        """The movements of these holds."""
        found = []
        for hold in holds:
            named = self._named[hold.card.token]
            held = sum(each.payer == OUTSIDE for each in named)
            back = sum(each.payee == OUTSIDE for each in named)
            found.append(HoldRecord(hold, held, back))
        return found

    def discrepancies(self) -> list[str]:
        """List where movements and rows disagree, in words; an empty list means that they agree."""
        return [
            *ledger.discrepancies(self._session),
            *self._wrong_payments(),
            *self._wrong_holds(),
            *disagreements(self._session),
            *self._strays(),
        ]

    def pending(self) -> list[str]:
        """List what is pending, in words: cents that are held, notifications on their way."""
        held = select(func.count()).select_from(HoldRow).where(HoldRow.state.in_(OPEN))
        waiting = (
            select(func.count())
            .select_from(NotificationRow)
            .where(NotificationRow.due_at.is_not(None))
        )
        cents, notifications = (self._session.scalar(one) or 0 for one in (held, waiting))
        pending = {
            "cents are held": cents,
            "cents were asked for, and no card is linked": cent_requests.count(self._session),
            "notifications are not acknowledged": notifications,
        }
        return [f"{number} {what}" for what, number in pending.items() if number]

    def _record(self, payment: PaymentRow) -> PaymentRecord:
        named = self._captures(payment.request_id)
        return PaymentRecord(
            payment.request_id,
            payment.phone,
            PaymentOutcome.CAPTURED if payment.refused is None else PaymentOutcome.REFUSED,
            len(named),
            sum(each.money.minor for each in named),
            payment.currency,
            self._last_four(payment.source),
        )

    def _last_four(self, source: str) -> str:
        """The last four digits of a payment's card, which is linked or is known by its mask."""
        linked = select(CardRow.last_four).where(CardRow.token == source)
        return self._session.scalar(linked) or source[-LAST:]

    def _empty_record(self, request_id: str) -> PaymentRecord:
        named = self._captures(request_id)
        minor = sum(each.money.minor for each in named)
        currency = named[0].money.currency if named else ""
        return PaymentRecord(request_id, "", PaymentOutcome.CANCELLED, len(named), minor, currency)

    def _captures(self, request_id: str) -> list[Moved]:
        return [each for each in self._named[request_id] if each.payee.startswith("merchant:")]

    def _wrong_payments(self) -> Iterator[str]:
        for payment in self._session.scalars(select(PaymentRow)):
            captured = [each.money for each in self._captures(payment.request_id)]
            if captured != ([payment.money] if payment.refused is None else []):
                told = ", ".join(map(str, captured)) or "nothing"
                yield f"payment {payment.request_id} of {payment.money}: captured was {told}"

    def _wrong_holds(self) -> Iterator[str]:
        for record in self.holds(list(self._session.scalars(select(HoldRow)))):
            ended = record.hold.state not in OPEN
            if (record.times_held, record.times_given_back) != (1, int(ended)):
                yield (
                    f"the cent of card {record.hold.card.token} is {record.hold.state}: held"
                    f" {record.times_held} times, given back {record.times_given_back} times"
                )

    def _strays(self) -> Iterator[str]:
        captured = PaymentRow.movement_id.is_not(None)
        payments = set(self._session.scalars(select(PaymentRow.request_id).where(captured)))
        tokens = {hold.card.token for hold in self._session.scalars(select(HoldRow))}
        for each in self._moved:
            if not each.names & (payments | tokens):
                yield f"movement {each.key} is of no payment and no hold"
