"""How a site's server treats the connections of those who come."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack

import httpx
import pytest
from werkzeug.wrappers import Request, Response

from mock_sites.shared.runtime.incoming import LONGEST_HEADERS_BYTES
from mock_sites.shared.runtime.server import THREADS, ConnectionCut, SiteServer
from tests.support.served_app import served

WHOLE = b"one half, and the other half"
PATIENCE = 10.0


def halves() -> Iterator[bytes]:
    """Half of the answer, and then the end."""
    yield WHOLE[: len(WHOLE) // 2]
    raise ConnectionCut


@Request.application
def application(request: Request) -> Response:
    """A site of four pages; what is sent to it is never read."""
    if request.path == "/cut":
        raise ConnectionCut
    if request.path == "/told":
        return Response(f"{request.method} {request.scheme} {request.host} {request.full_path}")
    if request.path == "/half":
        return Response(halves(), headers={"Content-Length": str(len(WHOLE))})
    return Response("here")


@pytest.fixture
def address() -> Iterator[tuple[str, int]]:
    with served(application) as there:
        yield there


def url(address: tuple[str, int], path: str = "/") -> str:
    """Where a page is."""
    return f"http://{address[0]}:{address[1]}{path}"


def test_connections_that_say_nothing_keep_nobody_waiting(address: tuple[str, int]) -> None:
    with ExitStack() as silent:
        for _ in range(3 * THREADS):
            silent.enter_context(socket.create_connection(address))

        assert httpx.get(url(address), timeout=PATIENCE).text == "here"


def test_a_connection_that_was_silent_is_answered_when_it_speaks(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=PATIENCE) as late:
        assert httpx.get(url(address), timeout=PATIENCE).text == "here"
        late.sendall(b"GET / HTTP/1.1\r\nHost: site\r\n\r\n")

        assert late.recv(64).startswith(b"HTTP/1.1 200 ")


def test_a_cut_connection_ends_without_an_answer(address: tuple[str, int]) -> None:
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        httpx.get(url(address, "/cut"), timeout=PATIENCE)


def test_half_an_answer_ends_in_the_middle(address: tuple[str, int]) -> None:
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        httpx.get(url(address, "/half"), timeout=PATIENCE)


def test_an_answer_before_the_body_is_read_leaves_the_connection_usable(
    address: tuple[str, int],
) -> None:
    with httpx.Client(timeout=PATIENCE) as client:
        assert client.post(url(address), content=b"x" * 100_000).is_success
        assert client.get(url(address)).text == "here"


def test_headers_without_end_are_refused(address: tuple[str, int]) -> None:
    endless = {"X-Long": "x" * LONGEST_HEADERS_BYTES}
    assert httpx.get(url(address), headers=endless, timeout=PATIENCE).status_code == 413


def test_an_answer_names_no_version_of_the_server(address: tuple[str, int]) -> None:
    assert httpx.get(url(address), timeout=PATIENCE).headers["Server"] == "mock site"


def test_the_body_of_an_answer_does_not_wait_for_its_head() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        SiteServer(application, listener).bind(listener.family, listener.type)

        assert listener.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def first_line(address: tuple[str, int], line: str) -> str:
    """What the server answers to a request of that first line: status and body."""
    with socket.create_connection(address, timeout=PATIENCE) as caller:
        head = f"{line} HTTP/1.1\r\nHost: other:1\r\nConnection: close\r\n\r\n"
        caller.sendall(head.encode())
        answer = b"".join(iter(lambda: caller.recv(4096), b"")).decode()
    return f"{answer.split(' ')[1]} {answer.rpartition(chr(10))[2].strip()}"


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize("scheme", ["http", "https", "HTTPS"])
def test_a_target_may_be_an_absolute_address(
    address: tuple[str, int], method: str, scheme: str
) -> None:
    told = first_line(address, f"{method} {scheme}://vault.test/told?a=1")
    assert told == f"200 {method} http vault.test /told?a=1"


def test_the_host_of_a_path_is_that_of_the_header(address: tuple[str, int]) -> None:
    assert first_line(address, "GET /told") == "200 GET http other:1 /told?"


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("GET //vault.test/told", "400"),
        ("GET ftp://vault.test/told", "400"),
        ("GET http:///told", "400"),
        ("GET told", "400"),
        ("CONNECT vault.test:443", "405"),
    ],
)
def test_no_other_target_is_accepted(address: tuple[str, int], line: str, status: str) -> None:
    assert first_line(address, line).split()[0] == status
