"""A team of a served stack: its own addresses and its own control token."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from checkout_conformance.targets.addresses import on_loopback
from tests.support.served_stack import CODE

SITES = ("wallet", "shop", "vault", "phone", "acs")
SITE = '[sites.{site}]\nurl = "{url}"\ncontrol_token_env = "{variable}"\n'


@dataclass(frozen=True)
class Team:
    """What the stack's JSON line says of a team."""

    name: str
    facts: Mapping[str, Any]

    @property
    def token(self) -> str:
        """The team's control token."""
        return str(self.facts["control_token"])

    def url(self, site: str) -> str:
        """The address of a site for browsers."""
        return str(self.facts["sites"][site]["url"])

    def ask(self, site: str, method: str, path: str, **more: Any) -> httpx.Response:
        """Send a request to a site of the team, by the name of its host."""
        headers = {"Host": re.sub("^http://", "", self.url(site)), **more.pop("headers", {})}
        address = on_loopback(self.url(site)) + path
        return httpx.request(method, address, headers=headers, timeout=60, **more)

    def control(self, site: str, method: str, path: str, body: Any = None) -> httpx.Response:
        """Call a test control of a site."""
        bearer = {"Authorization": f"Bearer {self.token}"}
        return self.ask(site, method, f"/_control{path}", json=body, headers=bearer)

    def answer(self, site: str, method: str, path: str, body: Any = None) -> Any:
        """What a test control answers, which must accept the call."""
        answer = self.control(site, method, path, body)
        assert answer.is_success, answer.text
        return answer.json()

    def add_buyer(self, phone: str) -> None:
        """Open a wallet and a shop account of the same phone; the password is ``secret``."""
        person = {"phone": phone, "password": "secret", "name": "Anna"}
        self.answer("wallet", "POST", "/buyers", {**person, "balances": {"RUB": 1_000_000}})
        self.answer("shop", "POST", "/customers", person)

    def balance(self, phone: str) -> Any:
        """What a buyer's wallet holds, in kopeks; None if there is no such buyer."""
        answer = self.control("wallet", "GET", f"/balances?phone=%2B{phone[1:]}")
        return answer.json()["RUB"] if answer.is_success else None

    def codes(self, phone: str) -> list[str]:
        """The codes that have arrived at a phone, oldest first."""
        messages = self.answer("phone", "GET", f"/messages?phone=%2B{phone[1:]}")
        return [CODE.findall(message["text"])[0] for message in messages]

    def reset(self) -> None:
        """Have all sites of the team begin anew."""
        for site in SITES:
            self.answer(site, "POST", "/reset")

    def target(self, variable: str) -> str:
        """The file of a target: the team's sites, with the token in an environment variable."""
        sites = [SITE.format(site=site, url=self.url(site), variable=variable) for site in SITES]
        return "\n".join([f'name = "{self.name}"', *sites, "[spend]\nRUB = 10000"])
