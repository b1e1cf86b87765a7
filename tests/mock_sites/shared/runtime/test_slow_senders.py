"""Requests that arrive slowly, by halves or without end, on a server whose threads stay free."""

from __future__ import annotations

import socket
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

import httpx
import pytest
from werkzeug.wrappers import Request, Response

from mock_sites import SITES
from mock_sites.shared.runtime.incoming import LARGEST_BODY_BYTES, Incoming, Patience
from tests.support.served_app import Address, served
from tests.support.stack_fixture import stack_fixture

SLOW_CONNECTIONS = 200
SOON = 2.0
PATIENCE = 10.0
SHORT = Patience(head=0.3, body=0.3)
HALF_A_HEAD = b"POST / HTTP/1.1\r\nHost: site\r\nContent-Le"
HALF_A_BODY = b"POST / HTTP/1.1\r\nHost: site\r\nContent-Length: 100\r\n\r\nhalf"
HALF_A_CHUNK = b"POST / HTTP/1.1\r\nHost: site\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf"
CHUNKED = b"POST / HTTP/1.1\r\nHost: site\r\nTransfer-Encoding: chunked\r\n\r\n"


@Request.application
def echo(request: Request) -> Response:
    """Answers what it is sent."""
    return Response(request.get_data())


def said(address: Address, *pieces: bytes) -> bytes:
    """Everything that is answered to this, until the server closes the connection."""
    with socket.create_connection(address, timeout=PATIENCE) as connection:
        for piece in pieces:
            connection.sendall(piece)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


@pytest.mark.parametrize("half", [HALF_A_HEAD, HALF_A_BODY, HALF_A_CHUNK])
def test_two_hundred_half_sent_requests_keep_nobody_waiting(half: bytes) -> None:
    with served(echo) as address, ExitStack() as slow:
        for _ in range(SLOW_CONNECTIONS):
            slow.enter_context(socket.create_connection(address)).sendall(half)
        began = monotonic()

        answer = httpx.post(f"http://127.0.0.1:{address[1]}/", content=b"all of it", timeout=SOON)

        assert answer.text == "all of it"
        assert monotonic() - began < SOON


@pytest.mark.parametrize("half", [HALF_A_HEAD, HALF_A_BODY, HALF_A_CHUNK])
def test_half_a_request_is_waited_for_only_so_long(half: bytes) -> None:
    with served(echo, SHORT) as address:
        assert said(address, half).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("half", [HALF_A_HEAD, HALF_A_BODY, HALF_A_CHUNK])
def test_bytes_that_drip_in_gain_no_time(half: bytes) -> None:
    with (
        served(echo, SHORT) as address,
        socket.create_connection(address, timeout=0.05) as connection,
    ):
        connection.sendall(half)
        began = monotonic()
        while still_open(connection):
            assert monotonic() - began < PATIENCE


def still_open(connection: socket.socket) -> bool:
    """Send one byte more, and wait a moment for an answer."""
    try:
        connection.send(b"x")
        return bool(connection.recv(100))
    except TimeoutError:
        return True
    except ConnectionError:
        return False


@pytest.mark.parametrize("pause_after", [1, 30, 60, 75, 77])
def test_a_request_in_two_pieces_is_answered_whole(pause_after: int) -> None:
    request = HALF_A_BODY.replace(b"100", b"4") + HALF_A_BODY.replace(b"100", b"4")
    with (
        served(echo) as address,
        socket.create_connection(address, timeout=PATIENCE) as connection,
    ):
        connection.sendall(request[:pause_after])
        # The first piece is looked at alone: another caller is answered in the meantime.
        assert said(address, b"GET / HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200 ")
        connection.sendall(request[pause_after:])
        answers = b""
        while answers.count(b"half") < 2:
            answers += connection.recv(65_536)

    assert answers.endswith(b"half")


def test_chunks_are_put_together() -> None:
    with served(echo) as address:
        content = iter([b"one ", b"two ", b"x" * 100_000])
        with httpx.Client(base_url=f"http://127.0.0.1:{address[1]}", timeout=PATIENCE) as client:
            assert client.post("/", content=content).content == b"one two " + b"x" * 100_000
            # The connection goes on where the chunks ended.
            assert client.post("/", content=b"next").content == b"next"


