"""A card's number and its security code stay nowhere: every byte that is left is searched."""

from __future__ import annotations

import base64
import json
import logging
import re
import zlib

import pytest

from mock_sites.shared.values.cards import Card, Expiry
from tests.support.vault_bench import AMEX, Bench, VaultVisitor, number_of, typed_card

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


def files_of(bench: Bench) -> bytes:
    return b"".join(p.read_bytes() for p in bench.stack.data.rglob("*") if p.is_file())


def drive_pages(bench: Bench) -> bytes:
    recorder = Recorder(bench.holder())
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


def drive_protocol(bench: Bench) -> bytes:
    card = {"cvv": CODE}
    answers = [
        bench.vault(NUMBER, "v-1", **card),
        bench.vault(NUMBER, "v-2", **card),
        bench.vault(NUMBER, "v-3", **card, expiryMonth="13"),
        bench.vault(NUMBER, "v-4", **card, cardholderName=NUMBER),
        bench.vault(NUMBER, "v" * 65, **card),
        bench.pay("p-1", card=typed_card(NUMBER, **card)),
        bench.pay("p-2", minor="0", card=typed_card(NUMBER, **card)),
        bench.pay("p-3", paymentMethodId="x", card=typed_card(NUMBER, **card)),
    ]
    unsigned = bench.post("/payments/pay", NUMBER.encode() + CODE.encode(), {})
    return json.dumps(answers).encode() + bytes(unsigned.data)


def test_nothing_of_a_card_is_left_behind(
    bench: Bench, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)

    left = drive_pages(bench) + drive_protocol(bench)
    bench.advance(hours=24)
    bench.cards()
    bench.deliver()
    left += b"".join(request.content for request in bench.shop.requests)
    left += caplog.text.encode() + "".join(capfd.readouterr()).encode() + files_of(bench)

    assert len(bench.shop.requests) > 1
    assert b"378282" in left
    assert found_in(left) == []


def test_a_page_that_breaks_tells_nothing_of_a_card(
    bench: Bench, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("mock_sites.vault.domain.links.Links.begin", fail)
    caplog.set_level(logging.DEBUG)
    recorder = Recorder(bench.holder())
    recorder.add_card()
    answer = bench.vault(NUMBER, cvv=CODE)
    left = recorder.left + json.dumps(answer).encode() + caplog.text.encode() + files_of(bench)
    assert len(caplog.records) == 2
    assert found_in(left) == []


def test_a_leak_would_be_found(bench: Bench) -> None:
    bench.holder().add_card(number_of("approved"), address=f"Arbat {CODE}")
    assert found_in(files_of(bench)) == [CODE]


def test_a_card_does_not_show_its_number_when_it_is_printed() -> None:
    card = Card(NUMBER, "Anna", Expiry(2040, 12), CODE)
    assert found_in(repr(card).encode()) == []
