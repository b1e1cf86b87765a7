"""The shop's secret keys at the wallet: the newest one, and those that still hold."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.runtime.keys import MerchantKeys
from ...shared.values.refusal import Refusal
from ..wallet_key_store import ReplacedKeyRow


class WalletKeys:
    """The number of the shop at the wallet, and its keys: those of its settings come first."""

    def __init__(self, database: Database, clock: Clock, settings: MerchantKeys) -> None:
        self.database = database
        self.clock = clock
        self.site_id = settings.site_id
        self._first = settings.secret_key

    @property
    def secret_key(self) -> str:
        """The newest key: the shop's calls carry it."""
        with self.database.reading() as session:
            return self._newest(self._replaced(session))

    @property
    def accepted(self) -> list[str]:
        """The keys that sign a notification which the shop believes, the newest first."""
        now = self.clock.now()
        with self.database.reading() as session:
            replaced = self._replaced(session)
            holding = [each.replaced for each in replaced if each.until > now]
            return [self._newest(replaced), *reversed(holding)]

    def renew(self, secret_key: str, overlap: timedelta) -> None:
        """Use a new key from now on; the one before is believed for ``overlap`` more.

        The newest key again changes nothing. Raises Refusal ``wallet_key.used`` for an older one.
        """
        with self.database.transaction() as session:
            replaced = self._replaced(session)
            newest = self._newest(replaced)
            if secret_key == newest:
                return
            if secret_key in [each.replaced for each in replaced]:
                raise Refusal("wallet_key.used")
            until = self.clock.now() + overlap
            session.add(ReplacedKeyRow(replaced=newest, secret_key=secret_key, until=until))

    def _replaced(self, session: Session) -> list[ReplacedKeyRow]:
        """The keys since the one of the settings, the oldest first."""
        found: list[ReplacedKeyRow] = []
        row = session.get(ReplacedKeyRow, self._first)
        while row is not None:
            found.append(row)
            row = session.get(ReplacedKeyRow, row.secret_key)
        return found

    def _newest(self, replaced: list[ReplacedKeyRow]) -> str:
        return replaced[-1].secret_key if replaced else self._first
