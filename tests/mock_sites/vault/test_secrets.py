"""A card's number and its security code stay nowhere: every byte that is left is searched."""

from __future__ import annotations

import base64
import json
import logging
import re
import zlib

import pytest

from mock_sites.shared.values.cards import Card, Expiry
from tests.support.vault_fixture import AMEX, VaultFixture, VaultVisitor, number_of, typed_card

# Of American Express: its code has four digits, which turn up by chance less often than three.
NUMBER, CODE = AMEX, "9713"
SPELLINGS = [NUMBER, "3782 822463 10005", "3782-822463-10005", NUMBER[6:-4], CODE]
TYPED = {"card_number": "3782 822463 10005", "security_code": CODE}


class Recorder:
    """Keeps every answer and every cookie that a visitor is given."""

    def __init__(self, visitor: VaultVisitor) -> None:
        self.visitor = visitor
        self.left = b""

    def add_card(self, **changes: str) -> None:
        answer = self.visitor.add_card(AMEX, **(TYPED | changes))
        self.left += answer.data + str(answer.headers).encode() + answer.request.full_path.encode()
        self.left += self.session()

    def session(self) -> bytes:
        """What the session cookie holds, opened."""
        cookie = self.visitor.client.get_cookie("vault_session", domain="localhost")
        assert cookie is not None
        value = str(cookie.value)
        payload = value.lstrip(".").split(".")[0]
        opened = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        return zlib.decompress(opened) if value.startswith(".") else opened


def found_in(left: bytes) -> list[str]:
    """What stands there; four digits inside an id or a moment are chance."""
    return [
        one for one in SPELLINGS if re.search(rb"(?<![0-9a-f])%b(?![0-9a-f])" % one.encode(), left)
    ]


def files_of(fixture: VaultFixture) -> bytes:
    return b"".join(p.read_bytes() for p in fixture.stack.data.rglob("*") if p.is_file())


def drive_pages(fixture: VaultFixture) -> bytes:
    recorder = Recorder(fixture.holder())
    for changes in (
        {"expiry": "13/20", "card_holder": SPELLINGS[2], "address": NUMBER},
        {"card_number": NUMBER[:-1] + "6"},
        {"security_code": CODE + "1"},
        {"csrf_token": "wrong"},
        {},
        {},
    ):
        recorder.add_card(**changes)
    [token] = recorder.visitor.tokens()
    for path in ("/", "/cards", f"/cards/{token}/edit", f"/cards/delete?card={token}"):
        recorder.left += recorder.visitor.open(path).data
    return recorder.left


def drive_protocol(fixture: VaultFixture) -> bytes:
    card = {"cvv": CODE}
    answers = [
        fixture.vault(NUMBER, "v-1", **card),
        fixture.vault(NUMBER, "v-2", **card),
        fixture.vault(NUMBER, "v-3", **card, expiryMonth="13"),
        fixture.vault(NUMBER, "v-4", **card, cardholderName=NUMBER),
        fixture.vault(NUMBER, "v" * 65, **card),
        fixture.pay("p-1", card=typed_card(NUMBER, **card)),
        fixture.pay("p-2", minor="0", card=typed_card(NUMBER, **card)),
        fixture.pay("p-3", paymentMethodId="x", card=typed_card(NUMBER, **card)),
    ]
    unsigned = fixture.post("/payments/pay", NUMBER.encode() + CODE.encode(), {})
    return json.dumps(answers).encode() + bytes(unsigned.data)


def test_nothing_of_a_card_is_left_behind(
    fixture: VaultFixture, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)

    left = drive_pages(fixture) + drive_protocol(fixture)
    fixture.advance(hours=24)
    fixture.cards()
    fixture.deliver()
    left += b"".join(request.content for request in fixture.shop.requests)
    left += caplog.text.encode() + "".join(capfd.readouterr()).encode() + files_of(fixture)

    assert len(fixture.shop.requests) > 1
    assert b"378282" in left
    assert found_in(left) == []


def test_a_page_that_breaks_tells_nothing_of_a_card(
    fixture: VaultFixture, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("mock_sites.vault.domain.links.Links.begin", fail)
    caplog.set_level(logging.DEBUG)
    recorder = Recorder(fixture.holder())
    recorder.add_card()
    answer = fixture.vault(NUMBER, cvv=CODE)
    left = recorder.left + json.dumps(answer).encode() + caplog.text.encode() + files_of(fixture)
    assert len(caplog.records) == 2
    assert found_in(left) == []


def test_a_leak_would_be_found(fixture: VaultFixture) -> None:
    fixture.holder().add_card(number_of("approved"), address=f"Arbat {CODE}")
    assert found_in(files_of(fixture)) == [CODE]


def test_a_card_does_not_show_its_number_when_it_is_printed() -> None:
    card = Card(NUMBER, "Anna", Expiry(2040, 12), CODE)
    assert found_in(repr(card).encode()) == []
