"""The whole vault behind its pages: every noun, put together once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ...shared.accounts.people import People
from ...shared.controls.faults import Faults
from ...shared.runtime.clock import Clock
from ...shared.runtime.database import Database
from ..store import HolderRow, PaymentRow, SignInAttemptsRow, SignInRow, VaultingRow
from .access_control import AccessControl
from .authenticated_links import AuthenticatedLinks
from .authentications import Authentications
from .authorisations import Authorisations
from .cards import Cards
from .cent_requests import CentRequests
from .fingerprints import Fingerprints
from .issuer import Issuer
from .links import Links
from .merchant import Merchant
from .notifications import Notifications
from .payments import Payments
from .records import Records
from .upkeep import Upkeep
from .vaulting_sessions import VaultingSessions
from .vaultings import Vaultings


@dataclass(frozen=True)
class Vault:
    """The vault's rules, one attribute per noun."""

    holders: People[HolderRow]
    cards: Cards
    authorisations: Authorisations
    vaultings: Vaultings
    sessions: VaultingSessions
    payments: Payments
    authentications: Authentications
    upkeep: Upkeep
    merchant: Merchant

    def phones_behind(self, request_id: str) -> list[str]:
        """The phones (E.164) of those for whom a merchant has used that id."""
        with self.upkeep.transaction() as session:
            vaulting = session.get(VaultingRow, request_id)
            payment = session.get(PaymentRow, request_id)
        return [row.phone for row in (vaulting, payment) if row is not None]

    @contextmanager
    def records(self) -> Iterator[Records]:
        """The books and the rows of one moment."""
        with self.upkeep.transaction() as session:
            yield Records(session)

    def discrepancies(self) -> list[str]:
        """List the errors in the vault's books; an empty list means that they balance."""
        with self.records() as records:
            return records.discrepancies()


def open_vault(
    database: Database,
    clock: Clock,
    secret_key: str,
    merchant: Merchant,
    wake_sender: Callable[[], None],
    faults: Faults,
    acs: AccessControl,
) -> Vault:
    """The vault on its database; ``wake_sender`` is called when the shop is to be told.

    ``acs`` authenticates the holders of cards. Of the ``faults`` those of the issuer strike here.
    """
    fingerprints = Fingerprints(secret_key)
    issuer = Issuer(fingerprints, clock, faults, Authorisations(database, clock))
    notifications = Notifications(merchant.notification_url)
    links = Links(notifications)
    upkeep = Upkeep(database, clock, links, issuer, wake_sender)
    cent_requests = CentRequests(database, clock)
    authentications = Authentications(upkeep, issuer, fingerprints, acs, merchant.vault)
    AuthenticatedLinks(upkeep, links, notifications, issuer, authentications, cent_requests)
    cards = Cards(upkeep, links, notifications, issuer, fingerprints, cent_requests)
    return Vault(
        holders=People(database, clock, HolderRow, SignInAttemptsRow, SignInRow),
        cards=cards,
        authorisations=issuer.authorisations,
        vaultings=Vaultings(upkeep, cards, fingerprints, authentications),
        sessions=VaultingSessions(upkeep, cards, fingerprints, authentications),
        payments=Payments(upkeep, cards, issuer, fingerprints, authentications, merchant.client_id),
        authentications=authentications,
        upkeep=upkeep,
        merchant=merchant,
    )
