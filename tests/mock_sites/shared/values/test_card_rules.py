"""What may be typed for a card, on any site."""

from __future__ import annotations

from datetime import date

import pytest

from mock_sites.shared.values.cards import (
    Card,
    Expiry,
    network_of,
    parse_card_number,
    parse_expiry,
    parse_holder,
    parse_security_code,
)
from mock_sites.shared.values.refusal import Refusal

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "typed",
    [
        "4111111111111111",
        " 4111 1111 1111 1111 ",
        "4111-1111-1111-1111",
        "4111–1111–1111–1111",
        "٤١١١ ١١١١ ١١١١ ١١١١",
        "۴۱۱۱ ۱۱۱۱ ۱۱۱۱ ۱۱۱۱",
        "\N{LEFT-TO-RIGHT MARK}4111 1111 1111 1111\N{RIGHT-TO-LEFT MARK}",
        "4111\N{NO-BREAK SPACE}1111\N{NO-BREAK SPACE}1111\N{NO-BREAK SPACE}1111",
    ],
)
def test_a_number_is_read_as_people_write_it(typed: str) -> None:
    assert parse_card_number(typed) == "4111111111111111"


@pytest.mark.parametrize("number", ["601100000004", "6011000000000000001"])
def test_a_number_of_a_network_that_is_not_known_has_12_to_19_digits(number: str) -> None:
    assert parse_card_number(number) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "card_number.empty"),
        (" - - ", "card_number.not-digits"),
        ("4111--1111 1111 1111", "card_number.not-digits"),
        ("4111,1111,1111,1111", "card_number.not-digits"),
        ("four", "card_number.not-digits"),
        ("4111x1111x1111x1111", "card_number.not-digits"),
        ("²111111111111111", "card_number.not-digits"),
        ("411111111111", "card_number.wrong-length"),
        ("41111111111111111111", "card_number.wrong-length"),
        ("60110000001", "card_number.wrong-length"),
        ("60110000000000000004", "card_number.wrong-length"),
        ("4" * 100_000, "card_number.wrong-length"),
        ("55555555555544", "card_number.wrong-length"),
        ("3782822463100050", "card_number.wrong-length"),
        ("99", "card_number.wrong-length"),
        ("4111111111111112", "card_number.mistyped"),
        ("1411111111111111", "card_number.mistyped"),
    ],
)
def test_what_is_no_number_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_card_number(typed)

    assert (refused.value.code, refused.value.field) == (code, "card_number")
    assert refused.value.facts == {}


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("4", "Visa"),
        ("51", "Mastercard"),
        ("55", "Mastercard"),
        ("2221", "Mastercard"),
        ("2720", "Mastercard"),
        ("34", "American Express"),
        ("37", "American Express"),
        ("2200", "Mir"),
        ("2204", "Mir"),
        ("50", None),
        ("56", None),
        ("2205", None),
        ("2220", None),
        ("2721", None),
        ("36", None),
        ("", None),
    ],
)
def test_the_first_digits_tell_the_network(number: str, name: str | None) -> None:
    network = network_of(number)

    assert (network.name if network else None) == name


@pytest.mark.parametrize(
    "typed",
    [
        "9/27",
        "09/27",
        "09 / 2027",
        "09-27",
        "09.27",
        "0927",
        "092027",
        "9 27",
        "٠٩/٢٧",
        "۰۹/۲۷",
        "٠٩\u200f/\u200f٢٧",
    ],
)
def test_an_expiry_is_read_as_people_write_it(typed: str) -> None:
    assert parse_expiry(typed, TODAY) == Expiry(2027, 9)


