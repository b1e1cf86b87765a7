"""The return of the cents: the issuer is asked to give each back, until it has (C2.5).

A hold is voided. If the issuer has taken the cent meanwhile, it is refunded. An issuer that
refuses or does not answer is asked again under the same key, so the cent comes back once. Until
then the link is not final.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ...shared.runtime.database import Database
from ..cent_request_store import CentRequestRow
from ..issuer_store import AuthorisationState
from ..store import HoldRow, HoldState
from . import cent_requests, holds
from .issuer import Issuer, NotGivenBack
from .links import Links

log = logging.getLogger(__name__)

ASK_AGAIN_AFTER = timedelta(minutes=5)
# How a hold ends, by the state of the issuer's authorisation.
ENDS = {
    AuthorisationState.VOIDED: HoldState.RETURNED,
    AuthorisationState.REFUNDED: HoldState.REFUNDED,
    AuthorisationState.WITHDRAWN: HoldState.FAILED,
}
# Changes rows in a transaction, and tells the shop if that queued a notification.
Change = Callable[[Callable[[Session], None]], None]


class Returns:
    """Asks the issuer, outside of any transaction, and records each answer in one."""

    def __init__(self, database: Database, links: Links, issuer: Issuer, change: Change) -> None:
        self._database = database
        self._links = links
        self._issuer = issuer
        self._change = change

    def is_any_due(self, session: Session, now: datetime) -> bool:
        """Whether the issuer is to be asked for a cent."""
        return holds.is_any_due(session, now) or cent_requests.is_any_due(session, now)

    def next_due(self, session: Session) -> datetime | None:
        """Return when the issuer is to be asked next; None if nothing is held."""
        moments = (holds.next_due(session), cent_requests.next_due(session))
        return min((one for one in moments if one is not None), default=None)

    def settle_due(self, now: datetime) -> None:
        """Ask for every cent that is due; a link whose cent is back becomes final."""
        with self._database.reading() as session:
            if not self.is_any_due(session, now):
                return
        with self._database.transaction() as session:
            due, given_up = holds.due(session, now), cent_requests.give_up_due(session, now)
            for hold in due:
                # Before the issuer is asked: from now on it may have given the cent back.
                hold.tries += 1
        for hold in due:
            self._ask_for(hold, now)
        for request in given_up:
            self._void(request, now)

    def _ask_for(self, hold: HoldRow, now: datetime) -> None:
        token, phone = hold.card.token, hold.card.phone
        try:
            answer = self._issuer.void(token, phone, hold.money)
            if answer is AuthorisationState.SETTLED:
                self._change(lambda session: self._capture(session, hold.id, now))
                answer = self._issuer.refund(token, phone)
        except NotGivenBack as reason:
            log.info("the cent of card %s is not back: %s", token, reason)
            self._change(lambda session: _ask_again(session, hold.id, now))
        else:
            self._change(lambda session: self._end(session, hold.id, answer, now))

    def _capture(self, session: Session, hold_id: int, now: datetime) -> None:
        holds.capture(session, session.get_one(HoldRow, hold_id), now)

    def _end(
        self, session: Session, hold_id: int, answer: AuthorisationState, now: datetime
    ) -> None:
        hold = session.get_one(HoldRow, hold_id)
        if answer is AuthorisationState.REFUNDED:
            # The issuer has paid it back before the vault knew that it was taken.
            holds.capture(session, hold, now)
        self._links.settle(session, hold, ENDS[answer], now)

    def _void(self, request: CentRequestRow, now: datetime) -> None:
        token, phone = request.token, request.phone
        try:
            if self._issuer.void(token, phone, request.money) is AuthorisationState.SETTLED:
                self._issuer.refund(token, phone)
        except NotGivenBack as reason:
            log.info("the issuer may have the cent of request %s: %s", token, reason)
            self._change(lambda session: _put_off(session, token, now))
        else:
            self._change(lambda session: _close(session, token))


def _ask_again(session: Session, hold_id: int, now: datetime) -> None:
    hold = session.get_one(HoldRow, hold_id)
    if hold.ended_at is None:
        hold.due_at = now + ASK_AGAIN_AFTER


def _put_off(session: Session, token: str, now: datetime) -> None:
    row = session.get(CentRequestRow, token)
    if row is not None:
        row.due_at = now + ASK_AGAIN_AFTER


def _close(session: Session, token: str) -> None:
    row = session.get(CentRequestRow, token)
    if row is not None:
        session.delete(row)
