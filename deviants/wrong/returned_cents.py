"""The return of a cent that fails: a link that is final all the same, a refund that is not made."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from checkout_conformance.deviants.change import Change
from checkout_conformance.deviants.deviant import deviant
from mock_sites.shared.accounts.ledger import OUTSIDE
from mock_sites.vault.domain import holds, ledger, returns
from mock_sites.vault.domain.issuer import Issuer, NotGivenBack
from mock_sites.vault.issuer_store import AuthorisationState
from mock_sites.vault.store import HoldState

NOT_YET = "The link is not final before the issuer confirms the return of the cent"
ASKED_AGAIN = "A cent that is asked for again comes back once"
DELETED = "The cent of a deleted card comes back once although the issuer fails"
REFUNDED = "A cent that was taken is refunded once"
REFUNDED_AGAIN = "A refund that is asked for again is made once"


@deviant("C2.5", "vault", NOT_YET)
def no_answer_counts_as_given_back(site: Change) -> None:
    """If the issuer refuses or is silent, the cent is said to be back."""

    def believed(void: Any) -> Any:
        def void_or_believe(self: Issuer, *about: Any) -> AuthorisationState:
            try:
                return AuthorisationState(void(self, *about))
            except NotGivenBack:
                return AuthorisationState.VOIDED

        return void_or_believe

    site.wrap(Issuer, "void", believed)


@deviant("C2.5", "vault", ASKED_AGAIN)
def issuer_is_asked_only_once(site: Change) -> None:
    """A cent that the issuer did not give back at once is never asked for again."""
    site.rule(returns, "ASK_AGAIN_AFTER", timedelta(days=365))


@deviant("C2.5", "vault", DELETED)
def deleted_card_is_not_asked_for_again(site: Change) -> None:
    """The cent of a deleted card is asked for once."""

    def but_not_of_deleted(due: Any) -> Any:
        def due_or_deleted(session: Any, now: Any) -> list[Any]:
            return [hold for hold in due(session, now) if hold.card.counts or hold.tries == 0]

        return due_or_deleted

    site.wrap(holds, "due", but_not_of_deleted)


@deviant("C2.5", "vault", REFUNDED)
def taken_cent_counts_as_given_back(site: Change) -> None:
    """A cent that the issuer has taken is said to be back, and is never refunded."""
    ends = {**returns.ENDS, AuthorisationState.SETTLED: HoldState.RETURNED}
    site.rule(returns, "ENDS", ends)
    site.rule(Issuer, "refund", lambda self, key, phone: AuthorisationState.SETTLED)
    site.rule(holds, "capture", lambda session, hold, now: None)


@deviant("C2.5", "vault", REFUNDED_AGAIN)
def refund_asked_for_again_is_made_twice(site: Change) -> None:
    """A cent that had to be asked for again is given back twice, by the books."""

    def twice(end: Any) -> Any:
        def end_twice(session: Any, hold: Any, state: HoldState, now: Any) -> bool:
            ended = bool(end(session, hold, state, now))
            if ended and state is HoldState.REFUNDED and hold.tries > 1:
                token, held = hold.card.token, ledger.HELD
                ledger.move(session, f"more:{hold.id}", OUTSIDE, held, hold.money, now)
                ledger.move(session, f"again:{token}", held, OUTSIDE, hold.money, now)
            return ended

        return end_twice

    site.wrap(holds, "end", twice)