def test_a_sender_who_asks_first_is_told_to_go_on() -> None:
    asking = HALF_A_BODY.replace(b"100", b"4").replace(b"\r\n\r\nhalf", b"\r\nExpect: 100-continue")
    with (
        served(echo) as address,
        socket.create_connection(address, timeout=PATIENCE) as connection,
    ):
        connection.sendall(asking + b"\r\n\r\n")
        assert connection.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"half")
        assert connection.recv(1000).startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "request_",
    [
        CHUNKED + b"zz\r\n",
        CHUNKED + b"-1\r\n",
        CHUNKED + b"\r\n",
        CHUNKED + b"4\r\nhalfhalf",
        CHUNKED + b"4;" + b"x" * 2000,
        CHUNKED.replace(b"chunked", b"chunked\r\nTransfer-Encoding: chunked") + b"0\r\n\r\n",
        HALF_A_BODY.replace(b"100", b"+4"),
        HALF_A_BODY.replace(b"100", b"4\r\nContent-Length: 5"),
    ],
)
def test_a_body_whose_length_cannot_be_told_is_rejected(request_: bytes) -> None:
    with served(echo) as address:
        assert said(address, request_).startswith(b"HTTP/1.1 400 ")


def test_chunks_without_end_are_read_no_further_than_the_limit() -> None:
    incoming, sent = Incoming(Patience()), len(CHUNKED)
    incoming.feed(CHUNKED, 0)
    while not incoming.ready:
        incoming.feed(b"1000\r\n" + b"x" * 4096 + b"\r\n", 0)
        sent += 4096
        assert sent < LARGEST_BODY_BYTES + 8192
    assert incoming.too_large


@pytest.mark.parametrize("trailers", [b"", b"Digest: none\r\n"])
def test_requests_are_told_apart_however_they_are_cut_into_pieces(trailers: bytes) -> None:
    requests = [
        b"GET / HTTP/1.1\r\nHost: site\r\n\r\n",
        HALF_A_BODY.replace(b"100", b"4"),
        CHUNKED + b"4;name=value\r\nhalf\r\n00a\r\nof a whole\r\n0\r\n" + trailers + b"\r\n",
        b"\r\nGET /next HTTP/1.1\r\nHost: site\r\n\r\n",
    ]
    sent = b"".join(requests)
    for size in range(1, len(sent) + 1):
        incoming, arrived = Incoming(Patience()), []
        for at in range(0, len(sent), size):
            incoming.feed(sent[at : at + size], 0)
            while incoming.ready:
                arrived.append(incoming.take().read())
                incoming.go_on(0)
        assert arrived == [each.lstrip() for each in requests]
        assert not incoming.started


API_PREFIXES = [
    ("wallet", "/sign-in", "text/html"),
    ("wallet", "/partner/bill/v1/bills/one", "application/json"),
    ("shop", "/sign-in", "text/html"),
    ("shop", "/notifications/qiwi", "application/json"),
    ("vault", "/sign-in", "text/html"),
    ("vault", "/ams/api/v1/payments/pay", "application/json"),
    ("phone", "/", "text/html"),
    ("phone", "/api/messages", "application/json"),
    *((site, "/_control/clock", "application/json") for site in SITES),
]
TOO_MUCH = [
    b"Content-Length: 200000000\r\n\r\n",
    b"Content-Length: 9999999999999999999999999999999999\r\n\r\n",
    b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
    b"Transfer-Encoding: chunked\r\n\r\n" + (b"1000\r\n" + b"x" * 4096 + b"\r\n") * 65,
]


@pytest.mark.parametrize("site", SITES)
def test_a_body_that_is_too_large_is_rejected_unread_on_every_site(
    tmp_path: Path, site: str
) -> None:
    with stack_fixture(tmp_path) as sites:
        # A fault that is set makes the sites look into requests before their keys are checked.
        below = {
            "wallet": "/partner/",
            "shop": "/notifications/",
            "vault": "/ams/",
            "phone": "/api/",
            "acs": "/api/",
        }
        fault = {"place": "request", "kind": "broken", "path": below[site]}
        sites.control(site, "POST", "/faults", fault)
        with served(sites.sites[site].app) as address:
            for prefix in (prefix for prefix in API_PREFIXES if prefix[0] == site):
                for too_much in TOO_MUCH:
                    method = b"PUT" if "bills" in prefix[1] else b"POST"
                    head = b"%s %s HTTP/1.1\r\nHost: site\r\n" % (method, prefix[1].encode())
                    answer = said(address, head + too_much)
                    assert answer.startswith(b"HTTP/1.1 413 "), (prefix, too_much[:60], answer)
                    assert b"\r\nContent-Type: " + prefix[2].encode() in answer
                    assert b"\r\nConnection: close\r\n" in answer


def test_a_sender_of_too_much_gets_to_read_why(tmp_path: Path) -> None:
    with stack_fixture(tmp_path) as sites, served(sites.sites["phone"].app) as address:
        url = f"http://127.0.0.1:{address[1]}/api/messages"
        answer = httpx.post(url, content=b"x" * 20_000_000, timeout=PATIENCE)

    assert answer.status_code == 413
