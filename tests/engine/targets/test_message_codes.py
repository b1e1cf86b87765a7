"""The code in a message, whatever else the message says."""

from __future__ import annotations

import pytest

from checkout_conformance.targets.message_codes import find_code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Code 640001", "640001"),
        ("Code 6401 (message 1) confirms the payment of RUB 1,450.00 to Steam.", "6401"),
        ("RUB 1,450.00, Steam. Never tell anyone this code: 730164", "730164"),
        ("1450 ₽, Steam. Code: 7301", "7301"),
        ("Pay 1450 RUB to the shop. 7301 is your code.", "7301"),
        ("Order 20261126: your code is 4821.", "4821"),
        ("Ваш код 48-21? Нет: код 482135", "482135"),
        ("Никому не сообщайте код: 482 135", "482135"),
        ("Код для оплаты 1450 руб. — 4821", "4821"),
        ("رمز التأكيد 482135 لدفع 1450 روبل", "482135"),
        ("الرمز: ٤٨٢١٣٥", "482135"),
        ("730164", "730164"),
        ("7301", "7301"),
        ("2026: 730164", "730164"),
        ("Your password is 73016428.", "73016428"),
        ("Visa •1111 was charged", None),
        ("Order №1450 is paid", None),
        ("Sale!", None),
        ("Call +74951234567", None),
        ("It ends at 10:30 on 2026-11-26", None),
    ],
)
def test_the_code_is_found_by_what_stands_beside_it(text: str, code: str | None) -> None:
    assert find_code(text) == code


@pytest.mark.parametrize(("digits", "code"), [(4, "2026"), (6, "730164"), (5, None)])
def test_a_known_length_decides(digits: int, code: str | None) -> None:
    assert find_code("Code for the year 2026 is 730164", digits) == code
