"""The rule of the six digits by itself: when one may be asked for, and which one is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from mock_sites.shared.values.refusal import Refusal
from mock_sites.wallet.domain.codes import (
    Codes,
    new_one_from,
    newest_code,
    seconds_until_new,
)
from mock_sites.wallet.store import Base, PaymentRow, SentCodeRow, WrongCodeRow

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CODES = Codes("the site's secret")
PAYMENT = PaymentRow(uid="p-1", buyer_id=1, amount=15_000, currency="RUB", payee="payee:steam")


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def newest(session: Session) -> SentCodeRow:
    code = newest_code(session, PAYMENT)
    assert code is not None
    return code


def wrong_codes(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(WrongCodeRow)) or 0


def other_than(*codes: str) -> str:
    return next(code for code in ("000000", "000001", "000002") if code not in codes)


def told(refusal: Refusal | None) -> tuple[str, str | None, dict[str, object]]:
    assert refusal is not None
    return refusal.code, refusal.field, refusal.facts


@pytest.mark.parametrize(("passed", "left"), [(0, 30), (0.5, 30), (29.5, 1)])
def test_too_soon_tells_how_many_seconds_are_left(
    session: Session, passed: float, left: int
) -> None:
    CODES.issue(session, PAYMENT, NOW)
    with pytest.raises(Refusal) as refused:
        CODES.issue(session, PAYMENT, after(passed))
    assert told(refused.value) == ("code.too-soon", "code", {"seconds": left})


@pytest.mark.parametrize(("passed", "left"), [(29.5, 1), (30, 0), (31, 0), (400, 0)])
def test_the_wait_for_a_new_code_ends_at_zero(session: Session, passed: float, left: int) -> None:
    CODES.issue(session, PAYMENT, NOW)
    assert seconds_until_new(newest(session), after(passed)) == left


def test_codes_are_drawn_from_all_there_are(session: Session) -> None:
    moments = [after(61 * number) for number in range(100)]
    codes = [CODES.issue(session, PAYMENT, moment).digits for moment in moments]
    assert {len(code) for code in codes} == {6}
    # By chance alone neither fails in a lifetime.
    assert min(codes) < "500000" < max(codes)
    assert len(set(codes)) > 90


def test_the_messages_of_a_payment_are_numbered(session: Session) -> None:
    numbers = [CODES.issue(session, PAYMENT, after(30 * number)).number for number in range(3)]
    assert numbers == [1, 2, 3]


@pytest.mark.parametrize(
    "typed",
    [
        "12345",
        "1234567",
        "12345a",
        "code 123456",
        "123456.",
        "123.456",
        "123,456",
        "+123456",
        "-123456",
        "123456-",
        "123--456",
        "123  456",
        "1e5000",
        "０x1E240",
        "¹²³⁴⁵⁶",
        "①②③④⑤⑥",
        "123\N{ZERO WIDTH SPACE}456",
        "123456 123456",
        "1" * 100_000,
    ],
)
def test_what_cannot_be_a_code_is_rejected_and_not_counted(session: Session, typed: str) -> None:
    CODES.issue(session, PAYMENT, NOW)
    refusal = CODES.check(session, PAYMENT, typed, NOW)
    assert told(refusal) == ("code.not-six-digits", "code", {})
    assert wrong_codes(session) == 0


def test_a_code_may_be_typed_in_groups_and_in_digits_of_any_script(session: Session) -> None:
    digits = CODES.issue(session, PAYMENT, NOW).digits
    arabic = "".join(chr(ord("\N{ARABIC-INDIC DIGIT ZERO}") + int(digit)) for digit in digits)
    for typed in (f" {digits[:3]} {digits[3:]} ", f"{arabic[:2]} {arabic[2:]}"):
        assert CODES.check(session, PAYMENT, typed, NOW) is None


def test_the_code_of_an_earlier_message_is_told_apart_and_not_counted(session: Session) -> None:
    codes = [CODES.issue(session, PAYMENT, after(30 * n)).digits for n in range(3)]
    for number, code in enumerate(codes[:2], start=1):
        # One time in a million two codes are the same.
        if code not in codes[number:]:
            facts = {"number": number, "newest": 3}
            refusal = CODES.check(session, PAYMENT, code, after(60))
            assert told(refusal) == ("code.superseded", "code", facts)
    assert wrong_codes(session) == 0
    assert CODES.check(session, PAYMENT, codes[-1], after(60)) is None


def test_guesses_after_a_new_message_are_counted_as_before(session: Session) -> None:
    codes = [CODES.issue(session, PAYMENT, after(30 * n)).digits for n in range(2)]
    refusals = [CODES.check(session, PAYMENT, other_than(*codes), after(30)) for _ in range(5)]
    assert [refusal and refusal.code for refusal in refusals] == ["code.wrong"] * 4 + [
        "payment.ended"
    ]
    assert wrong_codes(session) == 5


def test_the_codes_of_a_payment_that_is_made_are_forgotten(session: Session) -> None:
    digits = CODES.issue(session, PAYMENT, NOW).digits
    CODES.forget(session, PAYMENT)
    session.expire_all()
    assert newest(session).digest == ""
    assert told(CODES.check(session, PAYMENT, digits, NOW))[0] == "code.wrong"


def test_where_no_code_was_ever_sent_none_is_right(session: Session) -> None:
    refusal = CODES.check(session, PAYMENT, "123456", NOW)
    assert told(refusal) == ("code.expired", "code", {})


def test_nothing_typed_is_told_apart_from_a_wrong_code(session: Session) -> None:
    CODES.issue(session, PAYMENT, NOW)
    assert told(CODES.check(session, PAYMENT, " ", NOW)) == ("code.empty", "code", {})
    assert wrong_codes(session) == 0


def test_a_right_code_that_is_too_old_is_said_to_be_so(session: Session) -> None:
    digits = CODES.issue(session, PAYMENT, NOW).digits
    assert CODES.check(session, PAYMENT, digits, after(299)) is None
    assert told(CODES.check(session, PAYMENT, digits, after(300))) == ("code.expired", "code", {})


@pytest.mark.parametrize(("sent", "ready"), [(0, 30), (0.4, 31)])
def test_a_new_code_can_be_had_from_a_whole_second(
    session: Session, sent: float, ready: int
) -> None:
    CODES.issue(session, PAYMENT, after(sent))

    assert new_one_from(newest(session)) == after(ready)
    assert seconds_until_new(newest(session), after(ready)) == 0
