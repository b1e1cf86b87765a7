"""Challenges of a card's issuer: skipped, not answered and believed, or counted twice."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.accounts.ledger import OUTSIDE
from mock_sites.shared.values.money import Money
from mock_sites.vault.authentication_store import AuthenticationRow, WaitState
from mock_sites.vault.domain import authentications, ledger
from mock_sites.vault.domain.access_control import AuthenticationStatus
from mock_sites.vault.domain.authentications import REFUSED, Authentications
from mock_sites.vault.store import CardRow


def _without(status: AuthenticationStatus) -> dict[AuthenticationStatus, str]:
    return {one: code for one, code in REFUSED.items() if one is not status}


@deviant("C2.5", "vault", "The cent is not held before the code is entered")
def challenge_is_skipped(site: Change) -> None:
    """A card is linked without the code that its issuer asks for."""
    site.rule(Authentications, "require", lambda self, waiting: None)


@deviant("C2.5", "vault", "Wrong codes link nothing and hold nothing")
def failed_challenge_links(site: Change) -> None:
    """A card is linked after a challenge that has failed."""
    site.rule(authentications, "REFUSED", _without(AuthenticationStatus.FAILED))


@deviant("C2.5", "vault", "A challenge that is given up links nothing and holds nothing")
def abandoned_challenge_holds_the_cent(site: Change) -> None:
    """A cent is held although the buyer has given up the challenge."""
    site.rule(authentications, "REFUSED", _without(AuthenticationStatus.ABANDONED))


@deviant("C2.5", "vault", "A challenge that is given up links nothing and holds nothing")
def return_is_believed(site: Change) -> None:
    """The vault believes that a buyer who is back has passed the challenge."""
    site.rule(Authentications, "outcome", lambda self, row: AuthenticationStatus.PASSED)


@deviant("C2.5", "vault", "The code in two tabs links the card once")
def second_answer_counts_again(site: Change) -> None:
    """The second answer to a challenge takes a second cent."""

    def again(conclude: Any) -> Any:
        def conclude_again(self: Authentications, uid: str) -> AuthenticationRow:
            before = self.read(uid)
            row: AuthenticationRow = conclude(self, uid)
            if before.state is WaitState.DONE:
                with self.upkeep.transaction() as session:
                    same = select(CardRow.token).where(CardRow.fingerprint == row.fingerprint)
                    key, cent = f"again:{session.scalar(same)}", Money(1, row.currency)
                    ledger.move(session, key, OUTSIDE, ledger.HELD, cent, self.upkeep.now())
            return row

        return conclude_again

    site.wrap(Authentications, "conclude", again)


@deviant("C1.5", "vault", "A challenge that is given up at the checkout links nothing")
def abandoned_challenge_links_at_the_checkout(site: Change) -> None:
    """A card is linked at the checkout although the buyer has given up the challenge."""
    site.rule(authentications, "REFUSED", _without(AuthenticationStatus.ABANDONED))


@deviant("C3.5", "vault", "A challenge that is given up on the phone links nothing")
def abandoned_challenge_links_on_the_phone(site: Change) -> None:
    """A card is linked on the phone although the buyer has given up the challenge."""
    site.rule(authentications, "REFUSED", _without(AuthenticationStatus.ABANDONED))
