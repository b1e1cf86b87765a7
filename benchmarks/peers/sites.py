"""What every peer in Python knows of the sites: addresses, opening a wallet, how money looks."""

from __future__ import annotations

import json
import os
import re
import secrets
from dataclasses import dataclass, field

import httpx

from benchmarks.peers.stack import own_stack

CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


@dataclass(frozen=True)
class Buyer:
    """Somebody new with a thousand roubles in the wallet."""

    phone: str = field(default_factory=lambda: f"+7916{secrets.randbelow(10**7):07}")
    password: str = field(default_factory=lambda: secrets.token_urlsafe(12), repr=False)


class Sites:
    """This worker's sites and their test controls; one client for all scenarios of a process."""

    def __init__(self) -> None:
        stack = own_stack()
        self.wallet, self.wallet_on_loopback = stack["wallet"], stack["wallet_on_loopback"]
        self.merchant_key = stack["merchant_key"]
        self._phone = stack["phone_on_loopback"]
        self._client = httpx.Client(headers={"Authorization": f"Bearer {stack['token']}"})

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def new_buyer(self) -> Buyer:
        """Open a wallet."""
        buyer = Buyer()
        person = {"phone": buyer.phone, "password": buyer.password, "name": "Ann Bell"}
        body = {**person, "balances": {"RUB": 100_000}}
        url = f"{self.wallet_on_loopback}/_control/buyers"
        self._client.post(url, json=body).raise_for_status()
        return buyer

    def code_for(self, buyer: Buyer) -> str:
        """The code in the newest message on the buyer's phone."""
        url = f"{self._phone}/_control/messages"
        answer = self._client.get(url, params={"phone": buyer.phone}).raise_for_status()
        found = CODE.search(answer.json()[-1]["text"])
        assert found, "no message with a code has come to the phone"
        return found[0]


def browser_options() -> tuple[str, list[str]]:
    """The browser's program and switches: the same for everybody."""
    return os.environ["WALK_BROWSER"], json.loads(os.environ["WALK_BROWSER_ARGS"])


def money(amount: str) -> re.Pattern[str]:
    """An amount as a page writes it, with a comma between thousands or without."""
    whole, _, part = amount.partition(".")
    groups = f"{int(whole):,}".split(",")
    return re.compile(rf"(?<!\d){',?'.join(groups)}\.{part}(?!\d)")
