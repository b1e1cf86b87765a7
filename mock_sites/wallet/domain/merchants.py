"""The merchants that issue bills: who they are by their keys, and which addresses are theirs."""

from __future__ import annotations

from sqlalchemy import Select, bindparam, select

from ...shared.runtime.database import Database
from ...shared.values.web_address import lies_on
from ..store import MerchantRow

# Built once: every call of a merchant begins with one of them.
OF_SECRET_KEY = select(MerchantRow).where(MerchantRow.secret_key == bindparam("key"))
OF_PUBLIC_KEY = select(MerchantRow).where(MerchantRow.public_key == bindparam("key"))
OF_SITE_ID = select(MerchantRow).where(MerchantRow.site_id == bindparam("key"))


class Merchants:
    """Every shop that the wallet knows."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def register(self, merchant: MerchantRow) -> None:
        """Add the merchant, or renew its addresses: after a restart its ports are others."""
        with self.database.transaction() as session:
            session.merge(merchant)

    def with_secret_key(self, key: str) -> MerchantRow | None:
        """The merchant that signs its calls with this key."""
        return self._find(OF_SECRET_KEY, key)

    def with_public_key(self, key: str) -> MerchantRow | None:
        """The merchant that opens payment forms with this key."""
        return self._find(OF_PUBLIC_KEY, key)

    def issuer(self, site_id: str) -> MerchantRow | None:
        """The merchant of that number."""
        return self._find(OF_SITE_ID, site_id)

    def _find(self, wanted: Select[MerchantRow], key: str) -> MerchantRow | None:
        with self.database.reading() as session:
            return session.scalar(wanted, {"key": key})


def is_own_address(merchant: MerchantRow, address: str | None) -> bool:
    """Whether ``address`` lies on one of the merchant's own origins.

    Only there is a buyer sent after paying; any other address could lead astray.
    """
    return address is not None and lies_on(address, merchant.origins)
