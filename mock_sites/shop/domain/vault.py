"""The card vault, as the shop's rules use it; ``clients/vault.py`` speaks its protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from ...shared.values.cards import Card
from ..store import OrderRow
from .vault_messages import BuyerCard, PaymentAnswer, VaultNotification


class VaultError(Exception):
    """The vault gave no answer that can be used: what was asked for may or may not be done."""


class VaultUnreachable(VaultError):
    """The vault could not be reached: what was asked for is certainly not done."""


class ChallengeNeeded(Exception):
    """Nothing is linked or paid yet: the buyer has to answer the bank's challenge at ``url``.

    ``request_id`` is the request to link a card; None for a payment.
    """

    def __init__(self, url: str, request_id: str | None = None) -> None:
        super().__init__("the buyer has to answer a challenge")
        self.url = url
        self.request_id = request_id


class CardVault(Protocol):
    """The vault, for this shop.

    Every call raises VaultError, or VaultUnreachable if nothing has reached the vault.
    """

    def link(self, request_id: str, phone: str, card: Card) -> str | None:
        """Link a card to the buyer of that phone; the same request again links nothing more.

        Raises ChallengeNeeded; the buyer comes back from it to ``/linked/<request_id>``.

        Returns the card's token if the answer has it. Raises Refusal with the reason and the field
        of the card form that it belongs beside.
        """

    def token_of(self, request_id: str) -> str | None:
        """Find the token of the card that a request has linked, if it has linked one."""

    def outcome_of(self, request_id: str) -> str:
        """Find the token of the card that a request has linked.

        Raises ChallengeNeeded while that waits for the buyer, and Refusal if nothing is linked.
        """

    def cards(self, phone: str) -> Sequence[BuyerCard]:
        """List the cards of the buyer of that phone, as the vault orders them."""

    def pay(self, order: OrderRow, phone: str, source: str | Card) -> None:
        """Pay an order from a linked card (its token) or from a card typed for it alone.

        The order's uid makes it happen once. Raises Refusal with the issuer's reason, and
        ChallengeNeeded.
        """

    def payment(self, order_uid: str) -> PaymentAnswer:
        """Ask how the payment of an order stands."""

    def cancel(self, order_uid: str) -> PaymentAnswer:
        """Cancel the payment of an order if it is not made; ask how it stands after that."""

    def read_notification(
        self, path: str, headers: Mapping[str, str], body: bytes
    ) -> VaultNotification:
        """Verify and read a notification of the vault.

        Raises Refusal ``notification.forged`` or ``notification.unreadable``.
        """
