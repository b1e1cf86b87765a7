"""A request of the HTTP driver and its answer, for whoever observes them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field


@dataclass
class Exchange:
    """A request; ``headers`` are sent too, ``status`` is that of the answer, if there was one."""

    method: str
    url: str
    headers: dict[str, str] = field(default_factory=dict)
    status: int | None = None


Observe = Callable[[Exchange], AbstractContextManager[None]]


class Observers:
    """The observer of this process; none unless one is set."""

    def __init__(self) -> None:
        self._observe: Observe = _ignore

    def set(self, observe: Observe | None) -> None:
        """Enter ``observe`` around every exchange from now on; None ends that."""
        self._observe = observe or _ignore

    def observed(self, exchange: Exchange) -> AbstractContextManager[None]:
        """Return what stands around the exchange."""
        return self._observe(exchange)


def _ignore(_: Exchange) -> AbstractContextManager[None]:
    return nullcontext()


OBSERVERS = Observers()
