"""Remove unusable parts from the address of a request, before anything else reads it.

A site's pages put parts of their own address into links, sessions and logs. A card number, or
bytes that are no text, must not get there.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from werkzeug.wrappers import Request, Response

from ..values.refusal import Refusal
from ..values.text_rules import refuse_unusable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# In a request's environment: the code of the refusal, and the names of the values taken out.
UNUSABLE_CODE = "mock_sites.unusable_code"
UNUSABLE_NAMES = "mock_sites.unusable_names"
# The path of a request whose own one cannot be used.
UNUSABLE_PATH = "/_unusable"
LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
HOST = re.compile(rf"(?:{LABEL}(?:\.{LABEL})*\.?|\[[0-9A-Fa-f:.]{{2,45}}\])(?::[0-9]{{1,5}})?")
LONGEST_HOST = 260


class CleanAddresses:
    """WSGI middleware that passes requests on without the unusable parts of their addresses.

    Requests to the programming interfaces, below ``api_prefixes``, keep their addresses: each
    interface has its own error messages.
    """

    def __init__(self, app: WSGIApplication, api_prefixes: Collection[str]) -> None:
        self._app = app
        self._api_prefixes = tuple(api_prefixes)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        if not _is_host(environ.get("HTTP_HOST", "localhost")):
            return Response("This is no name of a host.\n", 400)(environ, start_response)
        request = Request(environ)
        if not request.path.startswith(self._api_prefixes):
            _clean(environ, request)
        return self._app(environ, start_response)


def unusable_code(environ: WSGIEnvironment) -> str | None:
    """The code of the refusal of what was taken out of the address, if anything was."""
    code: str | None = environ.get(UNUSABLE_CODE)
    return code


def unusable_names(environ: WSGIEnvironment) -> Collection[str]:
    """The names of the values that were taken out; none if the path itself cannot be used."""
    names: Collection[str] = environ.get(UNUSABLE_NAMES, ())
    return names


def _is_host(host: str) -> bool:
    return len(host) <= LONGEST_HOST and HOST.fullmatch(host) is not None


def _clean(environ: WSGIEnvironment, request: Request) -> None:
    code = _refused(request.path)
    if code is not None:
        environ[UNUSABLE_CODE] = code
        environ["PATH_INFO"], environ["QUERY_STRING"] = UNUSABLE_PATH, ""
        return
    # Unlike the request itself this marks bytes that are no UTF-8, instead of keeping "%FF".
    query = environ.get("QUERY_STRING", "")
    given = parse_qsl(query, keep_blank_values=True, errors="replace")
    codes = {pair: _refused(pair[0]) or _refused(pair[1]) for pair in given}
    wrong = [pair for pair in given if codes[pair]]
    if wrong:
        environ[UNUSABLE_CODE] = codes[wrong[0]]
        environ[UNUSABLE_NAMES] = [name for name, _ in wrong]
        environ["QUERY_STRING"] = urlencode([pair for pair in given if not codes[pair]])


def _refused(text: str) -> str | None:
    try:
        refuse_unusable(text)
    except Refusal as refusal:
        return refusal.code
    return None
