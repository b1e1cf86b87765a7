"""The vault's rows. What the database can enforce of cards, holds and money, it enforces here.

No column could hold a card's number or its security code: of the number there are the first six
and the last four digits, and a keyed fingerprint that tells the same card when it comes again.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from ..shared.accounts.ledger import AccountMixin, MovementMixin, add_rule, carry_movements
from ..shared.accounts.people import PersonMixin, SignInAttemptsMixin, SignInMixin
from ..shared.messaging.notification_queue import NotificationMixin
from ..shared.runtime.database import UtcDateTime, enum_type, partial_index
from ..shared.values.cards import LONGEST_HOLDER, Expiry
from ..shared.values.money import Money

LONGEST_REQUEST_ID = 64
LONGEST_ADDRESS = 200
LONGEST_POSTAL_CODE = 12


class CardState(StrEnum):
    """The state of a card's link; DELETED and FAILED are final."""

    CHECKING = "CHECKING"
    LINKED = "LINKED"
    FAILED = "FAILED"
    DELETED = "DELETED"


# A card in one of these states is a person's own: linked, or about to be.
COUNTING = (CardState.CHECKING, CardState.LINKED)


class HoldState(StrEnum):
    """Whether a cent is held, or how its hold ended.

    CAPTURED: the issuer has taken the cent, so it has to be refunded. RETURNED (the hold was
    voided), REFUNDED and FAILED (the issuer has withdrawn its approval) are final.
    """

    HELD = "HELD"
    CAPTURED = "CAPTURED"
    RETURNED = "RETURNED"
    REFUNDED = "REFUNDED"
    FAILED = "FAILED"


# The cent is not the card's again while its hold is in one of these states.
OPEN = (HoldState.HELD, HoldState.CAPTURED)
_IS_OPEN = "state IN ('HELD', 'CAPTURED')"


class VaultingStatus(StrEnum):
    """The status of a merchant's request to link a card, in the protocol's words."""

    PENDING = "PENDING"
    SUCCESS = "SUCCESS"
    FAIL = "FAIL"


class Base(DeclarativeBase):
    """The vault's tables."""

    type_annotation_map: ClassVar = {
        datetime: UtcDateTime,
        CardState: enum_type(CardState, "card_state"),
        HoldState: enum_type(HoldState, "hold_state"),
        VaultingStatus: enum_type(VaultingStatus, "vaulting_status"),
    }


class HolderRow(PersonMixin, Base):
    """A person with an account at the vault."""

    __tablename__ = "holders"


class SignInAttemptsRow(SignInAttemptsMixin, Base):
    """Wrong passwords in a row."""

    __tablename__ = "sign_in_attempts"


class SignInRow(SignInMixin, Base):
    """A browser in which a person is signed in."""

    __tablename__ = "sign_ins"


class AccountRow(AccountMixin, Base):
    """An account in one currency."""


class MovementRow(MovementMixin, Base):
    """Money that went from one account to another, once."""


carry_movements(MovementRow)


