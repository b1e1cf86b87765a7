"""Generate load on a site: sequential requests in a few processes.

``python -m benchmarks.load.pages URL SECONDS PROCESSES [COOKIE]`` prints pages a second. The client
is a bare socket, so that what is measured is the server.
"""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator
from itertools import islice, takewhile
from multiprocessing import Pool
from urllib.parse import urlsplit

LONGEST_ANSWER = 65536
TIMEOUT = 30.0


def main(arguments: list[str]) -> int:
    """Ask for a page as often as it comes."""
    url, seconds, processes, *cookie = arguments
    print(pages_a_second(url, float(seconds), int(processes), "".join(cookie)))
    return 0


def pages_a_second(url: str, seconds: float, processes: int, cookie: str = "") -> float:
    """Return how many times a second a number of processes get the page at ``url``."""
    work = [(url, seconds, cookie)] * processes
    with Pool(processes) as pool:
        return sum(pool.map(_ask_often, work)) / seconds


def ask(url: str, cookie: str, times: int) -> None:
    """Request a page N times, one after the other."""
    for _ in islice(_answers(url, cookie), times):
        pass


def _ask_often(work: tuple[str, float, str]) -> int:
    url, seconds, cookie = work
    end = time.monotonic() + seconds
    return sum(1 for _ in takewhile(lambda _: time.monotonic() < end, _answers(url, cookie)))


def _answers(url: str, cookie: str) -> Iterator[None]:
    """Something for each answer, as long as somebody wants another one."""
    parts = urlsplit(url)
    head = f"GET {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
    request = (head + (f"Cookie: {cookie}\r\n" if cookie else "") + "\r\n").encode()
    while True:
        with socket.create_connection((parts.hostname or "", parts.port or 80), TIMEOUT) as line:
            keeps = True
            while keeps:
                keeps = _ask(line, request)
                yield


def _ask(line: socket.socket, request: bytes) -> bool:
    """Have one page sent; whether the server keeps the connection for another."""
    line.sendall(request)
    answer = line.recv(LONGEST_ANSWER)
    while b"\r\n\r\n" not in answer:
        answer += _more(line)
    head, _, body = answer.partition(b"\r\n\r\n")
    if b" 200 " not in head[:13]:
        raise RuntimeError(f"no page came: {head[:60]!r}")
    length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += _more(line)
    return head.startswith(b"HTTP/1.1") and b"connection: close" not in head.lower()


def _more(line: socket.socket) -> bytes:
    part = line.recv(LONGEST_ANSWER)
    if not part:
        raise RuntimeError("the server closed the connection in the middle of a page")
    return part


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
