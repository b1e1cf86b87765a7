"""Limits on wrong codes and on messages: per payment, per invoice and per buyer, in parallel."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.domain.payments import Payments
from mock_sites.wallet.store import BuyerRow, PaymentRow
from tests.support.wallet_fixture import ERROR, WalletFixture, WalletVisitor, wallet_fixture

CALLERS = 20
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def begin_paying(visitor: WalletVisitor, uid: str) -> str:
    """Press Pay on an invoice; the path of the page that comes."""
    return visitor.send(f"/invoices/{uid}/pay?means=qw", page="/pay/to/steam").request.path


def send_wrong_codes(fixture: WalletFixture, visitor: WalletVisitor, path: str, times: int) -> str:
    """Enter the code page's payment with wrong codes; the text of the last answer."""
    said = ""
    for _ in range(times):
        said = visitor.send(path, code=wrong(fixture.outside.codes[-1])).text
    return said


def confirming(fixture: WalletFixture, number: int) -> list[PaymentRow]:
    """Payments of the first buyer whose codes have been sent, without reaching the limit."""
    visitor, payments, buyer = fixture.buyer(), fixture.wallet.payments, fixture.person()
    made = []
    for _ in range(number):
        fixture.clock.advance(MINUTE)
        made.append(payments.get(buyer, visitor.be_sent_code("10.00").split("/")[2]))
    return made


def in_parallel(act: Callable[[int], object]) -> list[str]:
    """What twenty callers are told at once: the code of the refusal, or "ok"."""

    def told(number: int) -> str:
        try:
            act(number)
        except Refusal as refusal:
            return refusal.code
        return "ok"

    with ThreadPoolExecutor(CALLERS) as crowd:
        return list(crowd.map(told, range(CALLERS)))


def test_pressing_pay_twice_continues_the_same_payment_and_sends_one_message(
    fixture: WalletFixture,
) -> None:
    buyer, uid = fixture.buyer(), fixture.issue()

    first, second = begin_paying(buyer, uid), begin_paying(buyer, uid)

    assert first == second
    assert len(fixture.outside.codes) == 1
    assert fixture.rows("SELECT count(*) FROM payments") == [(1,)]


def test_an_invoice_begun_again_by_the_shops_link_leads_back_to_the_shop(
    fixture: WalletFixture,
) -> None:
    buyer, uid = fixture.buyer(), fixture.issue()
    begin_paying(buyer, uid)
    shop = f"{fixture.stack.public_url('shop')}/orders/1"

    answer = fixture.pay_bill(buyer, uid, shop)

    assert answer.headers["Location"] == shop


def test_an_invoice_begun_again_when_its_code_is_too_old_sends_a_new_one(
    fixture: WalletFixture,
) -> None:
    buyer, uid = fixture.buyer(), fixture.issue()
    path = begin_paying(buyer, uid)
    fixture.clock.advance(timedelta(minutes=5))

    assert begin_paying(buyer, uid) == path
    assert len(fixture.outside.codes) == 2
    assert buyer.send(path, code=fixture.outside.codes[-1]).request.path.endswith("/receipt")


def test_starting_again_gives_an_invoice_no_endless_tries(fixture: WalletFixture) -> None:
    buyer, uid = fixture.buyer(), fixture.issue()
    send_wrong_codes(fixture, buyer, begin_paying(buyer, uid), 5)
    said = send_wrong_codes(fixture, buyer, begin_paying(buyer, uid), 5)
    codes = len(fixture.outside.codes)

    locked = buyer.send(f"/invoices/{uid}/pay?means=qw", page="/pay/to/steam")

    assert "This invoice can be paid again from" in said
    assert "Too many wrong codes for this invoice. Nothing was paid." in locked.text
    assert locked.request.path == f"/invoices/{uid}/pay"
    assert len(fixture.outside.codes) == codes
    assert buyer.balance() == "RUB 10,000.00"


def test_another_invoice_can_be_paid_while_one_is_locked(fixture: WalletFixture) -> None:
    buyer, uid = fixture.buyer(), fixture.issue()
    for _ in range(2):
        send_wrong_codes(fixture, buyer, begin_paying(buyer, uid), 5)

    paid = fixture.pay_bill(buyer, fixture.issue("order-2"))

    assert paid.headers["Location"].endswith("/receipt")


def test_a_locked_invoice_can_be_paid_after_an_hour(fixture: WalletFixture) -> None:
    buyer, uid = fixture.buyer(), fixture.issue()
    for _ in range(2):
        send_wrong_codes(fixture, buyer, begin_paying(buyer, uid), 5)
    fixture.clock.advance(HOUR - timedelta(seconds=1))
    too_early = begin_paying(buyer, uid)
    fixture.clock.advance(timedelta(seconds=1))

    assert too_early == f"/invoices/{uid}/pay"
    assert fixture.pay_bill(buyer, uid).headers["Location"].endswith("/receipt")


def test_fifteen_wrong_codes_of_a_buyer_lock_confirming_even_for_a_right_one(
    fixture: WalletFixture,
) -> None:
    buyer = fixture.buyer()
    last = [buyer.be_sent_code("10.00") for _ in range(4)][-1]
    first_three = [row for row in fixture.rows("SELECT uid FROM payments") if row[0] not in last]
    for (uid,) in first_three:
        send_wrong_codes(fixture, buyer, f"/payments/{uid}/code", 5)

    right = buyer.send(last, code=fixture.outside.codes[-1])

    assert right.request.path == last
    assert "You can confirm payments again from" in ERROR.findall(right.text)[0]
    assert buyer.balance() == "RUB 10,000.00"


