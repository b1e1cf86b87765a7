"""Which choice at the checkout is which means of payment (W2.1, C1.4)."""

from __future__ import annotations

import pytest

from mock_sites.shared.values.refusal import Refusal
from mock_sites.shop.domain.means import chosen_means
from mock_sites.shop.store import Means


@pytest.mark.parametrize(
    ("payment", "online_option", "means"),
    [
        ("card", "", Means.CARD),
        ("cash", "", Means.CASH_ON_DELIVERY),
        ("online", "qiwi-wallet", Means.QIWI_WALLET),
        ("card", "qiwi-wallet", Means.CARD),
    ],
)
def test_a_choice_is_a_means_of_payment(payment: str, online_option: str, means: Means) -> None:
    assert chosen_means(payment, online_option) == means


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
        chosen_means(payment, online_option)

    assert (refused.value.code, refused.value.field) == (code, field)
