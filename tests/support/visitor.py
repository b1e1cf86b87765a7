"""Somebody in front of a site, without a browser."""

from __future__ import annotations

import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class Visitor:
    """Opens pages and sends their forms, each with the key of its page."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, path: str) -> TestResponse:
        """The page, and where redirects lead."""
        return self.client.get(path, follow_redirects=True)

    def send(self, path: str, page: str | None = None, **data: Any) -> TestResponse:
        """Send a form of ``page`` (the same address, if none is given) and follow."""
        key = TOKEN.search(self.open(page or path).text)
        assert key, f"{page or path} holds no form"
        form = {"csrf_token": key[1], **data}
        return self.client.post(path, data=form, follow_redirects=True)

    def sign_in(self, phone: str, password: str) -> TestResponse:
        """Sign in by the page."""
        return self.send("/sign-in", phone=phone, password=password)
