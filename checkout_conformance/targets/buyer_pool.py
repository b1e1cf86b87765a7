"""The buyers of a target's file, lent to one scenario at a time."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from filelock import FileLock, Timeout

from checkout_conformance.people import Buyer
from checkout_conformance.redaction.secrets import hide
from checkout_conformance.targets.file import BuyerSettings, TargetError

LEASE_SECONDS = 100.0
POLL_SECONDS = 0.1


class BuyerPool:
    """People with accounts of their own on the target.

    The locks lie in a place of the machine, not of the run: two runs at a time share no buyer.
    """

    def __init__(
        self,
        people: Sequence[BuyerSettings],
        folder: Path | None = None,
        patience: float = LEASE_SECONDS,
    ) -> None:
        self._people = people
        self._folder = folder or Path(tempfile.gettempdir()) / "checkout-conformance-buyers"
        self._patience = patience

    @property
    def accounts(self) -> frozenset[tuple[str, str]]:
        """The phones that have an account already, each with its site."""
        return frozenset((person.phone, site) for person in self._people for site in person.sites)

    @contextmanager
    def lease(self) -> Iterator[Buyer]:
        """A buyer whom nobody else uses while the block runs; waits for one to come back.

        Raises TargetError if none does in time.
        """
        lock, person = self._first_free()
        try:
            yield Buyer(person.name, person.phone, hide(person.password_env.get_secret_value()))
        finally:
            lock.release()

    def _first_free(self) -> tuple[FileLock, BuyerSettings]:
        self._folder.mkdir(parents=True, exist_ok=True)
        deadline = time.monotonic() + self._patience
        while time.monotonic() < deadline:
            for person in self._people:
                lock = FileLock(self._folder / f"{_name(person)}.lock")
                try:
                    lock.acquire(blocking=False)
                except Timeout:
                    continue
                return lock, person
            Event().wait(POLL_SECONDS)
        raise TargetError(
            f"each of the {len(self._people)} buyers in the target's file was in use for"
            f" {self._patience:g} s; name more of them, or run with fewer workers (-n)"
        )


def _name(person: BuyerSettings) -> str:
    # A phone number must not stand in a file's name that others can list.
    return hashlib.sha256(person.phone.encode()).hexdigest()[:24]
