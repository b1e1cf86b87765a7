"""A code is read by one grammar, on every site that asks for one."""

from __future__ import annotations

import pytest

from mock_sites.shared.values.one_time_codes import parse_code
from mock_sites.shared.values.refusal import Refusal


@pytest.mark.parametrize(
    "typed",
    [
        "123456",
        " 123456\n",
        "123 456",
        "123-456",
        "12-34-56",
        "1 2 3 4 5 6",
        "123\N{NO-BREAK SPACE}456",
        "123\N{NARROW NO-BREAK SPACE}456",
        "123\N{NON-BREAKING HYPHEN}456",
        "123\N{EN DASH}456",
        "123\N{MINUS SIGN}456",
        "\N{RIGHT-TO-LEFT MARK}123456\N{LEFT-TO-RIGHT MARK}",
        "\N{FIRST STRONG ISOLATE}123 456\N{POP DIRECTIONAL ISOLATE}",
        "١٢٣٤٥٦",
        "١٢٣ ٤٥٦",
        "۱۲۳۴۵۶",
        "१२३४५६",
        "１２３４５６",
    ],
)
def test_a_code_is_understood_as_people_write_it(typed: str) -> None:
    assert parse_code(typed) == "123456"


@pytest.mark.parametrize("typed", ["12345", "1234567", "12  3456", "12--3456", "-123456", "12345a"])
def test_anything_else_is_no_code(typed: str) -> None:
    with pytest.raises(Refusal, match=r"code\.not-six-digits"):
        parse_code(typed)
