"""The shop's tables: what is sold, carts, checkouts, orders and their invoices."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ..shared.accounts.people import PersonMixin, SignInAttemptsMixin, SignInMixin
from ..shared.runtime.database import enum_type
from ..shared.values.money import Money
from .base import UID_LENGTH, Base
from .card_store import CardPaymentRow

# The one currency that the shop sells in.
CURRENCY = "RUB"


class PaymentMethod(StrEnum):
    """The payment method of an order."""

    CARD = "CARD"
    QIWI_WALLET = "QIWI_WALLET"
    CASH_ON_DELIVERY = "CASH_ON_DELIVERY"


class OrderState(StrEnum):
    """The state of an order. PAID is final: a payment is never forgotten.

    PAYING is an order in the making: the vault was asked to pay it from a card and has not
    answered. It becomes PAID or is given up, and nobody is shown it as an order before.
    """

    PAYING = "PAYING"
    AWAITING_PAYMENT = "AWAITING_PAYMENT"
    PAY_ON_DELIVERY = "PAY_ON_DELIVERY"
    PAID = "PAID"
    CANCELLED = "CANCELLED"
    EXPIRED = "EXPIRED"


class CustomerRow(PersonMixin, Base):
    """A person with an account at the shop."""

    __tablename__ = "customers"


class SignInAttemptsRow(SignInAttemptsMixin, Base):
    """Wrong passwords in a row for a phone."""

    __tablename__ = "sign_in_attempts"


class SignInRow(SignInMixin, Base):
    """A browser in which a customer is signed in."""

    __tablename__ = "sign_ins"


class CategoryRow(Base):
    """A shelf of the catalogue."""

    __tablename__ = "categories"

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    position: Mapped[int]


class ProductRow(Base):
    """Something the shop sells, or sold once: a product is withdrawn, never deleted."""

    __tablename__ = "products"
    __table_args__ = (CheckConstraint("price_minor > 0", name="product_has_price"),)

    slug: Mapped[str] = mapped_column(String(40), primary_key=True)
    category_slug: Mapped[str] = mapped_column(ForeignKey("categories.slug"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(String(1000))
    # Name and description with the case of letters folded away, to be searched.
    search_text: Mapped[str] = mapped_column(String(2000))
    price_minor: Mapped[int]
    on_sale: Mapped[bool] = mapped_column(default=True)
    position: Mapped[int]

    category: Mapped[CategoryRow] = relationship(lazy="joined")

    @property
    def price(self) -> Money:
        """The present price of one piece."""
        return Money(self.price_minor, CURRENCY)


class CartLineRow(Base):
    """A product in a customer's cart."""

    __tablename__ = "cart_lines"
    __table_args__ = (CheckConstraint("quantity > 0", name="cart_line_quantity"),)

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), primary_key=True)
    product_slug: Mapped[str] = mapped_column(ForeignKey("products.slug"), primary_key=True)
    quantity: Mapped[int]
    added_at: Mapped[datetime]

    product: Mapped[ProductRow] = relationship(lazy="joined")

    @property
    def total(self) -> Money:
        """The total of the line at the present price."""
        return Money(self.product.price_minor * self.quantity, CURRENCY)


