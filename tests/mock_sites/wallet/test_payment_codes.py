"""The code that confirms a payment, by the wallet's pages but without a browser (W1.6)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.support.visitor import TOKEN
from tests.support.wallet_fixture import ERROR, WalletFixture, WalletVisitor


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def test_the_code_in_arabic_digits_is_the_same_code(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    path = buyer.be_sent_code()
    arabic = "".join(chr(0x660 + int(digit)) for digit in fixture.outside.codes[-1])

    assert buyer.send(path, code=arabic).request.path.endswith("/receipt")


def test_a_code_is_kept_as_a_hash_and_shown_nowhere(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    path = buyer.be_sent_code()
    (code,) = fixture.outside.codes

    assert code not in buyer.open(path).text
    assert code not in buyer.send(path, code=wrong(code)).text
    assert all(
        code not in file.read_bytes().decode("latin1") for file in fixture.stack.data.iterdir()
    )


@pytest.mark.parametrize("typed", ["", "   "])
def test_without_a_code_nothing_is_paid(buyer: WalletVisitor, typed: str) -> None:
    answer = buyer.send(buyer.be_sent_code(), code=typed)

    assert ERROR.findall(answer.text) == ["Enter the code from the message on your phone."]


def test_a_wrong_code_tells_how_many_tries_are_left(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    path = buyer.be_sent_code()

    answer = buyer.send(path, code=wrong(fixture.outside.codes[-1]))

    assert ERROR.findall(answer.text) == ["Wrong code. Check the message. Attempts left: 4."]


def test_five_wrong_codes_end_the_payment_for_good(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    path = buyer.be_sent_code()
    (code,) = fixture.outside.codes
    for _ in range(4):
        buyer.send(path, code=wrong(code))
    key = TOKEN.search(buyer.open(path).text)
    assert key
    ended = buyer.send(path, code=wrong(code))

    late = buyer.client.post(path, data={"csrf_token": key[1], "code": code}, follow_redirects=True)

    assert ended.request.path.endswith("/ended")
    assert late.request.path.endswith("/ended")
    assert buyer.balance() == "RUB 10,000.00"


def test_a_new_code_does_not_forgive_the_wrong_ones(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    path = buyer.be_sent_code()
    for _ in range(4):
        buyer.send(path, code=wrong(fixture.outside.codes[-1]))
    fixture.clock.advance(timedelta(seconds=30))
    buyer.send(path.replace("/code", "/new-code"), page=path)

    answer = buyer.send(path, code=wrong(fixture.outside.codes[-1]))

    assert answer.request.path.endswith("/ended")


@pytest.mark.parametrize(("seconds", "paid"), [(299, True), (300, False)])
def test_a_code_is_valid_for_five_minutes(
    fixture: WalletFixture, buyer: WalletVisitor, seconds: int, paid: bool
) -> None:
    path = buyer.be_sent_code()
    fixture.clock.advance(timedelta(seconds=seconds))

    answer = buyer.send(path, code=fixture.outside.codes[-1])

    assert answer.request.path.endswith("/receipt" if paid else "/code")
    assert paid or ERROR.findall(answer.text) == [
        "This code is no longer valid. Request a new one."
    ]


def test_a_new_code_comes_after_thirty_seconds_and_not_before(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    path = buyer.be_sent_code()
    new_code = path.replace("/code", "/new-code")

    too_soon = buyer.send(new_code, page=path)
    fixture.clock.advance(timedelta(seconds=30))
    in_time = buyer.open(path)
    buyer.send(new_code, page=path)

    assert "A new code is available from " in too_soon.text
    assert 'data-opens-after="30">Send a new code' in too_soon.text
    assert '<button class="second small">Send a new code' in in_time.text
    assert len(fixture.outside.codes) == 2


def test_a_new_code_makes_the_old_one_worthless(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    path = buyer.be_sent_code()
    fixture.clock.advance(timedelta(seconds=30))
    buyer.send(path.replace("/code", "/new-code"), page=path)
    old, new = fixture.outside.codes

    # One time in a million the two are the same.
    if old != new:
        assert ERROR.findall(buyer.send(path, code=old).text) == [
            "This is the code from message 1. Only the code from the latest message, number 2, is"
            " valid."
        ]
    assert buyer.send(path, code=new).request.path.endswith("/receipt")


def test_the_page_and_the_messages_say_which_message_is_the_newest(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    path = buyer.be_sent_code()
    first = buyer.open(path).text
    fixture.clock.advance(timedelta(seconds=30))
    second = buyer.send(path.replace("/code", "/new-code"), page=path).text
    messages = [message["text"] for message in fixture.outside.messages]

    assert "The latest message is number 1, sent at" in first
    assert "The latest message is number 2, sent at" in second
    assert ["(message 1)" in messages[0], "(message 2)" in messages[1]] == [True, True]


@pytest.mark.parametrize("typed", ["12345", "1234567", "12345a", "abcdef"])
def test_what_cannot_be_a_code_costs_no_try(
    fixture: WalletFixture, buyer: WalletVisitor, typed: str
) -> None:
    path = buyer.be_sent_code()
    said = [ERROR.findall(buyer.send(path, code=typed).text) for _ in range(6)]

    assert said == [["Enter the six digits from the message."]] * 6
    assert buyer.send(path, code=fixture.outside.codes[-1]).request.path.endswith("/receipt")


def test_a_code_in_groups_pays(fixture: WalletFixture, buyer: WalletVisitor) -> None:
    path, [code] = buyer.be_sent_code(), fixture.outside.codes

    answer = buyer.send(path, code=f" {code[:3]}-{code[3:]} ")

    assert answer.request.path.endswith("/receipt")


def test_the_code_of_one_payment_confirms_no_other(
    fixture: WalletFixture, buyer: WalletVisitor
) -> None:
    first, second = buyer.be_sent_code("150.00"), buyer.be_sent_code("150.00")
    code_of_first, code_of_second = fixture.outside.codes

    if code_of_first != code_of_second:
        assert "Wrong code" in buyer.send(second, code=code_of_first).text
    assert buyer.send(first, code=code_of_first).request.path.endswith("/receipt")


def test_a_code_is_bound_to_amount_and_payee(fixture: WalletFixture, buyer: WalletVisitor) -> None:
    path = buyer.be_sent_code("150.00")
    with fixture.site.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE payments SET amount = 100")

    answer = buyer.send(path, code=fixture.outside.codes[-1])

    assert "Wrong code" in answer.text


def test_a_code_pays_once(fixture: WalletFixture, buyer: WalletVisitor) -> None:
    path = buyer.be_sent_code()
    key = TOKEN.search(buyer.open(path).text)
    assert key
    form = {"csrf_token": key[1], "code": fixture.outside.codes[-1]}

    answers = [buyer.client.post(path, data=form, follow_redirects=True) for _ in range(3)]

    assert all(answer.request.path.endswith("/receipt") for answer in answers)
    assert buyer.balance() == "RUB 9,850.00"
