"""Collects the next request of a connection until all of it has arrived.

A request is collected here before a thread begins to answer it, so that a sender who is slow, or
never finishes, occupies no thread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO

CRLF = b"\r\n"
HEAD_END = CRLF + CRLF
LONGEST_HEADERS_BYTES = 64 * 1024
LARGEST_BODY_BYTES = 256 * 1024
# A chunk's size with its extensions.
LONGEST_CHUNK_LINE = 1024

CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]+)[ \t]*(?:;|\Z)")
LENGTH = re.compile(rb"[0-9]+")


@dataclass(frozen=True)
class Patience:
    """The time limits for a request to arrive, in seconds of real time.

    A head has ``head`` seconds from its first byte. A body has ``body`` seconds from the end of
    the head, and one more for every ``bytes_a_second`` that have arrived.
    """

    head: float = 10.0
    body: float = 10.0
    bytes_a_second: int = 16 * 1024


class Incoming:
    """The request that is arriving on a connection. Times are seconds since the epoch.

    ``ready``: a thread can begin. ``cut_short``: more of it would have come, but it is too large
    or malformed, so the connection ends after the answer. ``wants_to_go_on``: the sender asks to
    be told before it sends the body (``Expect: 100-continue``).
    """

    def __init__(self, patience: Patience) -> None:
        self._patience = patience
        self._buffer = bytearray()
        self._start_afresh()

    def _start_afresh(self) -> None:
        self._head_end = 0
        self._body_length: int | None = None
        self._chunk_at = 0
        self._began_at = 0.0
        self.ready = False
        self.cut_short = False
        self.too_large = False
        self.malformed = False
        self.wants_to_go_on = False

    @property
    def started(self) -> bool:
        """Whether a part of a request is here, and more of it is to come."""
        return bool(self._buffer) and not self.ready

    @property
    def deadline(self) -> float:
        """The moment by which the rest of the request must have arrived."""
        if not self._head_end:
            return self._began_at + self._patience.head
        arrived = len(self._buffer) - self._head_end
        return self._began_at + self._patience.body + arrived / self._patience.bytes_a_second

    def feed(self, data: bytes, now: float) -> None:
        """Take what has arrived."""
        if not self._buffer:
            self._began_at = now
        self._buffer += data
        self._look(now)

    def take(self) -> BytesIO:
        """The request that is ready, and nothing of the next one."""
        end = len(self._buffer) if self._body_length is None else self._request_end
        request = BytesIO(bytes(self._buffer[:end]))
        del self._buffer[:end]
        self.ready = False
        return request

    def go_on(self, now: float) -> None:
        """Look at what has arrived of the next request, when one has been answered."""
        self._start_afresh()
        self._began_at = now
        self._look(now)

    @property
    def _request_end(self) -> int:
        return self._head_end + (self._body_length or 0)

    def _look(self, now: float) -> None:
        if not self._head_end:
            self._look_for_head(now)
        if self._head_end and not self.ready:
            self._look_for_body()

    def _look_for_head(self, now: float) -> None:
        if self._buffer.startswith((b"\r", b"\n")):
            # Some senders put an empty line between two requests.
            self._buffer = self._buffer.lstrip(CRLF)
        end = self._buffer.find(HEAD_END)
        if (len(self._buffer) if end < 0 else end) > LONGEST_HEADERS_BYTES:
            # The server answers that itself, by the size of what it reads.
            self._end_early()
        elif end >= 0:
            self._head_end = self._chunk_at = end + len(HEAD_END)
            self._began_at = now
            self._read_head(bytes(self._buffer[:end]))

    def _read_head(self, head: bytes) -> None:
        headers = [line.partition(b":")[::2] for line in head.split(CRLF)[1:]]
        named: dict[bytes, list[bytes]] = {}
        for name, value in headers:
            named.setdefault(name.strip().lower(), []).append(value.strip())
        encodings = b",".join(named.get(b"transfer-encoding", [])).lower()
        lengths = set(named.get(b"content-length", []))
        if encodings:
            if encodings != b"chunked":
                self._end_early(malformed=True)
        elif len(lengths) > 1 or not all(map(LENGTH.fullmatch, lengths)):
            self._end_early(malformed=True)
        else:
            # Longer than any size is written, a number is too large without being read.
            written = max(lengths, default=b"0").lstrip(b"0") or b"0"
            self._body_length = int(written[:20])
            if self._body_length > LARGEST_BODY_BYTES:
                self._end_early(too_large=True)
        self.wants_to_go_on = named.get(b"expect", [b""])[0].lower() == b"100-continue"

    def _look_for_body(self) -> None:
        if self._body_length is None:
            self._look_through_chunks()
        elif len(self._buffer) >= self._request_end:
            self.ready = True

    def _look_through_chunks(self) -> None:
        """Go on from the last chunk that is whole; the body ends with an empty one."""
        while not self.ready:
            line_end = self._buffer.find(CRLF, self._chunk_at)
            line = bytes(self._buffer[self._chunk_at : max(line_end, self._chunk_at)])
            size = CHUNK_SIZE.match(line)
            if line_end < 0:
                self._end_if_overlong(LONGEST_CHUNK_LINE)
                return
            if size is None:
                self._end_early(malformed=True)
                return
            if not size[1].strip(b"0"):
                self._look_for_trailers(line_end)
                return
            end = line_end + len(CRLF) + int(size[1][-16:], 16) + len(CRLF)
            if len(size[1].lstrip(b"0")) > 16 or end - self._head_end > LARGEST_BODY_BYTES:
                self._end_early(too_large=True)
                return
            if end > len(self._buffer):
                return
            if self._buffer[end - len(CRLF) : end] != CRLF:
                self._end_early(malformed=True)
                return
            self._chunk_at = end

    def _look_for_trailers(self, line_end: int) -> None:
        """The body ends with an empty line; what stands before it is ignored."""
        end = self._buffer.find(HEAD_END, line_end)
        if end >= 0:
            self._body_length = end + len(HEAD_END) - self._head_end
            self.ready = True
        else:
            self._end_if_overlong(LONGEST_HEADERS_BYTES)

    def _end_if_overlong(self, longest: int) -> None:
        if len(self._buffer) - self._chunk_at > longest:
            self._end_early(malformed=True)

    def _end_early(self, *, too_large: bool = False, malformed: bool = False) -> None:
        self.ready = self.cut_short = True
        self.too_large, self.malformed = too_large, malformed
        self._body_length = None
