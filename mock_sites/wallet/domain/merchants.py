"""The merchants that issue bills: who they are by their keys, and which addresses are theirs."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ...shared.runtime.keys import MerchantKeys
from ...shared.values.refusal import NotFound, Refusal
from ...shared.values.web_address import lies_on
from ..store import EarlierKeyRow, KeyRotationRow, MerchantRow, MerchantSettingsRow

# Built once: every call of a merchant begins with one of them.
OF_SECRET_KEY = select(MerchantRow).where(MerchantRow.secret_key == bindparam("key"))
OF_PUBLIC_KEY = select(MerchantRow).where(MerchantRow.public_key == bindparam("key"))
STILL_HOLDS = EarlierKeyRow.until > bindparam("now")
OF_EARLIER_KEY = (
    select(MerchantRow)
    .join(EarlierKeyRow, EarlierKeyRow.site_id == MerchantRow.site_id)
    .where(EarlierKeyRow.secret_key == bindparam("key"), STILL_HOLDS)
)
EARLIER_KEYS = (
    select(EarlierKeyRow.secret_key)
    .where(EarlierKeyRow.site_id == bindparam("site_id"), STILL_HOLDS)
    .order_by(EarlierKeyRow.until.desc(), EarlierKeyRow.secret_key)
)
OF_SITE_ID = select(MerchantRow).where(MerchantRow.site_id == bindparam("key"))


class Merchants:
    """Every shop that the wallet knows."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    def register(self, merchant: MerchantRow) -> None:
        """Add the merchant, or renew its addresses: after a restart its ports are others.

        A key that a newer one has replaced changes nothing: the newest key stays.
        """
        with self.database.transaction() as session:
            replaced = session.get(EarlierKeyRow, merchant.secret_key)
            if replaced is not None and replaced.site_id == merchant.site_id:
                newest = session.get_one(MerchantRow, merchant.site_id)
                merchant.secret_key = newest.secret_key
            session.merge(merchant)

    def add(self, merchant: MerchantRow) -> None:
        """Add one more merchant. Raises Refusal ``merchant.known`` for a used id or key."""
        with self.database.transaction() as session:
            if session.get(MerchantRow, merchant.site_id) is not None:
                raise Refusal("merchant.known")
            if _is_used(session, merchant.secret_key):
                raise Refusal("merchant.known")
            session.add(merchant)

    def rotate(self, site_id: str, secret_key: str, overlap: timedelta) -> MerchantRow:
        """Give the merchant a new secret key; the one before is accepted for ``overlap`` more.

        The same again changes nothing. Raises NotFound, Refusal ``merchant_key.conflict`` for the
        newest key with another overlap than it was given with, and Refusal ``merchant_key.used``
        for another key that any merchant has or had.
        """
        with self.database.transaction() as session:
            merchant = session.get(MerchantRow, site_id)
            if merchant is None:
                raise NotFound(site_id)
            if merchant.secret_key == secret_key:
                _refuse_other_overlap(session, secret_key, overlap)
                return merchant
            if _is_used(session, secret_key):
                raise Refusal("merchant_key.used")
            until = self.clock.now() + overlap
            replaced = merchant.secret_key
            session.add(EarlierKeyRow(secret_key=replaced, site_id=site_id, until=until))
            seconds = int(overlap.total_seconds())
            session.add(
                KeyRotationRow(secret_key=secret_key, site_id=site_id, overlap_seconds=seconds)
            )
            merchant.secret_key = secret_key
        return merchant

    def accepted_keys(self, merchant: MerchantRow) -> list[str]:
        """The keys that the merchant's calls may carry, the newest first."""
        with self.database.reading() as session:
            valid = {"site_id": merchant.site_id, "now": self.clock.now()}
            return [merchant.secret_key, *session.scalars(EARLIER_KEYS, valid)]

    def with_secret_key(self, key: str) -> MerchantRow | None:
        """The merchant that signs its calls with this key, its newest or one that still holds."""
        return self._find(OF_SECRET_KEY, key) or self._find(OF_EARLIER_KEY, key)

    def with_public_key(self, key: str) -> MerchantRow | None:
        """The merchant that opens payment forms with this key."""
        return self._find(OF_PUBLIC_KEY, key)

    def all(self) -> list[MerchantRow]:
        """Every merchant, by number."""
        with self.database.reading() as session:
            return list(session.scalars(select(MerchantRow).order_by(MerchantRow.site_id)))

    def issuer(self, site_id: str) -> MerchantRow | None:
        """The merchant of that number."""
        return self._find(OF_SITE_ID, site_id)

    def _find(self, wanted: Select[MerchantRow], key: str) -> MerchantRow | None:
        with self.database.reading() as session:
            return session.scalar(wanted, {"key": key, "now": self.clock.now()})


def _refuse_other_overlap(session: Session, secret_key: str, overlap: timedelta) -> None:
    # There is none for the first key of a merchant.
    given = session.get(KeyRotationRow, secret_key)
    if given is not None and timedelta(seconds=given.overlap_seconds) != overlap:
        raise Refusal("merchant_key.conflict")


def _is_used(session: Session, secret_key: str) -> bool:
    newest = select(MerchantRow.site_id).where(MerchantRow.secret_key == secret_key)
    earlier = session.get(EarlierKeyRow, secret_key)
    return earlier is not None or session.scalar(newest) is not None


def merchant_row(keys: MerchantKeys) -> MerchantRow:
    """The row of a merchant with these keys and settings."""
    return MerchantRow(
        site_id=keys.site_id,
        name=keys.name,
        secret_key=keys.secret_key,
        public_key=keys.public_key,
        notification_url=keys.notification_url,
        origins=keys.return_origins,
        settings=MerchantSettingsRow(
            site_id=keys.site_id,
            time_zone=keys.time_zone,
            notification_schedule=keys.notification_schedule,
            standard_webhooks=keys.standard_webhooks,
        ),
    )


def is_own_address(merchant: MerchantRow, address: str | None) -> bool:
    """Whether ``address`` lies on one of the merchant's own origins.

    Only there is a buyer sent after paying; any other address could lead astray.
    """
    return address is not None and lies_on(address, merchant.origins)
