"""3-D Secure as a card's issuer does it: is the buyer the holder of the card? (C1.5, C2.5, C3.5)

A request ends once. A challenge asks for a code that was sent to the holder's phone; the first
answer that ends it is the result, in whichever tab it was given. A new code makes the one before
worthless; it gives neither more tries nor more time.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy.orm import Session

from ..shared.runtime.clock import Clock
from ..shared.runtime.database import Database
from ..shared.values.money import Money
from ..shared.values.one_time_codes import new_code, parse_code
from ..shared.values.published_cards import Authentication, published_cards
from ..shared.values.refusal import NotFound, Refusal
from .store import AuthenticationRow, AuthenticationState

VALID_FOR = timedelta(minutes=10)
WRONG_ALLOWED = 3
CODES_ALLOWED = 3
NEW_ONE_AFTER = timedelta(seconds=30)
# Without a challenge the state is final at once.
AT_ONCE = {
    Authentication.FRICTIONLESS: AuthenticationState.PASSED,
    Authentication.UNAVAILABLE: AuthenticationState.UNAVAILABLE,
}


@dataclass(frozen=True)
class NewAuthentication:
    """A card whose holder is to be authenticated, under the vault's own id ``uid``.

    ``phone`` (E.164) is the buyer's. ``return_url`` is where the buyer goes after a challenge.
    """

    uid: str
    phone: str
    number: str
    money: Money
    return_url: str


class Authentications:
    """The requests of the vault. ``send`` takes a phone and a code to it; whether it arrived."""

    def __init__(
        self, database: Database, clock: Clock, secret_key: str, send: Callable[[str, str], bool]
    ) -> None:
        self.database = database
        self.clock = clock
        self._key = secret_key.encode()
        self._send = send

    def begin(self, wanted: NewAuthentication) -> AuthenticationRow:
        """Begin a request; the same id again sends no second code and is answered as it stands.

        If the code cannot be sent the state is UNAVAILABLE. Raises Refusal ``card.not-enrolled``
        for a card without 3-D Secure, and ``authentication.conflict`` if the earlier request of
        the id was about something else.
        """
        card = next((one for one in published_cards() if one.number == wanted.number), None)
        if card is None or card.authentication is Authentication.NONE:
            raise Refusal("card.not-enrolled")
        now = self.clock.now()
        state = AT_ONCE.get(card.authentication, AuthenticationState.PENDING)
        code = new_code()
        pending = state == AuthenticationState.PENDING
        with self.database.transaction() as session:
            known = _held(session, wanted.uid)
            if known is not None:
                if not _says_the_same(known, wanted):
                    raise Refusal("authentication.conflict")
                return self._brought_up_to_date(known)
            row = AuthenticationRow(
                uid=wanted.uid,
                phone=wanted.phone,
                brand=card.brand,
                last_four=card.number[-4:],
                amount=wanted.money.minor,
                currency=wanted.money.currency,
                return_url=wanted.return_url,
                state=state,
                digest=self._digest(wanted.uid, code) if pending else "",
                codes_sent=int(pending),
                sent_at=now,
                ends_at=now + VALID_FOR,
                ended_at=None if pending else now,
            )
            session.add(row)
        if pending and not self._send(wanted.phone, code):
            return self._end(wanted.uid, AuthenticationState.UNAVAILABLE)
        return row

    def read(self, uid: str) -> AuthenticationRow:
        """The request as it stands. Raises NotFound."""
        with self.database.transaction() as session:
            return self._brought_up_to_date(_found(session, uid))

    def answer(self, uid: str, typed: str) -> AuthenticationRow:
        """Answer the challenge with a code. One that has ended stays as it is.

        Raises NotFound, and Refusal ``code.empty``, ``code.not-six-digits`` (neither is counted)
        or ``code.wrong``; the third wrong code ends the challenge as FAILED.
        """
        with self.database.transaction() as session:
            row = self._brought_up_to_date(_found(session, uid))
            if row.state != AuthenticationState.PENDING:
                return row
            digest = self._digest(uid, parse_code(typed))
            if hmac.compare_digest(row.digest, digest):
                self._close(row, AuthenticationState.PASSED)
                return row
            row.wrong_codes += 1
            left = WRONG_ALLOWED - row.wrong_codes
            if left <= 0:
                self._close(row, AuthenticationState.FAILED)
        if left <= 0:
            return row
        raise Refusal("code.wrong", "code", left=left)

    def send_new_code(self, uid: str) -> AuthenticationRow:
        """Send another code; the ones before are worthless. What has ended stays as it is.

        Raises NotFound, and Refusal ``code.too-soon``, ``code.too-many-messages`` (the newest code
        stays good in both) or ``code.not-sent``.
        """
        code = new_code()
        with self.database.transaction() as session:
            row = self._brought_up_to_date(_found(session, uid))
            if row.state != AuthenticationState.PENDING:
                return row
            if row.codes_sent >= CODES_ALLOWED:
                raise Refusal("code.too-many-messages")
            now = self.clock.now()
            too_soon = row.sent_at + NEW_ONE_AFTER - now
            if too_soon > timedelta():
                raise Refusal("code.too-soon", seconds=ceil(too_soon.total_seconds()))
            row.digest, row.sent_at = self._digest(uid, code), now
            row.codes_sent += 1
        if not self._send(row.phone, code):
            raise Refusal("code.not-sent")
        return row

    def new_code_from(self, row: AuthenticationRow) -> datetime | None:
        """When the buyer can ask for another code; None if the issuer sends no more."""
        return None if row.codes_sent >= CODES_ALLOWED else row.sent_at + NEW_ONE_AFTER

    def abandon(self, uid: str) -> AuthenticationRow:
        """The buyer does not answer the challenge. Raises NotFound."""
        return self._end(uid, AuthenticationState.ABANDONED)

    def _end(self, uid: str, state: AuthenticationState) -> AuthenticationRow:
        with self.database.transaction() as session:
            row = self._brought_up_to_date(_found(session, uid))
            if row.state == AuthenticationState.PENDING:
                self._close(row, state)
        return row

    def _brought_up_to_date(self, row: AuthenticationRow) -> AuthenticationRow:
        if row.state == AuthenticationState.PENDING and self.clock.now() >= row.ends_at:
            self._close(row, AuthenticationState.EXPIRED)
        return row

    def _close(self, row: AuthenticationRow, state: AuthenticationState) -> None:
        row.state, row.ended_at, row.digest = state, self.clock.now(), ""

    def _digest(self, uid: str, code: str) -> str:
        return hmac.new(self._key, f"{uid}|{code}".encode(), "sha256").hexdigest()


def _says_the_same(known: AuthenticationRow, wanted: NewAuthentication) -> bool:
    facts = (known.phone, known.last_four, known.money, known.return_url)
    return facts == (wanted.phone, wanted.number[-4:], wanted.money, wanted.return_url)


def _found(session: Session, uid: str) -> AuthenticationRow:
    row = _held(session, uid)
    if row is None:
        raise NotFound(uid)
    return row


def _held(session: Session, uid: str) -> AuthenticationRow | None:
    return session.get(AuthenticationRow, uid, with_for_update=True)
