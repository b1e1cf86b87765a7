"""The vault's one merchant: its number, and which addresses are its own."""

from __future__ import annotations

from dataclasses import dataclass

from ...shared.values.web_address import lies_on


@dataclass(frozen=True)
class Merchant:
    """The one merchant that uses the vault: the shop of the stack.

    ``origin`` is its address for browsers, ``internal_origin`` for the vault itself. ``vault``
    is the vault's own address for browsers.
    """

    client_id: str
    origin: str
    internal_origin: str
    vault: str = ""

    def session_page(self, uid: str) -> str:
        """The address at which a buyer links a card in the session of that id."""
        return f"{self.vault}/sessions/{uid}"

    @property
    def notification_url(self) -> str:
        """The default address for notifications; a request may name another one."""
        return f"{self.internal_origin}/notifications/vault"

    def owns(self, address: str) -> bool:
        """Whether an address lies with the shop; no other is called, and no buyer sent there."""
        return lies_on(address, (self.origin, self.internal_origin))

    def reachable(self, address: str) -> str:
        """An address of its own as the vault can call it: loopback, without a resolver."""
        return self.internal_origin + address.removeprefix(self.origin).removeprefix(
            self.internal_origin
        )
