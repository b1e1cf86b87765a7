"""The vault's holds beside the issuer's own list of authorisations: each cent in both, once."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from ..cent_request_store import CentRequestRow
from ..issuer_store import AuthorisationRow, AuthorisationState
from ..store import HoldRow, HoldState

# What the issuer says of a hold that has ended.
AGREED = {
    HoldState.RETURNED: {AuthorisationState.VOIDED},
    HoldState.REFUNDED: {AuthorisationState.REFUNDED},
    HoldState.FAILED: {AuthorisationState.WITHDRAWN},
    # It is being refunded: the answer may have been lost.
    HoldState.CAPTURED: {AuthorisationState.SETTLED, AuthorisationState.REFUNDED},
}
# The issuer takes or withdraws a cent by itself, and tells the vault only when it is asked.
UNASKED = {
    AuthorisationState.HELD,
    AuthorisationState.SETTLED,
    AuthorisationState.WITHDRAWN,
}
STILL_HAS = (AuthorisationState.HELD, AuthorisationState.SETTLED)


def disagreements(session: Session) -> Iterator[str]:
    """List, in words, where the vault and the issuer disagree about a cent."""
    authorised = {row.key: row for row in session.scalars(select(AuthorisationRow))}
    for hold in session.scalars(select(HoldRow).order_by(HoldRow.id)):
        token = hold.card.token
        row = authorised.pop(token, None)
        if row is None:
            yield f"the cent of card {token} is {hold.state}, and the issuer knows nothing of it"
        elif row.money != hold.money or row.state not in _agreed(hold):
            yield (
                f"the cent of card {token} is {hold.money}, {hold.state}:"
                f" the issuer has {row.money}, {row.state}"
            )
    asked = set(session.scalars(select(CentRequestRow.token)))
    for row in authorised.values():
        if row.state in STILL_HAS and row.key not in asked:
            yield f"the issuer has {row.money}, {row.state}, for {row.key}, which is no card"


def _agreed(hold: HoldRow) -> set[AuthorisationState]:
    if hold.state is HoldState.HELD:
        # Once it was asked to give the cent back it may have done so.
        return UNASKED if hold.tries == 0 else {*AuthorisationState}
    return AGREED[hold.state]
