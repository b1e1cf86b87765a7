"""The way of a message to the phone: who may send, what is sent, and what a failure tells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator

import httpx
import pytest

from mock_sites.shared.messaging.messages import MessageLine

TO, SENDER, TEXT = "+79160000001", "QIWI", "Code 730164 pays 150.00 RUB"
Answer = Callable[[httpx.Request], httpx.Response]


class Phone:
    """Takes messages, or does with them what it was told."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.does: Answer = lambda _request: httpx.Response(201)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return self.does(request)


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture
def line(phone: Phone) -> Iterator[MessageLine]:
    line = MessageLine("http://127.0.0.1:4", "tok-phone", httpx.MockTransport(phone))
    yield line
    line.close()


def refuse_connection(request: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("refused", request=request)


def test_a_message_is_sent_with_the_token_and_without_too_much_patience(
    phone: Phone, line: MessageLine
) -> None:
    assert line.send(TO, SENDER, TEXT)
    [request] = phone.requests
    assert (request.method, str(request.url)) == ("POST", "http://127.0.0.1:4/api/messages")
    assert request.headers["Authorization"] == "Bearer tok-phone"
    assert json.loads(request.content) == {"to": TO, "sender": SENDER, "text": TEXT}
    assert set(request.extensions["timeout"].values()) == {3.0}


@pytest.mark.parametrize(
    "does", [lambda _request: httpx.Response(500), refuse_connection], ids=["refused", "down"]
)
def test_a_message_that_was_not_taken_is_told_without_its_words(
    phone: Phone, line: MessageLine, does: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    phone.does = does
    assert not line.send(TO, SENDER, TEXT)
    assert "a message to the phone was not taken" in caplog.text
    assert "730164" not in caplog.text


def test_a_line_that_was_closed_sends_nothing(phone: Phone, line: MessageLine) -> None:
    line.close()
    with pytest.raises(RuntimeError, match="closed"):
        line.send(TO, SENDER, TEXT)
    assert phone.requests == []
