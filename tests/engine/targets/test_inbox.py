"""Where codes come from when the phone is not ours."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest

from checkout_conformance.people import Buyer
from checkout_conformance.redaction.secrets import redact
from checkout_conformance.targets.file import CodeSettings, TargetError
from checkout_conformance.targets.inbox import (
    TerminalInbox,
    WaitingInbox,
    command_inbox,
    http_inbox,
)
from checkout_conformance.targets.target import Target
from steps.support.controls import Controls
from tests.support.stub_site import StubSite, stub_site

PHONE = "+79161234567"
BUYER = Buyer("Ann Lee", PHONE, "pw-inbox")


@pytest.fixture
def provider() -> Iterator[StubSite]:
    with stub_site({"/sms": json.dumps({"items": [{"body": "Code 640001"}]})}) as site:
        yield site


def codes(**about: object) -> CodeSettings:
    return CodeSettings.model_validate({"seconds": 5, **about})


def test_an_http_inbox_is_asked_for_the_phone(
    provider: StubSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INBOX_TOKEN", "tok-inbox-1")
    inbox = http_inbox(
        codes(
            source="http",
            url=provider.url + "/sms?to={phone}",
            path="items[].body",
            token_env="INBOX_TOKEN",
        )
    )
    assert inbox.texts(PHONE) == ["Code 640001"]
    assert provider.asked[-1] == ("/sms?to=%2B79161234567", "Bearer tok-inbox-1")
    assert redact("Code 640001") == "Code •••"


@pytest.mark.parametrize(
    ("path", "body", "complaint"),
    [
        ("items[].body", "<html>", "JSONDecodeError"),
        ("items[", "{}", "the inbox of"),
        ("items", '{"items": "640001"}', "finds no list of texts"),
    ],
)
def test_an_http_inbox_that_cannot_be_read(
    provider: StubSite, path: str, body: str, complaint: str
) -> None:
    provider.pages["/sms"] = body
    inbox = http_inbox(codes(source="http", url=provider.url + "/sms", path=path))
    with pytest.raises(TargetError, match=complaint):
        inbox.texts(PHONE)


def test_a_command_prints_a_message_a_line(tmp_path: Path) -> None:
    script = tmp_path / "sms.py"
    script.write_text("import sys; print('to', sys.argv[1]); print(); print('Code 640002')")
    inbox = command_inbox(codes(source="command", command=[sys.executable, str(script), "{phone}"]))
    assert inbox.texts(PHONE) == [f"to {PHONE}", "Code 640002"]


def test_a_command_that_fails() -> None:
    inbox = command_inbox(codes(source="command", command=["false"]))
    with pytest.raises(TargetError, match="command false: CalledProcessError"):
        inbox.texts(PHONE)


def test_a_message_that_takes_its_time_is_waited_for() -> None:
    messages: list[str] = []
    inbox = WaitingInbox(lambda _phone: list(messages), seconds=10)
    Timer(0.3, messages.append, ["Code 640003"]).start()
    assert inbox.texts(PHONE) == ["Code 640003"]


def test_a_second_code_that_takes_its_time_is_waited_for() -> None:
    messages = ["Code 640009"]
    inbox = WaitingInbox(lambda _phone: list(messages), seconds=10)
    assert inbox.texts(PHONE) == ["Code 640009"]
    with inbox.another_code(PHONE):
        Timer(0.3, messages.append, ["Code 640010"]).start()
    assert inbox.texts(PHONE) == ["Code 640009", "Code 640010"]


def test_a_second_code_that_does_not_come_is_waited_for_no_longer_than_the_first() -> None:
    inbox = WaitingInbox(lambda _phone: ["Code 640011"], seconds=0.2)
    with inbox.another_code(PHONE):
        pass
    assert inbox.texts(PHONE) == ["Code 640011"]


def test_a_message_without_a_code_does_not_end_the_wait_for_one() -> None:
    messages = ["Your order is accepted."]
    inbox = WaitingInbox(lambda _phone: list(messages), seconds=10)
    with inbox.another_code(PHONE):
        Timer(0.3, messages.append, ["Code 640012"]).start()
    assert messages[1:] == ["Code 640012"]


def test_without_a_message_the_wait_ends() -> None:
    assert WaitingInbox(lambda _phone: [], seconds=0.2).texts(PHONE) == []


def test_messages_from_before_the_scenario_are_ignored() -> None:
    messages = ["Code 640004"]
    inbox = WaitingInbox(lambda _phone: list(messages), seconds=0.2)
    inbox.begin(PHONE)
    assert inbox.texts(PHONE) == []
    messages.append("Code 640005")
    assert inbox.texts(PHONE) == ["Code 640005"]


def test_a_person_types_the_code_or_leaves_it_empty() -> None:
    answers = iter(["640006", "", "640007"])
    questions: list[str] = []

    def ask(question: str) -> str:
        questions.append(question)
        return next(answers)

    person = TerminalInbox(ask)
    with person.another_code(PHONE):
        assert questions == []
    assert [person.texts(PHONE) for _ in range(3)] == [["640006"], ["640006"], ["640006", "640007"]]
    assert PHONE in questions[0]
    assert redact("640007") == "•••"


def test_the_steps_wait_for_another_code_wherever_it_comes_from() -> None:
    messages = ["Your code is 640013"]
    inbox = WaitingInbox(lambda _phone: list(messages), seconds=10)
    controls = Controls(Target("staging", "en"), inbox=inbox)
    with controls.another_code(BUYER.phone):
        Timer(0.3, messages.append, ["Your code is 640014"]).start()
    assert controls.codes(BUYER.phone)[-1] == "640014"
    controls.close()


def test_the_steps_read_codes_wherever_they_come_from() -> None:
    inbox = WaitingInbox(lambda _phone: ["Your code is 640008", "Sale!"], seconds=0.1)
    controls = Controls(Target("staging", "en"), inbox=inbox)
    assert controls.codes(BUYER.phone) == ["640008"]
    controls.close()
