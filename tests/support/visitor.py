"""Clients that open pages and send their forms without a browser."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import httpx
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
HTTP_SECONDS = 30.0
Answer = TypeVar("Answer", TestResponse, httpx.Response)


def form_key(html: str, path: str) -> str:
    """Return the key of the first form on the page ``path``. Fail if the page has no form."""
    found = TOKEN.search(html)
    assert found, f"{path} holds no form"
    return found[1]


class FormClient(ABC, Generic[Answer]):
    """Opens pages and sends their forms, each with the key of its page; follows redirects."""

    @abstractmethod
    def open(self, path: str) -> Answer:
        """Return the page."""

    @abstractmethod
    def post(self, path: str, form: Mapping[str, Any]) -> Answer:
        """Send ``form`` as it is, without a key."""

    def send(self, path: str, page: str | None = None, **form: Any) -> Answer:
        """Send a form of ``page`` (default: the page at ``path``) with its key."""
        shown = page or path
        return self.post(path, {"csrf_token": form_key(self.open(shown).text, shown), **form})

    def sign_in(self, phone: str, password: str = "secret") -> Answer:
        """Sign in with the form of the sign-in page."""
        return self.send("/sign-in", phone=phone, password=password)


class Visitor(FormClient[TestResponse]):
    """A client of a site in this process."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, path: str) -> TestResponse:
        return self.client.get(path, follow_redirects=True)

    def post(self, path: str, form: Mapping[str, Any]) -> TestResponse:
        return self.client.post(path, data=form, follow_redirects=True)


class HttpVisitor(FormClient[httpx.Response]):
    """A client of a site in another process, over HTTP."""

    def __init__(self, address: str, seconds: float = HTTP_SECONDS) -> None:
        self.http = httpx.Client(
            base_url=address, follow_redirects=True, timeout=seconds, trust_env=False
        )

    def open(self, path: str) -> httpx.Response:
        return self.http.get(path)

    def post(self, path: str, form: Mapping[str, Any]) -> httpx.Response:
        return self.http.post(path, data=dict(form))

    def close(self) -> None:
        """Close the connections."""
        self.http.close()
