"""A buyer with an account everywhere, who uses all sites by HTTP as a browser would."""

from __future__ import annotations

import random
import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import httpx

from mock_sites.shared.values.published_cards import published_cards
from tests.mock_sites.stress.sites import SECONDS, Sites
from tests.mock_sites.stress.tally import BrokenOff, Tally
from tests.support.visitor import TOKEN

PASSWORD = "secret"
RUBLES = 10**8
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
CARDS = [card.number for card in published_cards()]
APPROVED = [card.number for card in published_cards() if card.outcome == "approved"]
[SLOW] = [card.number for card in published_cards() if card.outcome == "slow"]
ADDRESS = {
    "recipient": "Anna",
    "city": "Kazan",
    "street": "Bauman Street 12",
    "postal_code": "420111",
}
BILLING = {"country": "RU", "postal_code": "101000", "address": "Arbat 1, flat 2"}
SITES = ("wallet", "shop", "vault")


class Buyer:
    """One person; each form that is sent is an operation."""

    def __init__(self, phone: str, sites: Sites, tally: Tally, chance: random.Random) -> None:
        self.phone = phone
        self.sites = sites
        self.tally = tally
        self.chance = chance
        self._clients = {
            site: httpx.Client(
                base_url=sites.address(site),
                follow_redirects=True,
                timeout=SECONDS,
                trust_env=False,
            )
            for site in SITES
        }

    def open_accounts(self) -> None:
        """Open an account with each site, and fill the wallet."""
        person = {"phone": self.phone, "password": PASSWORD, "name": "Anna"}
        balances = {"balances": {"RUB": RUBLES}}
        self.sites.control("wallet", "POST", "/buyers", {**person, **balances})
        self.sites.control("shop", "POST", "/customers", person)
        self.sites.control("vault", "POST", "/holders", person)

    def open(self, site: str, path: str) -> httpx.Response:
        """A page, signed in. Raises BrokenOff where it does not come, Done."""
        shown = self._answered(site, "GET", path)
        if shown.url.path == "/sign-in":
            self.sign_in(site)
            shown = self._answered(site, "GET", path)
        return shown

    def send(self, kind: str, site: str, path: str, page: str = "", **form: str) -> httpx.Response:
        """Send a form of ``page`` with its key, as one operation. Raises BrokenOff, Done."""
        self.tally.begin(kind)
        answer = self._answered(site, "POST", path, self._with_key(site, page or path, form))
        if answer.url.path != "/sign-in":
            return answer
        # A form that shows itself to strangers was sent by one.
        self.sign_in(site)
        return self._answered(site, "POST", path, self._with_key(site, page or path, form))

    def send_twice(self, kind: str, site: str, path: str, **form: str) -> httpx.Response:
        """The same form twice at once, as by a double press; the answer to one of the two."""
        self.tally.begin(kind)
        data = self._with_key(site, path, form)

        def press(_number: int) -> httpx.Response | None:
            with suppress(BrokenOff):
                return self._answered(site, "POST", path, data)
            return None

        with ThreadPoolExecutor(2) as hands:
            answers = [answer for answer in hands.map(press, range(2)) if answer is not None]
        if not answers:
            raise BrokenOff(path)
        return answers[0]

    def sign_in(self, site: str) -> None:
        """Sign in, as one operation."""
        self.tally.begin(f"{site}: sign in")
        key = TOKEN.search(self._answered(site, "GET", "/sign-in").text)
        form = {"phone": self.phone, "password": PASSWORD}
        if key is not None:
            self._answered(site, "POST", "/sign-in", {"csrf_token": key[1], **form})

    def newest_code(self) -> str:
        """The code in the newest message on the phone. Raises BrokenOff where there is none."""
        query = httpx.QueryParams(phone=self.phone)
        messages = self.sites.control("phone", "GET", f"/messages?{query}")
        codes = CODE.findall(messages[-1]["text"]) if messages else []
        if not codes:
            raise BrokenOff("no message")
        return str(codes[0])

    def card(self, number: str) -> dict[str, str]:
        """The four values of a card as they are typed."""
        code = "4321" if number.startswith("3") else "432"
        typed = {"card_number": number, "card_holder": "Anna Petrova"}
        return {**typed, "expiry": "09/40", "security_code": code}

    def address(self) -> dict[str, str]:
        """Where to deliver to."""
        return {**ADDRESS, "phone": self.phone}

    def close(self) -> None:
        """Close the connections."""
        for client in self._clients.values():
            client.close()

    def _with_key(self, site: str, page: str, form: dict[str, str]) -> dict[str, str]:
        shown = self.open(site, page)
        key = TOKEN.search(shown.text)
        if key is None:
            raise BrokenOff(f"{page} holds no form")
        return {"csrf_token": key[1], **form}

    def _answered(self, site: str, method: str, path: str, data: Any = None) -> httpx.Response:
        try:
            answer = self._clients[site].request(method, path, data=data)
        except httpx.HTTPError as error:
            raise BrokenOff(f"{method} {path}: {type(error).__name__}") from None
        if answer.is_server_error:
            self.tally.violation(f"{site}: {method} {answer.url.path}: {answer.status_code}")
            raise BrokenOff(path)
        return answer
