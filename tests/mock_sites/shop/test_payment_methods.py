"""Which choice at the checkout is which payment method (W2.1, C1.4)."""

from __future__ import annotations

import pytest

from mock_sites.shared.values.refusal import Refusal
from mock_sites.shop.domain.payment_methods import chosen_payment_method
from mock_sites.shop.store import PaymentMethod


@pytest.mark.parametrize(
    ("payment", "online_option", "payment_method"),
    [
        ("card", "", PaymentMethod.CARD),
        ("cash", "", PaymentMethod.CASH_ON_DELIVERY),
        ("online", "qiwi-wallet", PaymentMethod.QIWI_WALLET),
        ("card", "qiwi-wallet", PaymentMethod.CARD),
    ],
)
def test_a_choice_is_a_payment_method(
    payment: str, online_option: str, payment_method: PaymentMethod
) -> None:
    assert chosen_payment_method(payment, online_option) == payment_method


@pytest.mark.parametrize(
    ("payment", "online_option", "code", "field"),
    [
        ("", "qiwi-wallet", "payment.not-chosen", "payment"),
        ("barter", "", "payment.not-chosen", "payment"),
        ("online", "", "online_option.not-chosen", "online_option"),
        ("online", "seashells", "online_option.not-chosen", "online_option"),
        ("online", "bank-transfer", "online_option.unavailable", "online_option"),
        ("online", "mobile-bill", "online_option.unavailable", "online_option"),
    ],
)
def test_what_cannot_be_paid_with_is_said_beside_its_field(
    payment: str, online_option: str, code: str, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        chosen_payment_method(payment, online_option)

    assert (refused.value.code, refused.value.field) == (code, field)
