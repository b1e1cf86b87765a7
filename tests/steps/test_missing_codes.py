"""A message without a code, or none at all, is told as the site's deviation where it is needed."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest

from checkout_conformance.expectations import UnmetExpectation
from checkout_conformance.people import Buyer
from checkout_conformance.targets.target import Target
from steps import challenge, code, lost_answer, payment
from steps.support.controls import Controls
from tests.support.stub_controls import StubControls

PHONE = "http://phone.localhost:8003"
BUYER = Buyer("Ann Lee", "+79161234567", "pw-codes-1")
SECRET = "730164"

Step = Callable[[Any, Controls, Buyer], object]


class AnyPage:
    """A page object that does whatever it is told."""

    code = SimpleNamespace(is_visible=lambda: True)

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_, **__: None


def answering(*texts: str) -> Controls:
    """The controls of a phone that got these messages."""
    sites = StubControls()
    sites.answer = httpx.Response(200, json=[{"text": text} for text in texts])
    target = Target("mock", "en", urls={"phone": PHONE}, control_tokens={"phone": "tok-codes"})
    return Controls(target, httpx.Client(transport=httpx.MockTransport(sites)))


@pytest.fixture(autouse=True)
def visible(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is expected of a page is so."""
    for module in (challenge, payment):
        monkeypatch.setattr(module, "expect", lambda *_: AnyPage())


def in_other_digits(step: Callable[..., object]) -> Step:
    return lambda page, controls, buyer: step(page, controls, buyer, str)


STEPS: list[Step] = [
    payment.confirm,
    payment.enter_code,
    payment.confirm_twice,
    payment.confirm_with_each,
    payment.confirm_with_first,
    payment.confirm_wrongly,
    payment.does_not_tell_code,
    lambda page, controls, buyer: payment.confirm_both_at_once(page, page, controls, buyer),
    payment.has_asked_for_other_code,
    in_other_digits(code.enter_with_typo),
    in_other_digits(code.confirm_written),
    lost_answer.entered_code,
    challenge.confirm,
    challenge.answer_too_late,
    challenge.answer_wrongly,
]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("texts", [(), (f"Pay {SECRET}.50 RUB",)])
def test_a_code_that_did_not_come_is_told_by_its_absence(
    step: Step, texts: tuple[str, ...]
) -> None:
    with pytest.raises(UnmetExpectation, match=r"with (a )?codes? comes?") as raised:
        step(AnyPage(), answering(*texts), BUYER)
    assert f"0 codes in {len(texts)} messages" in str(raised.value)
    assert SECRET not in str(raised.value)


def test_one_code_for_two_payments_is_told() -> None:
    page = cast(Any, AnyPage())
    with pytest.raises(UnmetExpectation, match="1 codes in 1 messages"):
        payment.confirm_both_at_once(page, page, answering("Code 730165"), BUYER)


def test_the_newest_code_is_that_of_the_last_message_with_one() -> None:
    texts = ("Code 730165", "Code 730166", "Your order is on its way")
    assert answering(*texts).newest_code(BUYER.phone) == "730166"
