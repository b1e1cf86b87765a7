"""The rules of the limits by themselves, at their very edges."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.domain.code_limits import check_messages, lock, tries_left
from mock_sites.wallet.store import Base, PaymentRow, SentCodeRow, WrongCodeRow

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
ON_THE_SITE = PaymentRow(uid="p-1", buyer_id=1)
OF_A_BILL = PaymentRow(uid="p-2", buyer_id=1, bill_uid="b-1")


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def fail(session: Session, payment: PaymentRow, *moments: datetime, buyer_id: int = 1) -> None:
    """Wrong codes for the payment at those moments."""
    for at in moments:
        facts = {"payment_uid": payment.uid, "bill_uid": payment.bill_uid, "buyer_id": buyer_id}
        session.add(WrongCodeRow(at=at, **facts))
    session.flush()


def send(session: Session, *moments: datetime, buyer_id: int = 1) -> None:
    """Messages with codes at those moments, each of a payment of its own."""
    for at in moments:
        uid = f"{buyer_id}-{at.isoformat()}-{len(session.new)}"
        session.add(
            SentCodeRow(payment_uid=uid, number=1, buyer_id=buyer_id, digest="", sent_at=at)
        )
    session.flush()


def told(refusal: Refusal | None) -> tuple[str, object] | None:
    return None if refusal is None else (refusal.code, refusal.facts["until"])


@pytest.mark.parametrize(("times", "locked"), [(14, False), (15, True), (16, True)])
def test_the_fifteenth_wrong_code_of_a_buyer_locks(
    session: Session, times: int, locked: bool
) -> None:
    fail(session, ON_THE_SITE, *[NOW] * times)
    expected = ("code.locked", NOW + HOUR) if locked else None
    assert told(lock(session, ON_THE_SITE, NOW)) == expected


@pytest.mark.parametrize(("times", "locked"), [(9, False), (10, True)])
def test_the_tenth_wrong_code_for_an_invoice_locks_that_invoice_alone(
    session: Session, times: int, locked: bool
) -> None:
    fail(session, OF_A_BILL, *[NOW] * times)
    expected = ("code.invoice-locked", NOW + HOUR) if locked else None
    assert told(lock(session, OF_A_BILL, NOW)) == expected
    assert lock(session, ON_THE_SITE, NOW) is None
    assert lock(session, PaymentRow(uid="p-3", buyer_id=1, bill_uid="b-2"), NOW) is None


def test_nobody_locks_an_invoice_or_a_wallet_for_somebody_else(session: Session) -> None:
    fail(session, OF_A_BILL, *[NOW] * 15, buyer_id=2)
    assert lock(session, OF_A_BILL, NOW) is None
    assert tries_left(session, OF_A_BILL, NOW) == 10


def test_of_two_locks_the_later_one_is_told(session: Session) -> None:
    fail(session, OF_A_BILL, *[NOW] * 10)
    fail(session, ON_THE_SITE, *[NOW + SECOND] * 5)
    assert told(lock(session, OF_A_BILL, NOW + SECOND)) == ("code.locked", NOW + SECOND + HOUR)


@pytest.mark.parametrize(
    ("passed", "locked"), [(HOUR - SECOND, True), (HOUR, False), (HOUR + SECOND, False)]
)
def test_the_lock_lasts_an_hour_from_the_last_wrong_code(
    session: Session, passed: timedelta, locked: bool
) -> None:
    fail(session, ON_THE_SITE, *[NOW - timedelta(minutes=30)] * 14, NOW)
    assert (lock(session, ON_THE_SITE, NOW + passed) is not None) == locked


@pytest.mark.parametrize(("apart", "locked"), [(HOUR - SECOND, True), (HOUR, False)])
def test_wrong_codes_count_together_within_an_hour(
    session: Session, apart: timedelta, locked: bool
) -> None:
    fail(session, ON_THE_SITE, *[NOW] * 14, NOW + apart)
    assert (lock(session, ON_THE_SITE, NOW + apart) is not None) == locked


def test_after_a_lock_one_more_wrong_code_does_not_lock_again(session: Session) -> None:
    fail(session, ON_THE_SITE, *[NOW] * 15)
    fail(session, ON_THE_SITE, NOW + HOUR)
    assert lock(session, ON_THE_SITE, NOW + HOUR) is None
    assert tries_left(session, ON_THE_SITE, NOW + HOUR) == 14


def test_the_tries_left_are_those_of_the_nearest_limit(session: Session) -> None:
    assert tries_left(session, ON_THE_SITE, NOW) == 15
    fail(session, OF_A_BILL, *[NOW] * 8)
    assert tries_left(session, ON_THE_SITE, NOW) == 7
    assert tries_left(session, OF_A_BILL, NOW) == 2
    fail(session, ON_THE_SITE, *[NOW] * 6)
    assert tries_left(session, OF_A_BILL, NOW) == 1


@pytest.mark.parametrize(
    ("sent", "now", "until"),
    [
        ([NOW] * 9, NOW, None),
        ([NOW] * 10, NOW, NOW + timedelta(minutes=1)),
        ([NOW, *[NOW + 9 * SECOND] * 9], NOW + 10 * SECOND, NOW + timedelta(minutes=1)),
        ([NOW] * 10, NOW + timedelta(seconds=59), NOW + timedelta(minutes=1)),
        ([NOW] * 10, NOW + timedelta(minutes=1), None),
        ([NOW + n * timedelta(seconds=50) for n in range(59)], NOW + timedelta(minutes=52), None),
        ([NOW + n * timedelta(seconds=50) for n in range(60)], NOW + 59 * 60 * SECOND, NOW + HOUR),
        ([NOW + n * timedelta(seconds=50) for n in range(60)], NOW + HOUR, None),
    ],
)
def test_messages_are_counted_by_the_minute_and_by_the_hour(
    session: Session, sent: list[datetime], now: datetime, until: datetime | None
) -> None:
    send(session, *sent)
    send(session, *[NOW] * 60, buyer_id=2)
    if until is None:
        check_messages(session, 1, now)
        return
    with pytest.raises(Refusal) as refused:
        check_messages(session, 1, now)
    assert told(refused.value) == ("code.too-many-messages", until)
