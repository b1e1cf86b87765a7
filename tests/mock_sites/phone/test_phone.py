"""The buyer's phone: who may write to it, and what it shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from mock_sites.phone import create_phone
from mock_sites.shared.runtime.clock import Clock
from mock_sites.shared.runtime.keys import Keys
from mock_sites.shared.runtime.settings import StackSettings

NUMBER = "+79161234567"


@pytest.fixture
def stack(tmp_path: Path) -> StackSettings:
    ports = {"wallet": 1, "shop": 2, "phone": 3}
    return StackSettings(data=tmp_path, ports=ports, keys=Keys(), controls=True)


@pytest.fixture
def phone(stack: StackSettings) -> Iterator[FlaskClient]:
    site = create_phone(stack, Clock())
    yield site.app.test_client()
    site.close()


def send(phone: FlaskClient, token: str, **message: str) -> int:
    body = {"to": NUMBER, "sender": "QIWI", "text": "Hello"} | message
    headers = {"Authorization": f"Bearer {token}"}
    return phone.post("/api/messages", json=body, headers=headers).status_code


def test_a_message_of_a_site_is_shown_on_its_phone_only(
    stack: StackSettings, phone: FlaskClient
) -> None:
    status = send(phone, stack.keys.phone_token, text="Code 123")

    assert status == 201
    assert "Code 123" in phone.get(f"/{NUMBER}").text
    assert "Code 123" in phone.get(f"/{NUMBER}/messages").text
    assert "Code 123" not in phone.get("/+79160000009").text


def test_the_newest_message_stands_first_for_people_and_last_for_tests(
    stack: StackSettings, phone: FlaskClient
) -> None:
    for text in ("first", "second"):
        send(phone, stack.keys.phone_token, text=text)

    page = phone.get(f"/{NUMBER}").text
    headers = {"Authorization": f"Bearer {stack.keys.control_token}"}
    messages = phone.get(f"/_control/messages?phone=%2B{NUMBER[1:]}", headers=headers).json

    assert page.index("second") < page.index("first")
    assert [message["text"] for message in messages or []] == ["first", "second"]


@pytest.mark.parametrize("token", ["", "wrong"])
def test_nobody_but_the_sites_writes_to_a_phone(phone: FlaskClient, token: str) -> None:
    assert send(phone, token) == 401
    assert "No messages yet" in phone.get(f"/{NUMBER}").text


@pytest.mark.parametrize("wrong", [{"to": "anna"}, {"text": ""}, {"text": "x" * 1001}])
def test_what_is_no_message_is_refused(
    stack: StackSettings, phone: FlaskClient, wrong: dict[str, str]
) -> None:
    assert send(phone, stack.keys.phone_token, **wrong) == 422


def test_markup_in_a_message_is_shown_as_text(stack: StackSettings, phone: FlaskClient) -> None:
    send(phone, stack.keys.phone_token, text="<script>x</script>")

    assert "<script>x" not in phone.get(f"/{NUMBER}").text
