"""The sites of a run, killed in between.

One process is started again on the same data and ports. Of several on PostgreSQL one at a time is
killed, and the others go on.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from threading import Event, Lock
from typing import Any

import httpx

from tests.mock_sites.together.test_one_killed_site import free_ports
from tests.support.served_stack import ServedStack, start_stack

SECONDS = 40.0


class Sites:
    """The served stack; while it is down everybody waits."""

    def __init__(self, data: Path, more: Sequence[str] = ()) -> None:
        self._data, self._more = data, more
        self._ports = free_ports()
        self._lock = Lock()
        self.up = Event()
        self.stack = self._start()
        self._controls = httpx.Client(timeout=SECONDS, trust_env=False)

    def address(self, site: str) -> str:
        """Where the site is."""
        return self.stack.address(site)

    def control(self, site: str, method: str, path: str, body: Any = None) -> Any:
        """What a test control answers. Raises httpx.HTTPError where it does not."""
        headers = {"Authorization": f"Bearer {self.stack.facts['control_token']}"}
        url = f"{self.address(site)}/_control{path}"
        answer = self._controls.request(method, url, json=body, headers=headers)
        return answer.raise_for_status().json()

    def kill_and_restart(self) -> None:
        """End a process as a power cut would; the only one is started again on the same data."""
        if "--workers" in self._more:
            random.choice(self.stack.serving()).kill()
            return
        with self._lock:
            self.up.clear()
            self.stack.kill()
            self.stack = self._start()

    @property
    def log(self) -> str:
        """What the sites have said of errors since they were started last."""
        return self.stack.errors.read_text()

    def stop(self) -> None:
        """End the process in good order."""
        self._controls.close()
        self.stack.stop()

    def _start(self) -> ServedStack:
        stack = start_stack(self._data, self._ports, more=self._more)
        self.up.set()
        return stack