class CheckoutRow(Base):
    """A purchase about to be made: the goods and prices that the customer was shown."""

    __tablename__ = "checkouts"

    uid: Mapped[str] = mapped_column(String(UID_LENGTH), primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    started_at: Mapped[datetime]
    # Why the last payment by card came to nothing, where the buyer was not there to be told.
    error: Mapped[str | None] = mapped_column("trouble", String(40))

    lines: Mapped[list[CheckoutLineRow]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="CheckoutLineRow.position"
    )
    order: Mapped[OrderRow | None] = relationship(lazy="selectin", viewonly=True)

    @property
    def total(self) -> Money:
        """The total at the prices shown."""
        return Money(sum(line.total.minor for line in self.lines), CURRENCY)


class CheckoutLineRow(Base):
    """A product of a checkout, with the price that was shown for one piece."""

    __tablename__ = "checkout_lines"
    __table_args__ = (CheckConstraint("quantity > 0", name="checkout_line_quantity"),)

    checkout_uid: Mapped[str] = mapped_column(ForeignKey("checkouts.uid"), primary_key=True)
    product_slug: Mapped[str] = mapped_column(ForeignKey("products.slug"), primary_key=True)
    position: Mapped[int]
    quantity: Mapped[int]
    price_minor: Mapped[int]

    product: Mapped[ProductRow] = relationship(lazy="joined")

    @property
    def price(self) -> Money:
        """The price shown for one piece."""
        return Money(self.price_minor, CURRENCY)

    @property
    def total(self) -> Money:
        """The total of the line at the price shown."""
        return Money(self.price_minor * self.quantity, CURRENCY)


class OrderRow(Base):
    """An order; a checkout becomes one at most once."""

    __tablename__ = "orders"
    __table_args__ = (CheckConstraint("total_minor > 0", name="order_of_something"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    uid: Mapped[str] = mapped_column(String(UID_LENGTH), unique=True)
    checkout_uid: Mapped[str] = mapped_column(ForeignKey("checkouts.uid"), unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    payment_method: Mapped[PaymentMethod] = mapped_column(
        "means", enum_type(PaymentMethod, "means")
    )
    state: Mapped[OrderState] = mapped_column(enum_type(OrderState, "order_state"), index=True)
    total_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    recipient: Mapped[str] = mapped_column(String(100))
    phone: Mapped[str] = mapped_column(String(16))
    city: Mapped[str] = mapped_column(String(100))
    street: Mapped[str] = mapped_column(String(200))
    postal_code: Mapped[str] = mapped_column(String(10))
    placed_at: Mapped[datetime]

    lines: Mapped[list[OrderLineRow]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", order_by="OrderLineRow.position"
    )
    invoice: Mapped[InvoiceRow | None] = relationship(lazy="joined")
    payment: Mapped[PaymentRow | None] = relationship(lazy="joined")
    refunds: Mapped[list[RefundRow]] = relationship(lazy="selectin", order_by="RefundRow.at")
    card_payment: Mapped[CardPaymentRow | None] = relationship(
        lazy="joined", cascade="all, delete-orphan"
    )

    @property
    def total(self) -> Money:
        """The total that the customer owes, or has paid."""
        return Money(self.total_minor, self.currency)

    @property
    def refunded(self) -> Money:
        """The total of the refunds that the shop knows of."""
        return Money(sum(refund.amount_minor for refund in self.refunds), self.currency)

    @property
    def left(self) -> Money:
        """The amount that is still paid."""
        return Money(self.total_minor - self.refunded.minor, self.currency)

    @property
    def can_be_cancelled(self) -> bool:
        """Whether the order can be cancelled: it is unpaid, and not ended."""
        return self.state in (OrderState.AWAITING_PAYMENT, OrderState.PAY_ON_DELIVERY)


class OrderLineRow(Base):
    """A product of an order, with its name and price at that time."""

    __tablename__ = "order_lines"
    __table_args__ = (CheckConstraint("quantity > 0", name="order_line_quantity"),)

    order_number: Mapped[int] = mapped_column(ForeignKey("orders.number"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    product_slug: Mapped[str] = mapped_column(ForeignKey("products.slug"))
    name: Mapped[str] = mapped_column(String(100))
    quantity: Mapped[int]
    price_minor: Mapped[int]

    @property
    def total(self) -> Money:
        """The total of the line."""
        return Money(self.price_minor * self.quantity, CURRENCY)


class InvoiceRow(Base):
    """The invoice for an order in the buyer's wallet, as far as the shop knows of it.

    The wallet's bill has the order's uid for its id. ``pay_url`` is missing until the wallet
    has answered; ``due_at`` is when the shop turns to the wallet about it again.
    """

    __tablename__ = "invoices"

    order_number: Mapped[int] = mapped_column(ForeignKey("orders.number"), primary_key=True)
    expires_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    failures: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = mapped_column("trouble", String(40))
    pay_url: Mapped[str | None] = mapped_column(String(2000))


class PaymentRow(Base):
    """The money that came for an order; its key allows one payment an order."""

    __tablename__ = "payments"

    order_number: Mapped[int] = mapped_column(ForeignKey("orders.number"), primary_key=True)
    paid_at: Mapped[datetime]


class RefundRow(Base):
    """Money of a paid order that was given back through the wallet, under the refund's id there."""

    __tablename__ = "refunds"
    __table_args__ = (CheckConstraint("amount_minor > 0", name="refund_of_something"),)

    order_number: Mapped[int] = mapped_column(ForeignKey("orders.number"), primary_key=True)
    refund_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    amount_minor: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    at: Mapped[datetime]

    @property
    def money(self) -> Money:
        """The amount of the refund."""
        return Money(self.amount_minor, self.currency)
