"""Card numbers are found in any text, and harmless numbers are not taken for them."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from uuid import UUID

import phonenumbers
import pytest

from mock_sites.shared.values.card_number_detection import holds_card_number
from mock_sites.shared.values.published_cards import published_cards

NUMBER = "4111111111111111"


@pytest.mark.parametrize("number", sorted({card.number for card in published_cards()}))
def test_every_published_card_number_is_found(number: str) -> None:
    assert holds_card_number(number)
    assert holds_card_number(f"Order 7, card {number}, thanks")


@pytest.mark.parametrize(
    "text",
    [
        "flat 4111-1111-1111-1111, Arbat",
        "4111\N{NO-BREAK SPACE}1111\N{NO-BREAK SPACE}1111\N{NO-BREAK SPACE}1111",
        "4111.1111.1111.1111",
        "4111/1111/1111/1111",
        "4111,1111,1111,1111",
        "4111 - 1111 - 1111 - 1111",
        "4111_1111 1111·1111",
        "4111\n1111\n1111\n1111",
        "4111 111111111111",
        "41 11 11 11 11 11 11 11",
        " ".join(NUMBER),
        "\N{ZERO WIDTH SPACE}".join(NUMBER),
        "٤١١١ ١١١١ ١١١١ ١١١١",
        "۴۱۱۱ ۱۱۱۱ ۱۱۱۱ ۱۱۱۱",
        "४१११११११११११११११",
        "４１１１１１１１１１１１１１１１",
        "④" + 15 * "①",
        "card4111111111111111x",
        "карта4111111111111111!",
        "+4111111111111111",
        "4111 1111 1111 1111 12/30 737",
        "Arbat 12, 4111 1111 1111 1111",
        "3782 822463 10005",
        "378282246310005",
        "4222 222 222 222",
        "6011 0009 9013 9424",
        "3530111333300000",
        "6200000000000005",
        "http://shop.localhost/?card=4111%201111%201111%201111",
        "order 1234567890123, card 4111111111111111",
    ],
)
def test_a_card_number_is_found_however_it_is_written(text: str) -> None:
    assert holds_card_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Arbat 1, flat 2",
        "101000",
        "4111111111111112",
        "4111 1111 1111",
        "411111******1111",
        "•••• 1111",
        "18810177261121000042",
        "9" * 16,
        "1234567890123456",
        "14111111111111111",
        "2026-11-26T11:42:45.123456+03:00",
        "20261126114245",
        "26.11.2026 11:42, 26.12.2026 12:00",
        "8 (916) 123-45-67, 8 (495) 765-43-21",
        "8 916 123 45 67 8 495 765 43 21",
        "IBAN DE89 3704 0044 0532 0130 00",
        "ISBN 978-3-16-148410-0",
        "192.168.100.200, 10.20.30.40",
        "55.751244, 37.618423",
        "1,000,000.00 + 2,000,000.00",
    ],
)
def test_harmless_numbers_are_no_card_numbers(text: str) -> None:
    assert not holds_card_number(text)


@pytest.mark.parametrize("form", [0, 1])
def test_no_phone_number_is_taken_for_a_card(form: int) -> None:
    for region in phonenumbers.SUPPORTED_REGIONS:
        for kind in (0, 1):
            example = phonenumbers.example_number_for_type(region, kind)
            if example is not None:
                assert not holds_card_number(phonenumbers.format_number(example, form))


def test_no_id_and_no_timestamp_is_taken_for_a_card() -> None:
    dice = random.Random(1)
    for _ in range(3000):
        uid = str(UUID(int=dice.getrandbits(128), version=4))
        at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=dice.randrange(10**9 // 3))
        texts = (
            uid,
            uid.upper(),
            uid[:18].replace("-", ""),
            at.isoformat(),
            f"{at:%Y%m%d%H%M%S}",
            f"{at:%Y%m%d-%H%M%S-0001}",
            str(int(at.timestamp() * 1_000)),
            str(int(at.timestamp() * 1_000_000)),
        )
        assert not [text for text in texts if holds_card_number(text)]


def test_a_long_text_is_judged_quickly() -> None:
    assert not holds_card_number("4 " * 20_000)
    assert not holds_card_number("4" * 100_000)
