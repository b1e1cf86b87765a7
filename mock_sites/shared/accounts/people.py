"""The people of a site: who they are, how they sign in, and when a phone is locked out."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from secrets import token_urlsafe
from typing import Any, Generic, TypeVar

import phonenumbers
from sqlalchemy import Integer, String, bindparam, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column
from werkzeug.security import check_password_hash, generate_password_hash

from ..runtime.clock import Clock
from ..runtime.database import Database, UtcDateTime, table_of
from ..values.money import parse_digits, with_plain_separators
from ..values.refusal import NotFound, Refusal

WRONG_PASSWORDS_ALLOWED = 5
MOST_SESSIONS = 100
LOCKOUT = timedelta(minutes=15)
HOME_REGION = "RU"
# Languages whose readers have one country, and so numbers of their own.
REGIONS = {"ru": "RU"}
GROUP = r"(?:[0-9]+|\([0-9]+\))"
TYPED_PHONE = re.compile(rf"[+＋]? ?{GROUP}(?:[ .-]?{GROUP})*")
PROTOCOL_PHONE = re.compile(r"\+?[1-9][0-9]{6,14}")
# These people and their passwords are made up for a run, so the hash may be a cheap one.
PASSWORD_METHOD = "scrypt:1024:8:1"
NOBODY = generate_password_hash("", method=PASSWORD_METHOD)


class PersonMixin:
    """The columns that everybody with an account on a site has."""

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(String(16), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))


class SignInMixin:
    """A browser in which a person is signed in, until the person signs out there.

    ``id`` is what the browser's session is known by: a new one for every sign-in.
    """

    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    person_id: Mapped[int] = mapped_column(index=True)
    began_at: Mapped[datetime] = mapped_column(UtcDateTime)


PersonT = TypeVar("PersonT", bound=PersonMixin)


class SignInAttemptsMixin:
    """Wrong passwords in a row for a phone, whether or not anybody has that phone."""

    phone: Mapped[str] = mapped_column(String(16), primary_key=True)
    wrong: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


def parse_phone(text: str) -> str:
    """The phone that a person typed, in E.164 (``+79161234567``).

    Digits of any script, in groups with a space, a dash or a point between two of them; the
    area code may stand in brackets, a plus in front. No letters, no extension. Raises Refusal:
    ``phone.empty`` or ``phone.wrong``.
    """
    plain = with_plain_separators(parse_digits(text).strip())
    if not plain:
        raise Refusal("phone.empty", "phone")
    if not TYPED_PHONE.fullmatch(plain):
        raise Refusal("phone.wrong", "phone")
    return _possible_phone(plain)


def protocol_phone(text: str) -> str:
    """The phone that a program sent, in E.164: the same with its plus, or without it.

    Raises Refusal ``phone.wrong`` for anything else, a number as it is dialled at home too.
    """
    if not PROTOCOL_PHONE.fullmatch(text):
        raise Refusal("phone.wrong", "phone")
    return _possible_phone(f"+{text.removeprefix('+')}")


def _possible_phone(plain: str) -> str:
    try:
        number = phonenumbers.parse(plain, HOME_REGION)
    except phonenumbers.NumberParseException:
        raise Refusal("phone.wrong", "phone") from None
    possible = phonenumbers.is_possible_number_with_reason(number)
    # Without its country a number has to be one of home: "0044 20…" is none.
    at_home = plain[0] in "+＋" or phonenumbers.is_valid_number(number)
    if possible != phonenumbers.ValidationResult.IS_POSSIBLE or not at_home:
        raise Refusal("phone.wrong", "phone")
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


@lru_cache(1024)
def phone_in(language: str, phone: str) -> str:
    """A phone in E.164 as readers of ``language`` write it; what is no number stays as it is.

    Russians write a number of their own as it is dialled at home: ``8 (916) 123-45-67``.
    """
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    at_home = phonenumbers.region_code_for_number(number) == REGIONS.get(language)
    form = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, form.NATIONAL if at_home else form.INTERNATIONAL)


class People(Generic[PersonT]):
    """Opens accounts and signs people in; the same rules on every site."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        person: type[PersonT],
        attempts: type[Any],
        sign_ins: type[Any],
    ) -> None:
        self.database = database
        self.clock = clock
        self._person = person
        self._attempts = attempts
        self._sign_ins = sign_ins
        # Built once: it is asked for with every page.
        joined = select(person).join(sign_ins, sign_ins.person_id == person.id)
        self._person_of_session = joined.where(sign_ins.id == bindparam("session_id"))
        self._person_of_phone = select(person).where(person.phone == bindparam("phone"))
        self._attempts_of_phone = select(attempts).where(attempts.phone == bindparam("phone"))
        sessions = table_of(sign_ins)
        self._new_session = insert(sessions)
        self._no_session = delete(sessions).where(sessions.c.id == bindparam("session_id"))
        of_person = select(sign_ins.id).where(sign_ins.person_id == bindparam("person_id"))
        newest = of_person.order_by(sign_ins.began_at.desc())
        self._older_sessions = newest.offset(bindparam("kept", type_=Integer()))

    def add(self, phone: str, password: str, name: str) -> PersonT:
        """Open an account. Raises Refusal ``phone.taken`` where the phone already has one."""
        with self.database.transaction() as session:
            return self.add_in(session, phone, password, name)

    def add_in(self, session: Session, phone: str, password: str, name: str) -> PersonT:
        """Open an account as part of a transaction; see :meth:`add`."""
        if self._find(session, phone) is not None:
            raise Refusal("phone.taken", "phone")
        person = self._person()
        person.phone, person.name = phone, name
        person.password_hash = generate_password_hash(password, method=PASSWORD_METHOD)
        session.add(person)
        session.flush()
        return person

    def find(self, phone: str) -> PersonT | None:
        """The person of that phone (E.164), or None."""
        with self.database.reading() as session:
            return self._find(session, phone)

    def get(self, phone: str) -> PersonT:
        """The person of that phone (E.164). Raises NotFound."""
        person = self.find(phone)
        if person is None:
            raise NotFound(phone)
        return person

    def sign_in(self, phone: str, password: str) -> PersonT:
        """The person whose phone and password these are.

        Raises Refusal: ``sign-in.wrong`` (the same for a wrong password and an unknown phone)
        or, after five wrong ones in a row, ``sign-in.locked`` for fifteen minutes.
        """
        with self.database.transaction() as session:
            attempts = self._attempts_of(session, phone)
            person = self._find(session, phone)
            refusal = self._judge(attempts, person, password)
        if refusal is not None or person is None:
            raise refusal or Refusal("sign-in.wrong")
        return person

    def sign_in_unasked(self, phone: str) -> PersonT:
        """The person of that phone (E.164), as if the right password had been typed.

        Raises NotFound for a phone without an account, and Refusal ``sign-in.locked`` as
        :meth:`sign_in` does.
        """
        with self.database.transaction() as session:
            person = self._find(session, phone)
            if person is None:
                raise NotFound(phone)
            attempts = session.scalar(self._attempts_of_phone, {"phone": phone})
            if attempts is not None:
                locked = self._lock(attempts)
                if locked is not None:
                    raise locked
                _forget(attempts)
        return person

    def begin_session(self, person_id: int) -> str:
        """Start a session for this person in one more browser; return its id.

        Of a person's sessions the newest hundred are kept.
        """
        begun = {"id": token_urlsafe(32), "person_id": person_id, "began_at": self.clock.now()}
        older = {"person_id": person_id, "kept": MOST_SESSIONS - 1}
        with self.database.transaction() as session:
            ended = session.scalars(self._older_sessions, older).all()
            if ended:
                rows = self._sign_ins
                session.execute(delete(rows).where(rows.id.in_(ended)))
            session.execute(self._new_session, begun)
        return str(begun["id"])

    def signed_in(self, session_id: str) -> PersonT | None:
        """The person of a session, or None if it has ended or never was."""
        with self.database.reading() as session:
            return session.scalar(self._person_of_session, {"session_id": session_id})

    def end_session(self, session_id: str) -> None:
        """End one session of a person; sessions in other browsers go on."""
        with self.database.transaction() as session:
            session.execute(self._no_session, {"session_id": session_id})

    def _judge(self, attempts: Any, person: PersonT | None, password: str) -> Refusal | None:
        locked = self._lock(attempts)
        if locked is not None:
            return locked
        # A hash is checked for nobody too, so that the time taken does not tell who exists.
        right = check_password_hash(person.password_hash if person else NOBODY, password)
        if right and person is not None:
            _forget(attempts)
            return None
        attempts.wrong += 1
        if attempts.wrong < WRONG_PASSWORDS_ALLOWED:
            return Refusal("sign-in.wrong")
        attempts.wrong, attempts.locked_until = 0, self.clock.now() + LOCKOUT
        return _locked(LOCKOUT)

    def _lock(self, attempts: Any) -> Refusal | None:
        now = self.clock.now()
        if attempts.locked_until is None or now >= attempts.locked_until:
            return None
        return _locked(attempts.locked_until - now)

    def _attempts_of(self, session: Session, phone: str) -> Any:
        attempts = session.scalar(self._attempts_of_phone, {"phone": phone})
        if attempts is None:
            attempts = self._attempts(phone=phone, wrong=0)
            session.add(attempts)
        return attempts

    def _find(self, session: Session, phone: str) -> PersonT | None:
        return session.scalar(self._person_of_phone, {"phone": phone})


def _forget(attempts: Any) -> None:
    attempts.wrong, attempts.locked_until = 0, None


def _locked(left: timedelta) -> Refusal:
    return Refusal("sign-in.locked", minutes=-(-int(left.total_seconds()) // 60))
