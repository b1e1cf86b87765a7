"""The messages that a site sends to a buyer's phone, with their codes."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from getpass import getpass
from threading import Event
from typing import Protocol
from urllib.parse import quote

import httpx
import jmespath

from checkout_conformance.targets.addresses import needs_proxy
from checkout_conformance.targets.file import CodeSettings, TargetError
from checkout_conformance.targets.message_codes import find_code, hide_codes

POLL_SECONDS = 0.5


class Inbox(Protocol):
    """The messages of a buyer's phone."""

    def texts(self, phone: str) -> list[str]:
        """Return the messages, oldest first; their codes are hidden from reports."""

    def another_code(self, phone: str) -> AbstractContextManager[None]:
        """In the block a site sends one more code; afterwards it has come, or is late."""


class WaitingInbox:
    """An inbox outside of the mock sites; waits for the code that is expected.

    Messages from before the scenario are ignored.
    """

    def __init__(
        self, look: Callable[[str], list[str]], seconds: float, digits: int | None = None
    ) -> None:
        """``digits`` is the length of a code, if it is known."""
        self._look = look
        self._digits = digits
        self._seconds = seconds
        self._old: dict[str, int] = {}

    def begin(self, phone: str) -> None:
        """Ignore the phone's current messages, which belong to another scenario."""
        self._old[phone] = len(self._look(phone))

    def texts(self, phone: str) -> list[str]:
        """Return the new messages; wait until one of them has a code, for a limited time."""
        return self._wait_for(phone, codes=1)

    @contextmanager
    def another_code(self, phone: str) -> Iterator[None]:
        """Wait after the block for one code more than before, for a limited time."""
        before = self._count_codes(self._new(phone))
        yield
        self._wait_for(phone, codes=before + 1)

    def _wait_for(self, phone: str, codes: int) -> list[str]:
        deadline = time.monotonic() + self._seconds
        while True:
            new = self._new(phone)
            if self._count_codes(new) >= codes or time.monotonic() > deadline:
                return [hide_codes(text, self._digits) for text in new]
            Event().wait(POLL_SECONDS)

    def _new(self, phone: str) -> list[str]:
        return self._look(phone)[self._old.get(phone, 0) :]

    def _count_codes(self, texts: list[str]) -> int:
        return sum(find_code(text, self._digits) is not None for text in texts)


def http_inbox(codes: CodeSettings) -> WaitingInbox:
    """Return an inbox that is read over HTTP: JSON, with the texts at a JMESPath."""
    client = httpx.Client(timeout=codes.seconds, trust_env=needs_proxy(codes.url or ""))
    if codes.token_env:
        client.headers["Authorization"] = f"Bearer {codes.token_env.get_secret_value()}"

    def look(phone: str) -> list[str]:
        address = (codes.url or "").replace("{phone}", quote(phone, safe=""))
        try:
            found = jmespath.search(codes.path, client.get(address).raise_for_status().json())
        except (httpx.HTTPError, ValueError, jmespath.exceptions.JMESPathError) as error:
            raise TargetError(f"the inbox of [codes]: {type(error).__name__}") from None
        if not isinstance(found, list | type(None)):
            raise TargetError(f"[codes] path {codes.path!r} finds no list of texts in its answer")
        return [str(text) for text in found or []]

    return WaitingInbox(look, codes.seconds, codes.digits)


def command_inbox(codes: CodeSettings) -> WaitingInbox:
    """Return an inbox that is a command which prints the messages of a phone, one a line."""

    def look(phone: str) -> list[str]:
        command = [part.replace("{phone}", phone) for part in codes.command]
        try:
            done = subprocess.run(
                command, capture_output=True, text=True, timeout=codes.seconds, check=True
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise TargetError(f"[codes] command {command[0]}: {type(error).__name__}") from None
        return [line for line in done.stdout.splitlines() if line.strip()]

    return WaitingInbox(look, codes.seconds, codes.digits)


def inbox_of(codes: CodeSettings) -> WaitingInbox | None:
    """Return the inbox that is read by a program; None for the mock phone and for people."""
    if codes.source == "http":
        return http_inbox(codes)
    return command_inbox(codes) if codes.source == "command" else None


class TerminalInbox:
    """Asks a person at the terminal for the code on a real phone."""

    def __init__(self, ask: Callable[[str], str] = getpass, digits: int | None = None) -> None:
        """``digits`` is the length of a code, if it is known."""
        self._ask = ask
        self._digits = digits
        self._told: list[str] = []

    def texts(self, phone: str) -> list[str]:
        """Ask for the newest code; an empty answer means that there is no new one."""
        typed = self._ask(f"\nThe code of the newest message to {phone} (Enter: none newer): ")
        if typed.strip():
            self._told.append(hide_codes(typed.strip(), self._digits))
        return list(self._told)

    def another_code(self, phone: str) -> AbstractContextManager[None]:
        """Wait for nothing: the person waits."""
        return nullcontext()
