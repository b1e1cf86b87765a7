"""A trace is kept without anything that a buyer typed or a page told in confidence."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Route

from checkout_conformance.evidence.traces import rewritten, start_trace, take_trace
from checkout_conformance.redaction.secrets import hide

PASSWORD, CODE, CARD = "pw-in-a-trace", "918273", "4111111111111111"
GROUPED = "4111 1111 1111 1111"
PAGE = f"""
    <form method="post" action="/pay">
    <label>Password <input type="password" name="password"></label>
    <label>Card <input name="card" autocomplete="cc-number"></label>
    <p>Your code is {CODE}, your card {GROUPED}, your order 12345.</p>
    <button>Pay</button></form>
"""


def answer(route: Route) -> None:
    cookie = {"set-cookie": "session=cookie-in-a-trace"}
    route.fulfill(body=PAGE, content_type="text/html", headers=cookie)


@pytest.fixture
def recorded(browser: Browser) -> Iterator[BrowserContext]:
    """A browser in which a password and a card were typed and sent."""
    # Not pytest's own context: that one is being traced where the run leaves a report.
    context = browser.new_context()
    start_trace(context, snapshots=True)
    page = context.new_page()
    page.route("**", answer)
    page.goto("http://sample.localhost/?token=token-in-a-trace")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Card").press_sequentially(CARD)
    page.get_by_role("button").click()
    page.wait_for_url("**/pay")
    yield context
    context.close()


def texts_of(trace: bytes) -> dict[str, str]:
    with zipfile.ZipFile(BytesIO(trace)) as archive:
        return {name: archive.read(name).decode("latin-1") for name in archive.namelist()}


@pytest.mark.parametrize(
    "secret", [PASSWORD, CODE, CARD, GROUPED, "cookie-in-a-trace", "token-in-a-trace"]
)
def test_no_secret_stands_in_any_file_of_it(recorded: BrowserContext, secret: str) -> None:
    texts = texts_of(take_trace(recorded))
    assert [name for name, text in texts.items() if secret in text] == []


def test_the_search_would_find_them_in_the_raw_trace(
    recorded: BrowserContext, tmp_path: Path
) -> None:
    recorded.tracing.stop(path=tmp_path / "raw.zip")
    texts = "".join(texts_of((tmp_path / "raw.zip").read_bytes()).values())
    assert all(secret in texts for secret in (PASSWORD, CODE, GROUPED, "cookie-in-a-trace"))


def test_a_trace_still_shows_the_actions(recorded: BrowserContext) -> None:
    texts = texts_of(take_trace(recorded))
    events = [json.loads(line) for line in texts["trace.trace"].splitlines()]
    calls = [event["method"] for event in events if event["type"] == "before"]
    assert {"goto", "fill", "type", "click"} <= set(calls)
    assert any(event["type"] == "frame-snapshot" for event in events)
    assert "your order 12345" in "".join(texts.values())


def test_a_secret_that_is_known_goes_from_every_kind_of_file() -> None:
    hide("known-secret")
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("trace.trace", json.dumps({"message": "a known-secret b"}))
        archive.writestr("resources/1.html", "<p>known-secret</p>")
        archive.writestr("resources/2.dat", "known-secret")
        archive.writestr("resources/3.css", "p { color: red }")
    texts = texts_of(rewritten(packed.getvalue()))
    assert "known-secret" not in "".join(texts.values())
    assert texts["resources/3.css"] == "p { color: red }"


def test_a_number_is_left_out_that_several_elements_spell_together() -> None:
    groups = [["I", {}, "5555"], " ", ["I", {}, "5555"], ["I", {}, "5555"], ["I", {}, "4444"]]
    page = ["BODY", {}, ["P", {}, "Order 12345"], ["P", {}, *groups]]
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("trace.trace", json.dumps({"snapshot": {"html": page}, "n": 4 * 10**15}))
    text = texts_of(rewritten(packed.getvalue()))["trace.trace"]
    assert "5555" not in text
    assert "Order 12345" in text


@pytest.mark.parametrize(
    "event",
    [
        {"method": "type", "params": {"text": "planted"}},
        {"method": "press", "params": {"key": "planted"}},
        {"method": "fill", "params": {"value": "planted"}},
        {"request": {"postData": {"text": "code=planted"}}},
        {"request": {"headers": [{"name": "Cookie", "value": "session=planted"}]}},
        {"request": {"cookies": [{"name": "planted"}]}},
        {"html": ["INPUT", {"__playwright_value_": "planted"}]},
        {"message": '  fill("planted")'},
        {"url": "http://ann:planted@shop.example.test/"},
        {"html": ["A", {"href": "//ann:planted@shop.example.test/?pass=planted"}]},
        {"params": {"url": "ws://shop.example.test/live?ticket=planted"}},
    ],
)
def test_every_place_where_something_typed_may_stand_is_emptied(event: dict[str, object]) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("trace.trace", json.dumps(event))
    assert "planted" not in texts_of(rewritten(packed.getvalue()))["trace.trace"]