@pytest.mark.parametrize("typed", ["11/26", "12/26", "11/46"])
def test_a_card_can_be_used_until_its_month_ends(typed: str) -> None:
    assert str(parse_expiry(typed, TODAY)) == typed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "expiry.empty"),
        ("soon", "expiry.unreadable"),
        ("9", "expiry.unreadable"),
        ("09/270", "expiry.unreadable"),
        ("1/2/27", "expiry.unreadable"),
        ("13/27", "expiry.no-such-month"),
        ("00/27", "expiry.no-such-month"),
        ("10/26", "expiry.past"),
        ("12/25", "expiry.past"),
        ("12/0099", "expiry.past"),
        ("12/0100", "expiry.past"),
        ("12/99", "expiry.too-far"),
        ("01/2047", "expiry.too-far"),
    ],
)
def test_what_is_no_expiry_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_expiry(typed, TODAY)

    assert (refused.value.code, refused.value.field) == (code, "expiry")


@pytest.mark.parametrize(
    "typed",
    [
        "ANNA PETROVA",
        "Анна Петрова",
        "يُوسُف حَدّاد",
        "O’Neil-Smith Jr.",
        "d'Arc, Jeanne",
        "Cher",
        "a" * 100,
    ],
)
def test_a_name_may_be_of_any_script(typed: str) -> None:
    assert parse_holder(typed) == typed


def test_a_letter_and_its_mark_are_kept_as_one() -> None:
    assert parse_holder("Андреи\N{COMBINING BREVE}") == "Андрей"


def test_a_name_is_kept_without_what_nobody_sees() -> None:
    assert parse_holder(" \N{RIGHT-TO-LEFT MARK}يوسف\t حداد ") == "يوسف حداد"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "card_holder.empty"),
        (" \N{RIGHT-TO-LEFT MARK} ", "card_holder.empty"),
        ("R2 D2", "card_holder.not-a-name"),
        ("4111 1111 1111 1111", "card_holder.not-a-name"),
        ("يوسف ٢", "card_holder.not-a-name"),
        ("<b>Anna</b>", "card_holder.not-a-name"),
        ("Anna\x07", "card_holder.not-a-name"),
        (" - ", "card_holder.not-a-name"),
        ("a" * 101, "text.too-long"),
        ("я" * 200, "text.too-long"),
    ],
)
def test_what_is_no_name_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_holder(typed)

    assert (refused.value.code, refused.value.field) == (code, "card_holder")


@pytest.mark.parametrize(
    ("number", "typed", "read"),
    [
        ("4", "123", "123"),
        ("4", " 123 ", "123"),
        ("37", "1234", "1234"),
        ("", "٠٠٧", "007"),
        ("", "۰۰۷\u200f", "007"),
    ],
)
def test_a_security_code_has_the_length_of_its_network(number: str, typed: str, read: str) -> None:
    assert parse_security_code(typed, network_of(number)) == read


@pytest.mark.parametrize(
    ("number", "typed", "code"),
    [
        ("4", "", "security_code.empty"),
        ("4", "12", "security_code.wrong-length"),
        ("4", "1234", "security_code.wrong-length"),
        ("37", "123", "security_code.wrong-length"),
        ("4", "abc", "security_code.wrong-length"),
        ("4", "1 2 3", "security_code.wrong-length"),
        ("", "12345", "security_code.wrong-length"),
    ],
)
def test_what_is_no_security_code_is_refused(number: str, typed: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_security_code(typed, network_of(number))

    assert (refused.value.code, refused.value.field) == (code, "security_code")


def test_a_card_does_not_show_its_number_or_code_when_it_is_printed() -> None:
    card = Card("4111111111111111", "Anna", Expiry(2040, 9), "737")

    assert "4111" not in repr(card)
    assert "737" not in repr(card)


@pytest.mark.parametrize(
    ("today", "over"),
    [
        (date(2027, 8, 31), False),
        (date(2027, 9, 30), False),
        (date(2027, 10, 1), True),
        (date(2028, 1, 1), True),
    ],
)
def test_a_card_is_over_once_its_month_has_ended(today: date, over: bool) -> None:
    assert Expiry(2027, 9).is_over(today) is over


def test_an_expiry_is_printed_as_on_cards() -> None:
    assert str(Expiry(2027, 9)) == "09/27"
