"""Issue and pay invoices over HTTP: ``python -m benchmarks.load.invoices COUNT``.

A merchant issues each invoice, and its buyer pays it with the code from the message. The command
prints the seconds that COUNT invoices took; several commands can share one wallet. The wallet
sends a buyer ten codes a minute, so every tenth invoice begins with a new buyer, whose sign-in is
not timed. ``benchmarks.parts.sites`` checks the books afterwards.
"""

from __future__ import annotations

import re
import secrets
import sys
import time
from urllib.parse import urlsplit

import httpx

from benchmarks.peers.sites import Buyer, Sites
from tests.support.visitor import form_key

INVOICES_OF_A_BUYER = 10
UID = re.compile(r"invoice_uid=([\w-]+)")
BILL = {
    "amount": {"currency": "RUB", "value": "1.00"},
    "expirationDateTime": "2040-01-01T00:00:00+03:00",
}


class Payer:
    """A merchant and a buyer who use the wallet over one connection."""

    def __init__(self) -> None:
        self._sites = Sites()
        self._buyer = self._sites.new_buyer()
        self._wallet = httpx.Client(base_url=self._sites.wallet_on_loopback)
        keys = {"Authorization": f"Bearer {self._sites.merchant_key}"}
        self._merchant = {**keys, "Accept": "application/json"}
        self._token = self._signed_in(self._buyer)

    def pay_one(self) -> None:
        """Issue an invoice and pay it."""
        bill_id = secrets.token_hex(8)
        body = {**BILL, "customer": {"phone": self._buyer.phone}}
        path = f"/partner/bill/v1/bills/{bill_id}"
        issued = self._wallet.put(path, json=body, headers=self._merchant).raise_for_status()
        found = UID.search(issued.json()["payUrl"])
        assert found, "the bill has no payUrl"
        code_page = self._send(f"/invoices/{found[1]}/pay?means=qw")
        receipt = self._send(code_page, code=self._sites.code_for(self._buyer))
        assert receipt.endswith("/receipt"), f"not paid: {receipt}"

    def _send(self, path: str, **form: str) -> str:
        answer = self._wallet.post(path, data={"csrf_token": self._token, **form})
        assert answer.status_code == 303, f"{path}: {answer.status_code}"
        return urlsplit(answer.headers["Location"]).path

    def _signed_in(self, buyer: Buyer) -> str:
        self._token = self._token_on("/sign-in")
        self._send("/sign-in", phone=buyer.phone, password=buyer.password)
        return self._token_on("/pay/to/steam")

    def _token_on(self, path: str) -> str:
        return form_key(self._wallet.get(path).raise_for_status().text, path)


def main(arguments: list[str]) -> int:
    """Pay the invoices and print the seconds; return the exit status."""
    count, took = int(arguments[0]), 0.0
    for first in range(0, count, INVOICES_OF_A_BUYER):
        payer = Payer()
        began = time.monotonic()
        for _ in range(first, min(first + INVOICES_OF_A_BUYER, count)):
            payer.pay_one()
        took += time.monotonic() - began
    print(took)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
