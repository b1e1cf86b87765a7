"""HTTP to other sites: past every proxy on loopback, and for no longer than a stated time."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, cached_property
from ipaddress import ip_address
from socket import SHUT_RDWR
from ssl import SSLContext
from threading import Lock, Timer
from typing import Any
from urllib.parse import urlsplit

import httpx

LARGEST_ANSWER_BYTES = 64 * 1024
CONNECTED = ("connect_tcp.complete", "start_tls.complete")


def is_loopback(url: str) -> bool:
    """Whether an address lies on this machine, where no proxy can reach it."""
    host = (urlsplit(url).hostname or "").rstrip(".")
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@cache
def tls_settings(trust_env: bool = False) -> SSLContext:
    """The certificates that the sites trust: loading them takes 20 ms, so all clients share them.

    With ``trust_env`` those that the environment names.
    """
    return httpx.create_ssl_context(trust_env=trust_env)


@dataclass(frozen=True)
class Acknowledgement:
    """The answer to a notification."""

    status: int
    body: bytes
    # The header Retry-After, as it was sent.
    retry_after: str = ""


class Notifier:
    """Posts to any address; a post takes ``seconds`` at most to connect, and as long to answer.

    An address on loopback is asked directly, any other one by way of the proxies that the
    environment names. ``transport`` replaces the network.
    """

    def __init__(self, seconds: float, transport: httpx.BaseTransport | None = None) -> None:
        self._seconds = seconds
        self._transport = transport
        self._direct = self._client(trust_env=False)

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Acknowledgement:
        """Send ``body``. Raises httpx.HTTPError if there is no whole answer in time."""
        client = self._direct if is_loopback(url) else self._by_environment
        limit = _TimeLimit(self._seconds)
        try:
            with client.stream(
                "POST", url, content=body, headers=headers, extensions={"trace": limit.follow}
            ) as answer:
                wait = answer.headers.get("Retry-After", "")
                return Acknowledgement(answer.status_code, _body_of(answer), wait)
        finally:
            limit.lift()

    @cached_property
    def _by_environment(self) -> httpx.Client:
        return self._client(trust_env=True)

    def _client(self, *, trust_env: bool) -> httpx.Client:
        # A connection for each post: its time begins when it connects.
        return httpx.Client(
            timeout=self._seconds,
            transport=self._transport,
            trust_env=trust_env,
            verify=tls_settings(trust_env),
            limits=httpx.Limits(max_keepalive_connections=0),
        )


class _TimeLimit:
    """Ends a connection when its time is up, whatever it is doing then."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._socket: Any = None
        self._timer: Timer | None = None

    def follow(self, event: str, info: Mapping[str, Any]) -> None:
        """Hear what the HTTP library does."""
        if not event.endswith(CONNECTED):
            return
        with self._lock:
            self._socket = info["return_value"].get_extra_info("socket")
            if self._timer is None:
                self._timer = Timer(self._seconds, self._end)
                self._timer.daemon = True
                self._timer.start()

    def lift(self) -> None:
        """The answer is here, or will not come."""
        with self._lock:
            self._socket = None
            if self._timer is not None:
                self._timer.cancel()

    def _end(self) -> None:
        with self._lock, suppress(OSError):
            if self._socket is not None:
                self._socket.shutdown(SHUT_RDWR)


def _body_of(answer: httpx.Response) -> bytes:
    body = b""
    for piece in answer.iter_bytes():
        body += piece
        if len(body) > LARGEST_ANSWER_BYTES:
            raise httpx.RemoteProtocolError("the answer is too long")
    return body
