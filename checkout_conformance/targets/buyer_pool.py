"""The buyers of a target file, each used by one scenario at a time."""

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
    """Buyers with existing accounts on the target.

    Their locks are in a folder of the machine, so that two runs never use the same buyer at once.
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
        """The existing accounts: phone and site."""
        return frozenset((person.phone, site) for person in self._people for site in person.sites)

    @contextmanager
    def lease(self) -> Iterator[Buyer]:
        """Lend a free buyer while the block runs; wait until one is free.

        Raises TargetError if none is free in time.
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
            f" {self._patience:g} s; add buyers to the file, or run with fewer workers (-n)"
        )


def _name(person: BuyerSettings) -> str:
    # Other users can list file names, so they must not contain phone numbers.
    return hashlib.sha256(person.phone.encode()).hexdigest()[:24]