def test_the_lock_of_a_buyer_opens_after_an_hour_and_nothing_entered_is_lost(
    fixture: WalletFixture,
) -> None:
    buyer = fixture.buyer()
    path = buyer.be_sent_code("10.00")
    for _ in range(3):
        send_wrong_codes(fixture, buyer, buyer.be_sent_code("20.00"), 5)
    entered = buyer.enter("30.00")
    kept = buyer.send(entered)
    fixture.clock.advance(HOUR)
    buyer.send(path.replace("/code", "/new-code"), page=path)

    assert kept.request.path == entered
    assert "You can confirm payments again from" in kept.text
    assert buyer.send(path, code=fixture.outside.codes[-1]).request.path.endswith("/receipt")
    assert buyer.send(entered).request.path.endswith("/code")


def test_wrong_codes_that_are_spread_over_more_than_an_hour_lock_nobody(
    fixture: WalletFixture,
) -> None:
    buyer = fixture.buyer()
    for _ in range(3):
        send_wrong_codes(fixture, buyer, buyer.be_sent_code("10.00"), 4)
        fixture.clock.advance(timedelta(minutes=31))
    path = buyer.be_sent_code("10.00")
    send_wrong_codes(fixture, buyer, path, 4)

    assert buyer.send(path, code=fixture.outside.codes[-1]).request.path.endswith("/receipt")


def test_the_wrong_codes_of_one_buyer_do_not_lock_another(fixture: WalletFixture) -> None:
    ann = fixture.buyer()
    for _ in range(3):
        send_wrong_codes(fixture, ann, ann.be_sent_code("10.00"), 5)
    other = fixture.buyer(1)
    path = other.be_sent_code("10.00")

    assert other.send(path, code=fixture.outside.codes[-1]).request.path.endswith("/receipt")


def test_the_lock_outlives_a_restart(tmp_path: Path) -> None:
    with wallet_fixture(tmp_path) as fixture:
        buyer = fixture.buyer()
        for _ in range(3):
            send_wrong_codes(fixture, buyer, buyer.be_sent_code("10.00"), 5)
    with wallet_fixture(tmp_path) as fixture:
        buyer = fixture.buyer()
        entered = buyer.enter()

        assert "You can confirm payments again from" in buyer.send(entered).text
        assert fixture.outside.codes == []


@pytest.mark.parametrize(("amount_of", "ended"), [(1, 5), (3, 15)])
def test_twenty_callers_at_once_have_no_more_wrong_tries_than_one(
    fixture: WalletFixture, amount_of: int, ended: int
) -> None:
    made, buyer, payments = (
        confirming(fixture, amount_of),
        fixture.person(),
        fixture.wallet.payments,
    )
    codes = dict(zip([one.uid for one in made], fixture.outside.codes, strict=True))

    def guess(number: int) -> None:
        uid = made[number % len(made)].uid
        payments.confirm(buyer, uid, wrong(codes[uid]))

    told = in_parallel(guess)

    assert "ok" not in told
    assert fixture.rows("SELECT count(*) FROM wrong_codes") == [(ended,)]


def test_twenty_callers_who_press_pay_at_once_share_one_payment_and_one_message(
    fixture: WalletFixture,
) -> None:
    uid, buyer, payments = fixture.issue(), fixture.person(), fixture.wallet.payments

    def press(_number: int) -> None:
        with fixture.site.app.test_request_context():
            entered = payments.enter_for_bill(buyer, uid, "qw", None)
            payments.begin_confirming(buyer, entered.uid)

    assert in_parallel(press) == ["ok"] * CALLERS
    assert len(fixture.outside.codes) == 1
    assert fixture.rows("SELECT count(*) FROM payments") == [(1,)]


def entered_payments(fixture: WalletFixture, number: int) -> tuple[Payments, BuyerRow, list[str]]:
    visitor = fixture.buyer()
    uids = [visitor.enter("10.00").split("/")[2] for _ in range(number)]
    return fixture.wallet.payments, fixture.person(), uids


def test_ten_messages_a_minute_go_to_a_buyer_and_then_none(fixture: WalletFixture) -> None:
    payments, buyer, uids = entered_payments(fixture, CALLERS)

    def begin(number: int) -> None:
        with fixture.site.app.test_request_context():
            payments.begin_confirming(buyer, uids[number])

    told = in_parallel(begin)

    assert sorted(told) == ["code.too-many-messages"] * 10 + ["ok"] * 10
    assert len(fixture.outside.messages) == 10


def test_the_next_message_of_a_minute_goes_out_when_the_page_says_so(
    fixture: WalletFixture,
) -> None:
    buyer = fixture.buyer()
    for _ in range(10):
        buyer.be_sent_code("10.00")
        fixture.clock.advance(timedelta(seconds=1))
    entered = buyer.enter("10.00")
    told = buyer.send(entered)
    fixture.clock.advance(timedelta(seconds=50))

    assert told.request.path == entered
    assert "Too many codes were sent to you." in told.text
    assert buyer.send(entered).request.path.endswith("/code")


def test_sixty_messages_an_hour_go_to_a_buyer_and_then_none(fixture: WalletFixture) -> None:
    buyer = fixture.buyer()
    for number in range(60):
        fixture.clock.advance(timedelta(seconds=0 if number % 10 else 61))
        buyer.be_sent_code("10.00")
    fixture.clock.advance(timedelta(minutes=5))
    entered = buyer.enter("10.00")

    assert "Too many codes" in buyer.send(entered).text
    assert len(fixture.outside.messages) == 60
    fixture.clock.advance(HOUR)
    assert buyer.send(entered).request.path.endswith("/code")
