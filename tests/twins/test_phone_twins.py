"""The difference of every twin of the phone is there, and the code can be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from mock_sites.phone import create_phone
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.keys import Keys
from mock_sites.shared.runtime.settings import StackSettings
from tests.support.twin_fixture import change_of
from tests.support.walk import Walk
from twins.right.third_phone import ADVERTISING

NUMBER = "+79161234567"


@pytest.fixture
def stack(tmp_path: Path) -> StackSettings:
    ports = {"wallet": 1, "shop": 2, "phone": 3}
    return StackSettings(data=tmp_path, ports=ports, keys=Keys(), controls=True)


@pytest.fixture
def phone(stack: StackSettings, twin_name: str) -> Iterator[FlaskClient]:
    """The twin's phone."""
    change = change_of(twin_name)
    with change.of_rules():
        site = create_phone(stack, Clock())
        change.of_site(site.app)
        yield site.app.test_client()
        site.close()


def inbox(stack: StackSettings, phone: FlaskClient) -> Walk:
    """The messages of a phone, after two codes."""
    headers = {"Authorization": f"Bearer {stack.keys.phone_token}"}
    for text in ("Code 111111", "Code 222222"):
        message = {"to": NUMBER, "sender": "QIWI", "text": text}
        assert phone.post("/api/messages", json=message, headers=headers).status_code == 201
    return Walk(phone).open("/").use("Show the messages", phone=NUMBER)


def test_inbox_is_a_conversation(stack: StackSettings, phone: FlaskClient) -> None:
    walk = inbox(stack, phone)
    assert "<article" in walk.html
    assert walk.text.index("Code 111111") < walk.text.index("Code 222222")


def test_newest_message_is_the_last(stack: StackSettings, phone: FlaskClient) -> None:
    text = inbox(stack, phone).text
    assert text.index("Code 111111") < text.index("Code 222222")


def test_advertising_comes_after_the_code(stack: StackSettings, phone: FlaskClient) -> None:
    text = inbox(stack, phone).text
    assert text.count(ADVERTISING) == 1
    assert text.index(ADVERTISING) < text.index("Code 222222") < text.index("Code 111111")