class CardRow(Base):
    """A card of the person with that phone, whether or not that person has an account here.

    A card that failed or was deleted keeps its row for the trail of its hold, without the
    fingerprint: the same card may be linked anew.
    """

    __tablename__ = "cards"
    __table_args__ = (
        UniqueConstraint("phone", "fingerprint", name="a_card_once_for_a_person"),
        CheckConstraint(
            "(fingerprint IS NULL) = (state IN ('FAILED', 'DELETED'))",
            name="remembered_while_it_counts",
        ),
        CheckConstraint("NOT main OR fingerprint IS NOT NULL", name="main_card_counts"),
        partial_index("one_main_card_for_a_person", "phone", where="main", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)
    phone: Mapped[str] = mapped_column(String(16), index=True)
    fingerprint: Mapped[str | None] = mapped_column(String(64))
    first_six: Mapped[str] = mapped_column(String(6))
    last_four: Mapped[str] = mapped_column(String(4))
    brand: Mapped[str] = mapped_column(String(40))
    holder: Mapped[str] = mapped_column(String(LONGEST_HOLDER))
    expiry_year: Mapped[int]
    expiry_month: Mapped[int]
    country: Mapped[str | None] = mapped_column(String(2))
    postal_code: Mapped[str | None] = mapped_column(String(LONGEST_POSTAL_CODE))
    address: Mapped[str | None] = mapped_column(String(LONGEST_ADDRESS))
    state: Mapped[CardState]
    main: Mapped[bool] = mapped_column(default=False)
    linked_at: Mapped[datetime]

    hold: Mapped[HoldRow] = relationship(lazy="selectin", back_populates="card")

    @property
    def expiry(self) -> Expiry:
        """The last month in which the card can be used."""
        return Expiry(self.expiry_year, self.expiry_month)

    @property
    def counts(self) -> bool:
        """Whether the person has this card: linked, or about to be."""
        return self.state in COUNTING

    @property
    def masked_number(self) -> str:
        """The last four digits behind dots, as pages show the number."""
        return f"•••• {self.last_four}"


class HoldRow(Base):
    """The one cent that checks a card (C2.5): held by a movement, and ended by another one.

    ``due_at`` is when the issuer is asked to give the cent back, for the first time or again;
    ``tries`` is how often that was begun.
    """

    __tablename__ = "holds"
    __table_args__ = (
        CheckConstraint("amount > 0", name="holds_something"),
        CheckConstraint(f"({_IS_OPEN}) = (ended_by IS NULL)", name="ended_by_a_movement"),
        CheckConstraint(f"({_IS_OPEN}) = (ended_at IS NULL)", name="ended_at_a_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    card_id: Mapped[int] = mapped_column(ForeignKey("cards.id"), unique=True)
    amount: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[HoldState]
    held_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    tries: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None]
    held_by: Mapped[int] = mapped_column(ForeignKey("movements.id"), unique=True)
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("movements.id"), unique=True)

    card: Mapped[CardRow] = relationship(lazy="joined", back_populates="hold")
    events: Mapped[list[HoldEventRow]] = relationship(lazy="selectin", order_by="HoldEventRow.id")

    @property
    def money(self) -> Money:
        """The amount that is held: one minor unit of the card's currency."""
        return Money(self.amount, self.currency)


class HoldEventRow(Base):
    """One line of a hold's trail: a state that it came to, each at most once, and one end."""

    __tablename__ = "hold_events"
    __table_args__ = (
        UniqueConstraint("hold_id", "state"),
        partial_index("a_hold_ends_once", "hold_id", where=f"NOT {_IS_OPEN}", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    hold_id: Mapped[int] = mapped_column(ForeignKey("holds.id"))
    state: Mapped[HoldState]
    at: Mapped[datetime]


class VaultingRow(Base):
    """A merchant's request to link a card, and the answer that it got."""

    __tablename__ = "vaultings"
    __table_args__ = (
        CheckConstraint("status = 'FAIL' OR card_id IS NOT NULL", name="links_a_card"),
    )

    request_id: Mapped[str] = mapped_column(String(LONGEST_REQUEST_ID), primary_key=True)
    phone: Mapped[str] = mapped_column(String(16))
    # Of the card that was sent: enough to notice that a used id comes with another card.
    masked_number: Mapped[str] = mapped_column(String(40))
    notification_url: Mapped[str] = mapped_column(String(2000))
    redirect_url: Mapped[str | None] = mapped_column(String(2000))
    status: Mapped[VaultingStatus]
    # Why it was refused at once, by the code of the refusal.
    refused: Mapped[str | None] = mapped_column(String(60))
    card_id: Mapped[int | None] = mapped_column(ForeignKey("cards.id"), unique=True)
    at: Mapped[datetime]

    card: Mapped[CardRow | None] = relationship(lazy="joined")


class PaymentRow(Base):
    """A payment by card that a merchant asked for; ``refused`` says why none was made."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount > 0", name="payment_of_something"),
        # Paid means that money moved: neither stands without the other.
        CheckConstraint("(refused IS NULL) = (movement_id IS NOT NULL)", name="paid_by_a_movement"),
    )

    request_id: Mapped[str] = mapped_column(String(LONGEST_REQUEST_ID), primary_key=True)
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    phone: Mapped[str] = mapped_column(String(16))
    # The linked card's token; of a card typed for this payment alone the masked number.
    source: Mapped[str] = mapped_column(String(64))
    # A merchant may ask for more than 32 bits hold.
    amount: Mapped[int] = mapped_column(BigInteger)
    currency: Mapped[str] = mapped_column(String(3))
    description: Mapped[str] = mapped_column(String(256))
    refused: Mapped[str | None] = mapped_column(String(60))
    movement_id: Mapped[int | None] = mapped_column(ForeignKey("movements.id"), unique=True)
    at: Mapped[datetime]

    @property
    def money(self) -> Money:
        """The amount of the payment."""
        return Money(self.amount, self.currency)


class NotificationRow(NotificationMixin, Base):
    """A notification that the shop has not acknowledged yet."""

    __tablename__ = "deliveries"

    id: Mapped[int] = mapped_column(primary_key=True)


for _act, _when in (("UPDATE", f"WHEN NOT OLD.{_IS_OPEN}"), ("DELETE", "")):
    add_rule(
        HoldRow,
        "sqlite",
        f"""CREATE TRIGGER hold_ends_once_{_act} BEFORE {_act} ON holds {_when} BEGIN
        SELECT RAISE(ABORT, 'a hold ends once'); END""",
    )
    add_rule(
        HoldEventRow,
        "sqlite",
        f"""CREATE TRIGGER trail_is_final_{_act} BEFORE {_act} ON hold_events BEGIN
        SELECT RAISE(ABORT, 'the trail is final'); END""",
    )
add_rule(
    HoldRow,
    "postgresql",
    f"""CREATE OR REPLACE FUNCTION keep_ended_hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF TG_OP = 'DELETE' OR NOT OLD.{_IS_OPEN} THEN RAISE EXCEPTION 'a hold ends once'; END IF;
    RETURN NEW; END $$""",
)
add_rule(
    HoldRow,
    "postgresql",
    """CREATE TRIGGER hold_ends_once BEFORE UPDATE OR DELETE ON holds
    FOR EACH ROW EXECUTE FUNCTION keep_ended_hold()""",
)
