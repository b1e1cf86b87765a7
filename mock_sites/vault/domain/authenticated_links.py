"""The end of a link that has waited for a challenge: a link with its cent, or nothing (C2.5)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ...shared.values.cards import Card
from ...shared.values.money import Money
from ...shared.values.refusal import Refusal
from ..authentication_store import AuthenticationRow, Purpose, WaitState
from ..store import CardRow, VaultingRow, VaultingStatus
from .authentications import Authentications
from .billing import Billing
from .card_view import masked
from .cent_requests import CentRequests
from .issuer import Issuer
from .links import Links, refuse_second
from .notifications import Notifications
from .upkeep import Upkeep


class AuthenticatedLinks:
    """Ends the waits for a link: the card, its cent and the answer to the merchant go together."""

    def __init__(
        self,
        upkeep: Upkeep,
        links: Links,
        notifications: Notifications,
        issuer: Issuer,
        authentications: Authentications,
        cent_requests: CentRequests,
    ) -> None:
        self.upkeep = upkeep
        self._requests = cent_requests
        self._links = links
        self._notifications = notifications
        self._issuer = issuer
        authentications.on_end(self.finish, Purpose.LINK, Purpose.SESSION, Purpose.OWN)

    def finish(self, waited: AuthenticationRow, refused: str | None) -> None:
        """Link the card whose holder is authenticated, or keep why not; once, however often."""
        token = ""
        if refused is None:
            token, refused = self._hold(waited)
        with self.upkeep.transaction() as session:
            row = session.get_one(AuthenticationRow, waited.uid, with_for_update=True)
            if row.state is not WaitState.PENDING:
                return
            card, refused = self._linked(session, row, token, refused)
            row.state = WaitState.DONE if card is not None else WaitState.FAILED
            row.refused = refused
            self._answer(session, row, card)

    def _hold(self, waited: AuthenticationRow) -> tuple[str, str | None]:
        """Have the cent held: the token of the card to come, and why it is not held."""
        cent, phone = Money(waited.amount, waited.currency), waited.phone

        def ask(key: str) -> None:
            self._issuer.hold_kept(key, phone, waited.fingerprint, waited.expiry, cent)

        try:
            return self._requests.hold(phone, cent, ask), None
        except Refusal as refusal:
            return "", refusal.code

    def _linked(
        self, session: Session, row: AuthenticationRow, token: str, refused: str | None
    ) -> tuple[CardRow | None, str | None]:
        """Link the card unless that is refused; the card, or None and why not."""
        refused = refused or _second(session, row, self.upkeep.now())
        if refused is not None:
            return None, refused
        try:
            return self._begin(session, row, token), None
        except Refusal as refusal:
            # The cent was given up since it was held. Nothing has been written yet.
            return None, refusal.code

    def _begin(self, session: Session, row: AuthenticationRow, token: str) -> CardRow:
        # Of the number a link needs the two ends, which is all that has been kept.
        card = Card(row.first_six + row.last_four, row.holder, row.expiry, "")
        published = self._issuer.known(row.fingerprint)
        billing = None
        if row.country is not None:
            billing = Billing(row.country, row.postal_code or "", row.address or "")
        now = self.upkeep.now()
        begin = self._links.begin
        return begin(session, row.phone, card, row.fingerprint, published, billing, now, token)

    def _answer(self, session: Session, row: AuthenticationRow, card: CardRow | None) -> None:
        """Keep the answer to the merchant; after a refusal its session goes on."""
        goes_on = row.purpose is Purpose.SESSION and card is None
        if row.request_id is None or goes_on:
            return
        if session.get(VaultingRow, row.request_id) is not None:
            return
        vaulting = VaultingRow(
            request_id=row.request_id,
            phone=row.phone,
            masked_number=masked(row.first_six + row.last_four),
            notification_url=row.notification_url,
            redirect_url=row.redirect_url,
            status=VaultingStatus.PENDING if card else VaultingStatus.FAIL,
            refused=row.refused,
            card_id=card.id if card else None,
            at=self.upkeep.now(),
        )
        session.add(vaulting)
        if card is None:
            self._notifications.outcome(session, vaulting, self.upkeep.now())


def _second(session: Session, row: AuthenticationRow, now: datetime) -> str | None:
    """Why the card cannot be linked now: it was linked while this one waited."""
    try:
        refuse_second(session, row.phone, row.fingerprint, now)
    except Refusal as refusal:
        return refusal.code
    return None
