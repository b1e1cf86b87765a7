"""The sites as people run them: a process of their own, over real HTTP."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from mock_sites.shared.runtime.settings import SITES

ROOT = Path(__file__).parents[2]
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
CODE = re.compile(r"\b\d{6}\b")


@dataclass
class ServedStack:
    """Running sites, and what their JSON line told."""

    process: subprocess.Popen[str]
    facts: dict[str, Any]

    def address(self, site: str) -> str:
        """Where the site is, for a program: by loopback."""
        return f"http://127.0.0.1:{self.port(site)}"

    def port(self, site: str) -> int:
        """The port of the site."""
        return urlsplit(self.facts["sites"][site]["url"]).port or 0

    def control(self, site: str, method: str, path: str, body: Any = None) -> Any:
        """What a test control answers."""
        headers = {"Authorization": f"Bearer {self.facts['control_token']}"}
        url = f"{self.address(site)}/_control{path}"
        answer = httpx.request(method, url, json=body, headers=headers, timeout=30)
        assert answer.is_success, answer.text
        return answer.json()

    def codes(self, phone: str) -> list[str]:
        """The codes that came to a phone, oldest first."""
        query = httpx.QueryParams(phone=phone)
        messages = self.control("phone", "GET", f"/messages?{query}")
        return [CODE.findall(message["text"])[0] for message in messages]

    def add_buyer(self, phone: str, rubles: int = 10_000) -> None:
        """Somebody with a wallet and an account with the shop; the password is ``secret``."""
        person = {"phone": phone, "password": "secret", "name": "Anna"}
        balances = {"balances": {"RUB": rubles * 100}}
        self.control("wallet", "POST", "/buyers", {**person, **balances})
        self.control("shop", "POST", "/customers", person)

    def kill(self) -> None:
        """End the process as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@contextmanager
def served_stack(
    data: Path, port_base: int = 0, sites: Sequence[str] = SITES
) -> Iterator[ServedStack]:
    """The sites, or some of them, serving until the block ends (or somebody kills them)."""
    stack = start_stack(data, port_base, sites)
    try:
        yield stack
    finally:
        stack.process.terminate()
        stack.process.wait()


def start_stack(data: Path, port_base: int = 0, sites: Sequence[str] = SITES) -> ServedStack:
    """The sites, or some of them, once they serve; whoever starts them also ends them."""
    command = [sys.executable, "-m", "mock_sites", "--json", "--controls"]
    command += ["--data", str(data), "--port-base", str(port_base), "--sites", *sites]
    told = data.parent / "sites.log"
    with told.open("a") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log, text=True)
    assert process.stdout is not None
    with process.stdout:
        line = process.stdout.readline()
    assert line, f"the sites did not start: {told.read_text()[-2000:]}"
    return ServedStack(process, json.loads(line))


class Browserless:
    """Somebody who uses a site by HTTP alone, one form after the other."""

    def __init__(self, address: str) -> None:
        self.http = httpx.Client(base_url=address, follow_redirects=True, timeout=30)

    def send(self, path: str, page: str | None = None, **form: str) -> httpx.Response:
        """Send a form of ``page`` with its key."""
        key = TOKEN.search(self.http.get(page or path).text)
        assert key, f"{page or path} holds no form"
        return self.http.post(path, data={"csrf_token": key[1], **form})

    def sign_in(self, phone: str) -> None:
        """Sign in; the password is ``secret``."""
        self.send("/sign-in", phone=phone, password="secret")

    def close(self) -> None:
        """Let go of the connections."""
        self.http.close()
