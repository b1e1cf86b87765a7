"""A site that serves what a test tells it and keeps every request, on any host of this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread

from werkzeug.datastructures import Headers
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

Answer = tuple[int, str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Asked:
    """A request that the site got."""

    method: str
    host: str
    path: str
    query: str
    body: str
    headers: Headers

    @property
    def line(self) -> str:
        """Method and path."""
        return f"{self.method} {self.path}"

    @property
    def cookies(self) -> str:
        """The ``Cookie`` header; "" if there is none."""
        return self.headers.get("Cookie", "")


@dataclass
class RecordingSite:
    """Paths and their answers, in turn; the last one is repeated."""

    port: int = 0
    requests: list[Asked] = field(default_factory=list)
    _answers: dict[str, list[Answer]] = field(default_factory=dict)

    def serve(
        self, path: str, *sources: str, status: int = 200, headers: dict[str, str] | None = None
    ) -> None:
        """Answer requests for ``path``, whatever their host and method."""
        told = [*(headers or {}).items()]
        self._answers[path] = [(status, source, told) for source in sources or ("",)]

    def redirect(self, path: str, to: str, status: int = 302, cookie: str = "") -> None:
        """Answer requests for ``path`` with a redirect."""
        more = {"Set-Cookie": cookie} if cookie else {}
        self.serve(path, status=status, headers={"Location": to, **more})

    def set_cookies(self, path: str, lines: list[str]) -> None:
        """Answer requests for ``path`` with these ``Set-Cookie`` lines."""
        self._answers[path] = [(200, "", [("Set-Cookie", line) for line in lines])]

    def url(self, path: str = "/", host: str = "a.localhost") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"

    @property
    def last(self) -> Asked:
        """The latest request."""
        return self.requests[-1]

    def lines(self) -> list[str]:
        """Method and path of each request."""
        return [one.line for one in self.requests]

    def forget(self) -> None:
        """Forget pages and requests."""
        self.requests.clear()
        self._answers.clear()

    def answer(self, request: Request) -> Response:
        """Answer a request; keep it if it is for one of the pages."""
        answers = self._answers.get(request.path)
        if answers is None:
            return Response("<h1>Missing</h1>", 404, mimetype="text/html")
        self.requests.append(
            Asked(
                request.method,
                request.host.partition(":")[0],
                request.path,
                request.query_string.decode(),
                request.get_data(as_text=True),
                Headers([*request.headers]),
            )
        )
        status, source, headers = answers.pop(0) if len(answers) > 1 else answers[0]
        told = Headers(headers)
        told.setdefault("Content-Type", "text/html; charset=utf-8")
        return Response(source, status, told)


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Print nothing."""


@contextmanager
def recording_site() -> Iterator[RecordingSite]:
    """Serve a recording site on loopback while the block runs."""
    site = RecordingSite()

    @Request.application
    def application(request: Request) -> Response:
        return site.answer(request)

    server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=_Quiet)
    site.port = server.server_port
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()
