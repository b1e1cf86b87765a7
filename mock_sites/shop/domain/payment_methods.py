"""The payment methods that the shop offers at checkout (W2.1, C1.4)."""

from __future__ import annotations

from dataclasses import dataclass

from ...shared.values.refusal import Refusal
from ..store import PaymentMethod

CARD = "card"
ONLINE = "online"
CASH = "cash"


@dataclass(frozen=True)
class OnlineOption:
    """A way to pay online; one without ``payment_method`` is shown, but cannot be chosen yet."""

    code: str
    payment_method: PaymentMethod | None = None


ONLINE_OPTIONS = (
    OnlineOption("qiwi-wallet", PaymentMethod.QIWI_WALLET),
    OnlineOption("bank-transfer"),
    OnlineOption("mobile-bill"),
)


def chosen_payment_method(payment: str, online_option: str) -> PaymentMethod:
    """Return the payment method that the buyer chose (W2.1, C1.4).

    Raises Refusal: ``payment.not-chosen``, ``online_option.not-chosen``, or
    ``online_option.unavailable`` for an option that this order cannot be paid with.
    """
    if payment == CARD:
        return PaymentMethod.CARD
    if payment == CASH:
        return PaymentMethod.CASH_ON_DELIVERY
    if payment != ONLINE:
        raise Refusal("payment.not-chosen", "payment")
    option = next((one for one in ONLINE_OPTIONS if one.code == online_option), None)
    if option is None:
        raise Refusal("online_option.not-chosen", "online_option")
    if option.payment_method is None:
        raise Refusal("online_option.unavailable", "online_option")
    return option.payment_method
