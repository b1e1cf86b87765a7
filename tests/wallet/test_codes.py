"""The rule of the six digits by itself: when one may be asked for, and which one is right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from mock_sites.refusal import Refusal
from mock_sites.wallet.domain.codes import Codes, seconds_until_new
from mock_sites.wallet.store import Base, Code, Payment

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
CODES = Codes("the site's secret")
PAYMENT = Payment(uid="p-1", amount=15_000, currency="RUB", payee="payee:steam")


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


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
    assert seconds_until_new(session.get_one(Code, "p-1"), after(passed)) == left


def test_a_code_begins_with_no_wrong_tries(session: Session) -> None:
    CODES.issue(session, PAYMENT, NOW)
    assert session.get_one(Code, "p-1").wrong == 0


def test_codes_are_drawn_from_all_there_are(session: Session) -> None:
    moments = [after(30 * number) for number in range(100)]
    codes = [CODES.issue(session, PAYMENT, moment) for moment in moments]
    assert {len(code) for code in codes} == {6}
    # By chance alone neither fails in a lifetime.
    assert min(codes) < "500000" < max(codes)
    assert len(set(codes)) > 90


def test_a_code_may_be_typed_in_groups_and_in_digits_of_any_script(session: Session) -> None:
    digits = CODES.issue(session, PAYMENT, NOW)
    arabic = "".join(chr(ord("\N{ARABIC-INDIC DIGIT ZERO}") + int(digit)) for digit in digits)
    for typed in (f" {digits[:3]} {digits[3:]} ", f"{arabic[:2]} {arabic[2:]}"):
        assert CODES.check(session, PAYMENT, typed, NOW) is None


def test_where_no_code_was_ever_sent_none_is_right(session: Session) -> None:
    refusal = CODES.check(session, PAYMENT, "123456", NOW)
    assert told(refusal) == ("code.expired", "code", {})


def test_nothing_typed_is_told_apart_from_a_wrong_code(session: Session) -> None:
    CODES.issue(session, PAYMENT, NOW)
    assert told(CODES.check(session, PAYMENT, " ", NOW)) == ("code.empty", "code", {})
    assert session.get_one(Code, "p-1").wrong == 0


def test_a_right_code_that_is_too_old_is_said_to_be_so(session: Session) -> None:
    digits = CODES.issue(session, PAYMENT, NOW)
    assert CODES.check(session, PAYMENT, digits, after(299)) is None
    assert told(CODES.check(session, PAYMENT, digits, after(300))) == ("code.expired", "code", {})
