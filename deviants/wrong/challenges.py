"""Challenges of a card's issuer: skipped, not answered and believed, or counted twice."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.acs import domain as issuer
from mock_sites.acs.domain import AT_ONCE
from mock_sites.acs.store import AuthenticationRow as IssuerRow
from mock_sites.acs.store import AuthenticationState
from mock_sites.shared.accounts.ledger import OUTSIDE
from mock_sites.shared.values.money import Money
from mock_sites.shared.values.published_cards import Authentication
from mock_sites.shop.domain.card_payments import CardPayments
from mock_sites.vault.authentication_store import AuthenticationRow, WaitState
from mock_sites.vault.clients.acs import AccessControlClient
from mock_sites.vault.domain import authentications, ledger
from mock_sites.vault.domain.access_control import AccessControlError, AuthenticationStatus, Begun
from mock_sites.vault.domain.authentications import REFUSED, Authentications
from mock_sites.vault.domain.issuer import Issuer
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


def _at_once(authentication: Authentication, state: AuthenticationState) -> dict[Any, Any]:
    return {**AT_ONCE, authentication: state}


def _keep_the_old_code(send: Any) -> Any:
    def send_but_keep(self: issuer.Authentications, uid: str) -> Any:
        old = self.read(uid).digest
        row = send(self, uid)
        with self.database.transaction() as session:
            session.get_one(IssuerRow, uid).digest = old
        return row

    return send_but_keep


def _leave_open(self: issuer.Authentications, uid: str) -> Any:
    return self.read(uid)


def _approve(self: Issuer, *about: Any) -> None:
    return None


# Linking in the vault


@deviant("C2.5", "acs", "A card whose issuer asks for nothing is linked at once")
def frictionless_card_is_not_linked(site: Change) -> None:
    """A card whose issuer asks for nothing is refused."""
    refused = _at_once(Authentication.FRICTIONLESS, AuthenticationState.FAILED)
    site.rule(issuer, "AT_ONCE", refused)


@deviant("C2.5", "acs", "A card whose holder the issuer cannot check links nothing")
def unchecked_holder_is_linked(site: Change) -> None:
    """A card is linked although its issuer cannot check the holder."""
    passed = _at_once(Authentication.UNAVAILABLE, AuthenticationState.PASSED)
    site.rule(issuer, "AT_ONCE", passed)


@deviant("C2.5", "vault", "While the issuer's server is down, nothing is linked")
def silent_issuer_is_taken_for_a_yes(site: Change) -> None:
    """A card is linked while the issuer's server is down."""

    def believe(begin: Any) -> Any:
        def begin_or_believe(self: AccessControlClient, *about: Any) -> Begun:
            try:
                begun: Begun = begin(self, *about)
            except AccessControlError:
                return Begun(AuthenticationStatus.PASSED, "")
            return begun

        return begin_or_believe

    site.wrap(AccessControlClient, "begin", believe)


@deviant("C2.5", "vault", "A challenge that has expired links nothing and holds nothing")
def expired_challenge_links(site: Change) -> None:
    """A card is linked after a challenge that has expired."""
    site.rule(authentications, "REFUSED", _without(AuthenticationStatus.EXPIRED))


@deviant("C2.5", "vault", "A card that is declined after its challenge links nothing")
def challenge_outweighs_the_issuer(site: Change) -> None:
    """A card that passed its challenge is linked although the issuer declines it."""
    site.rule(Issuer, "authorise_kept", _approve)


@deviant("C2.5", "acs", "Once a new code is sent, the old one links nothing")
def old_code_of_a_challenge_is_accepted(site: Change) -> None:
    """The first code still passes a challenge after a new one was sent."""
    site.wrap(issuer.Authentications, "send_new_code", _keep_the_old_code)


@deviant("C2.5", "acs", "After giving up, the code in a second tab links nothing")
def abandoned_challenge_can_be_answered(site: Change) -> None:
    """A challenge that was given up is passed by a code from another tab."""
    site.rule(issuer.Authentications, "abandon", _leave_open)


# Linking and paying at the shop's checkout


@deviant("C1.5", "acs", "A card whose issuer asks for nothing")
def frictionless_card_fails_at_the_checkout(site: Change) -> None:
    """A card whose issuer asks for nothing is refused at the checkout."""
    refused = _at_once(Authentication.FRICTIONLESS, AuthenticationState.FAILED)
    site.rule(issuer, "AT_ONCE", refused)


@deviant("C1.5", "acs", "A card whose holder the issuer cannot check pays nothing")
def unchecked_holder_pays(site: Change) -> None:
    """A card pays although its issuer cannot check the holder."""
    passed = _at_once(Authentication.UNAVAILABLE, AuthenticationState.PASSED)
    site.rule(issuer, "AT_ONCE", passed)


@deviant("C1.5", "vault", "Wrong codes pay nothing")
def failed_challenge_pays(site: Change) -> None:
    """A card pays after a challenge that has failed."""
    site.rule(authentications, "REFUSED", _without(AuthenticationStatus.FAILED))


@deviant("C1.5", "vault", "A challenge that has expired pays nothing")
def expired_challenge_pays(site: Change) -> None:
    """A card pays after a challenge that has expired."""
    site.rule(authentications, "REFUSED", _without(AuthenticationStatus.EXPIRED))


@deviant("C1.5", "shop", "The right code pays the order once and links no card")
def confirmed_payment_leaves_no_order(site: Change) -> None:
    """A payment that was confirmed by a code is taken, and its order is not paid."""
    site.rule(CardPayments, "look_again", lambda self, order: None)


@deviant("C1.5", "acs", "After giving up at the checkout, the code in a second tab")
def abandoned_challenge_is_answered_at_the_checkout(site: Change) -> None:
    """A challenge that was given up at the checkout is passed by a code from another tab."""
    site.rule(issuer.Authentications, "abandon", _leave_open)


# Linking on the phone


@deviant("C3.5", "acs", "A card whose holder the issuer cannot check is not linked on the phone")
def unchecked_holder_is_linked_on_the_phone(site: Change) -> None:
    """A card is linked on the phone although its issuer cannot check the holder."""
    passed = _at_once(Authentication.UNAVAILABLE, AuthenticationState.PASSED)
    site.rule(issuer, "AT_ONCE", passed)


@deviant("C3.5", "vault", "A challenge that has expired links nothing on the phone")
def expired_challenge_links_on_the_phone(site: Change) -> None:
    """A card is linked on the phone after a challenge that has expired."""
    site.rule(authentications, "REFUSED", _without(AuthenticationStatus.EXPIRED))


@deviant("C3.5", "vault", "A card that is declined after its challenge is not linked on the phone")
def challenge_outweighs_the_issuer_on_the_phone(site: Change) -> None:
    """A card that passed its challenge on the phone is linked although the issuer declines it."""
    site.rule(Issuer, "authorise_kept", _approve)


@deviant("C3.5", "acs", "Once a new code is sent, the old one links nothing on the phone")
def old_code_is_accepted_on_the_phone(site: Change) -> None:
    """The first code still passes a challenge on the phone after a new one was sent."""
    site.wrap(issuer.Authentications, "send_new_code", _keep_the_old_code)
