"""A merchant's program with glQiwiApi, of which nothing is changed.

Reads one JSON object from standard input and writes one answer as JSON per call. It runs in the
clients' own environment (``make clients``). Only the network is arranged: the provider's host
leads to a port of this machine.
"""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from typing import Any

from glQiwiApi.qiwi.clients.p2p.client import QiwiP2PClient
from glQiwiApi.qiwi.clients.p2p.types import BillWebhook

HOST = "api.qiwi.com"


def main() -> None:
    asked: dict[str, Any] = json.load(sys.stdin)
    lead(asked["port"])
    asyncio.run(make(asked))


def lead(port: int) -> None:
    """Let the name of the provider's host mean ``port`` on loopback."""
    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, _port: Any, *args: Any, **kwargs: Any) -> Any:
        assert host == HOST, host
        return resolve("127.0.0.1", port, *args, **kwargs)

    vars(socket)["getaddrinfo"] = getaddrinfo


async def make(asked: dict[str, Any]) -> None:
    async with QiwiP2PClient(secret_p2p=asked["secret_key"]) as client:
        for name, values in asked["calls"]:
            print(json.dumps(await CALLS[name](client, asked["secret_key"], **values)))


def facts(bill: Any) -> list[Any]:
    return [bill.id, bill.status.value, float(bill.amount.value), len(bill.invoice_uid)]


async def issue(client: Any, _key: str, bill_id: str) -> Any:
    return facts(await client.create_p2p_bill(amount=212, bill_id=bill_id, comment="By glQiwiApi"))


async def read(client: Any, _key: str, bill_id: str) -> Any:
    return facts(await client.get_bill_by_id(bill_id))


async def reject(client: Any, _key: str, bill_id: str) -> Any:
    return facts(await client.reject_p2p_bill(bill_id))


async def notification(_client: Any, _key: str, body: str) -> Any:
    """Read it. The client verifies with another key than the official ones: base64, decoded."""
    told = BillWebhook.parse_raw(body)
    return [told.bill.id, told.bill.status.value]


CALLS: dict[str, Any] = {
    "issue": issue,
    "read": read,
    "reject": reject,
    "notification": notification,
}

if __name__ == "__main__":
    main()
