"""Signing in, the same on every site: phones, passwords, the lockout."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from mock_sites.shared.accounts.people import parse_phone, phone_in, protocol_phone
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.database import Database
from mock_sites.shared.values.refusal import NotFound, Refusal
from mock_sites.wallet.domain.buyers import Buyers
from mock_sites.wallet.store import Base
from tests.support.standing_clock import StandingClock

PHONE = "+79161234567"
STRANGER = "+79160000009"


@pytest.fixture
def clock() -> Clock:
    return StandingClock()


@pytest.fixture
def people(tmp_path: Path, clock: Clock) -> Iterator[Buyers]:
    database = Database(f"sqlite:///{tmp_path / 'people.sqlite3'}", Base)
    people = Buyers(database, clock)
    people.add(PHONE, "right", "Anna")
    yield people
    database.close()


def refusal(people: Buyers, password: str, phone: str = PHONE) -> str:
    with pytest.raises(Refusal) as refused:
        people.sign_in(phone, password)
    return refused.value.code


def test_the_right_password_signs_in(people: Buyers) -> None:
    assert people.sign_in(PHONE, "right").name == "Anna"


@pytest.mark.parametrize("phone", [PHONE, STRANGER])
def test_nothing_tells_whether_a_phone_has_an_account(people: Buyers, phone: str) -> None:
    answers = [refusal(people, "wrong", phone) for _ in range(6)]

    assert answers == ["sign-in.wrong"] * 4 + ["sign-in.locked"] * 2


def test_an_empty_password_signs_nobody_in(people: Buyers) -> None:
    assert refusal(people, "", STRANGER) == "sign-in.wrong"
    assert refusal(people, "") == "sign-in.wrong"


def test_while_locked_even_the_right_password_is_refused(people: Buyers, clock: Clock) -> None:
    for _ in range(5):
        refusal(people, "wrong")
    clock.advance(timedelta(minutes=14, seconds=59))

    assert refusal(people, "right") == "sign-in.locked"


@pytest.mark.parametrize(("passed", "minutes"), [(0, 15), (59, 15), (60, 14), (899, 1)])
def test_who_is_locked_out_is_told_for_how_many_minutes(
    people: Buyers, clock: Clock, passed: int, minutes: int
) -> None:
    for _ in range(5):
        refusal(people, "wrong")
    clock.advance(timedelta(seconds=passed))

    with pytest.raises(Refusal) as refused:
        people.sign_in(PHONE, "right")

    assert refused.value.facts == {"minutes": minutes}


def test_after_the_lock_all_the_tries_are_there_again(people: Buyers, clock: Clock) -> None:
    for _ in range(5):
        refusal(people, "wrong")
    clock.advance(timedelta(minutes=15))

    assert [refusal(people, "wrong") for _ in range(5)] == ["sign-in.wrong"] * 4 + [
        "sign-in.locked"
    ]


def test_the_lock_opens_after_fifteen_minutes(people: Buyers, clock: Clock) -> None:
    for _ in range(5):
        refusal(people, "wrong")
    clock.advance(timedelta(minutes=15))

    assert people.sign_in(PHONE, "right").name == "Anna"


def test_the_right_password_forgives_the_wrong_ones(people: Buyers) -> None:
    for _ in range(2):
        for _ in range(4):
            refusal(people, "wrong")
        people.sign_in(PHONE, "right")

    assert refusal(people, "wrong") == "sign-in.wrong"


@pytest.mark.parametrize("phone", [PHONE, STRANGER])
def test_twenty_callers_at_once_have_no_more_tries_than_one(people: Buyers, phone: str) -> None:
    with ThreadPoolExecutor(20) as crowd:
        answers = list(crowd.map(lambda _: refusal(people, "wrong", phone), range(20)))

    assert sorted(answers) == ["sign-in.locked"] * 16 + ["sign-in.wrong"] * 4
    assert refusal(people, "right", phone) == "sign-in.locked"


def test_a_person_signs_in_without_being_asked_for_the_password(people: Buyers) -> None:
    assert people.sign_in_unasked(PHONE).name == "Anna"
    with pytest.raises(NotFound):
        people.sign_in_unasked(STRANGER)


def test_signing_in_unasked_forgives_the_wrong_passwords(people: Buyers) -> None:
    for _ in range(4):
        refusal(people, "wrong")
    people.sign_in_unasked(PHONE)

    assert refusal(people, "wrong") == "sign-in.wrong"


def test_while_locked_nobody_signs_in_unasked(people: Buyers, clock: Clock) -> None:
    for _ in range(5):
        refusal(people, "wrong")
    clock.advance(timedelta(minutes=14, seconds=59))

    with pytest.raises(Refusal) as refused:
        people.sign_in_unasked(PHONE)

    assert (refused.value.code, refused.value.facts) == ("sign-in.locked", {"minutes": 1})
    clock.advance(timedelta(seconds=1))
    assert people.sign_in_unasked(PHONE).name == "Anna"


def test_a_phone_without_an_account_has_nobody(people: Buyers) -> None:
    assert people.get(PHONE).name == "Anna"
    with pytest.raises(NotFound):
        people.get(STRANGER)


def test_the_lock_outlives_a_restart(people: Buyers, clock: Clock, tmp_path: Path) -> None:
    for _ in range(5):
        refusal(people, "wrong")
    database = Database(f"sqlite:///{tmp_path / 'people.sqlite3'}", Base)

    assert refusal(Buyers(database, clock), "right") == "sign-in.locked"
    database.close()


def test_a_phone_has_one_account(people: Buyers) -> None:
    with pytest.raises(Refusal) as refused:
        people.add(PHONE, "other", "Boris")

    assert (refused.value.code, refused.value.field) == ("phone.taken", "phone")


def test_people_are_found_by_phone_and_by_session(people: Buyers) -> None:
    anna, boris = people.find(PHONE), people.add(STRANGER, "other", "Boris")

    assert anna is not None
    sessions = [people.begin_session(person.id) for person in (anna, boris, anna)]
    assert len(set(sessions)) == 3
    found = [people.signed_in(session) for session in sessions]
    assert [one.name for one in found if one] == ["Anna", "Boris", "Anna"]
    assert people.find("+79160000010") is None
    for never_begun in ("", "1", str(anna.id)):
        assert people.signed_in(never_begun) is None


def test_a_session_ends_by_itself_alone(people: Buyers) -> None:
    anna = people.find(PHONE)
    assert anna is not None
    here, there = people.begin_session(anna.id), people.begin_session(anna.id)

    people.end_session(here)
    people.end_session(here)

    assert people.signed_in(here) is None
    assert people.signed_in(there) is not None


def test_of_a_persons_sessions_the_oldest_end(
    people: Buyers, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, boris = people.find(PHONE), people.add(STRANGER, "other", "Boris")
    assert anna is not None
    monkeypatch.setattr("mock_sites.shared.accounts.people.MOST_SESSIONS", 3)
    other = people.begin_session(boris.id)
    begun = []
    for _ in range(5):
        begun.append(people.begin_session(anna.id))
        clock.advance(timedelta(seconds=1))

    assert [people.signed_in(each) is not None for each in begun] == [False] * 2 + [True] * 3
    assert people.signed_in(other) is not None


def test_a_password_is_kept_as_a_hash(people: Buyers, tmp_path: Path) -> None:
    kept = b"".join(file.read_bytes() for file in tmp_path.iterdir())

    assert b"Anna" in kept
    assert b"right" not in kept


@pytest.mark.parametrize(
    "text",
    [
        "+79161234567",
        "8 (916) 123-45-67",
        "9161234567",
        "79161234567",
        "+٧ ٩١٦ ١٢٣ ٤٥ ٦٧",
        "٨ (٩١٦) ١٢٣-٤٥-٦٧",
        "+۷ ۹۱۶ ۱۲۳ ۴۵ ۶۷",
        "\N{LEFT-TO-RIGHT MARK}+7 916 123-45-67\N{RIGHT-TO-LEFT MARK}",
    ],
)
def test_a_phone_is_read_as_people_write_it(text: str) -> None:
    assert parse_phone(text) == PHONE


@pytest.mark.parametrize(
    ("language", "written"),
    [("ru", "8 (916) 123-45-67"), ("ar", "+7 916 123-45-67"), ("en", "+7 916 123-45-67")],
)
def test_a_phone_is_written_as_readers_of_a_language_write_it(language: str, written: str) -> None:
    assert phone_in(language, PHONE) == written
    assert parse_phone(written) == PHONE


@pytest.mark.parametrize("language", ["ru", "ar", "en"])
def test_a_phone_of_another_country_is_written_with_its_code(language: str) -> None:
    assert phone_in(language, "+201012345678") == "+20 10 12345678"
    assert phone_in(language, "nobody") == "nobody"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "phone.empty"),
        ("call me", "phone.wrong"),
        ("12", "phone.wrong"),
        ("8-800-FLOWERS", "phone.wrong"),
        ("+7 916 123 45 67 ext. 5", "phone.wrong"),
        ("+7 916 123 45 67;ext=5", "phone.wrong"),
        ("tel:+79161234567", "phone.wrong"),
        ("+7,9161234567", "phone.wrong"),
        ("Anna +79161234567", "phone.wrong"),
        ("++79161234567", "phone.wrong"),
        ("0044 20 7946 0958", "phone.wrong"),
        ("4111111111111111", "phone.wrong"),
    ],
)
def test_what_is_no_phone_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_phone(text)
    assert (refused.value.code, refused.value.field) == (code, "phone")


@pytest.mark.parametrize("sent", [PHONE, PHONE[1:]])
def test_a_program_sends_a_phone_in_international_digits(sent: str) -> None:
    assert protocol_phone(sent) == PHONE


@pytest.mark.parametrize(
    "sent",
    ["", "8 (916) 123-45-67", "+7 916 1234567", "٧٩١٦١٢٣٤٥٦٧", f"{PHONE}\n", "+7-ABC", "+0123456"],
)
def test_what_else_a_program_sends_is_no_phone(sent: str) -> None:
    with pytest.raises(Refusal, match="phone"):
        protocol_phone(sent)
