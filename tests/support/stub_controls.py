"""A stub for the sites' test controls: it keeps each request and gives a fixed answer."""

from __future__ import annotations

import json
from typing import Any

import httpx


class StubControls:
    """The handler of an ``httpx.MockTransport``."""

    def __init__(self) -> None:
        self.asked: list[httpx.Request] = []
        self.answer = httpx.Response(200, json={})
        self.failure: Exception | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        if self.failure:
            raise self.failure
        return self.answer

    @property
    def body(self) -> Any:
        """The JSON of the last request."""
        return json.loads(self.asked[-1].content)
