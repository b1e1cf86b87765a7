from __future__ import annotations

import time
from typing import Any

import pytest

from checkout_conformance.redaction.secrets import redact
from steps.support.cookies import cookies_of

URL = "http://wallet.localhost:8001/"
PLAIN = {
    "name": "a",
    "value": "b",
    "domain": "wallet.localhost",
    "path": "/",
    "expires": -1,
    "httpOnly": False,
    "secure": False,
    "sameSite": "Lax",
}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("a=b", {}),
        ("a=b; HttpOnly; Path=/; SameSite=Lax", {"httpOnly": True}),
        ("a=b; Secure; SameSite=None", {"secure": True, "sameSite": "None"}),
        ("a=b; path=/pay; samesite=strict", {"path": "/pay", "sameSite": "Strict"}),
        ("a=b; Domain=.wallet.localhost", {"domain": ".wallet.localhost"}),
        ("a=b; Domain=wallet.localhost", {"domain": ".wallet.localhost"}),
        ("a=b; Expires=Thu, 01 Jan 2099 00:00:00 GMT", {"expires": 4070908800}),
    ],
)
def test_a_cookie_keeps_its_attributes(line: str, told: dict[str, Any]) -> None:
    assert cookies_of([line], URL) == [PLAIN | told]


def test_the_longest_age_counts_more_than_the_date() -> None:
    line = "a=b; Expires=Thu, 01 Jan 2026 00:00:00 GMT; Max-Age=60"
    before = time.time()
    [cookie] = cookies_of([line], URL)
    assert before + 60 <= cookie["expires"] <= time.time() + 60


def test_each_line_is_a_cookie() -> None:
    assert [one["name"] for one in cookies_of(["a=b; Path=/", "c=d; Path=/"], URL)] == ["a", "c"]


def test_a_value_is_not_told() -> None:
    cookies_of(["session=kept-secret-5; HttpOnly"], URL)
    assert redact("kept-secret-5") == "•••"
