"""A WSGI application that signs each call as the vault's merchant, for clients that cannot."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request

from mock_sites.shared.messaging.signing import Signing

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


class SigningClient:
    """Passes each call on with the merchant's signature over its path and body."""

    def __init__(self, app: WSGIApplication, signing: Signing) -> None:
        self._app = app
        self._signing = signing

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        body = request.get_data()
        environ["wsgi.input"] = BytesIO(body)
        environ["CONTENT_LENGTH"] = str(len(body))
        for name, value in self._signing.headers(request.path, body).items():
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
        return self._app(environ, start_response)
