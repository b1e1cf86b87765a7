"""Receivers that do not take a notification as they should: what the wallet makes of the answer."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.support.wallet_fixture import WalletFixture, wallet_fixture

ELSEWHERE = "http://127.0.0.1:9/elsewhere"
REDIRECTS = (301, 302, 307, 308)
ERROR_BODY = {"error": "5"}
FIRST_WAIT = {"growing": timedelta(seconds=5), "quarters-and-hours": timedelta(minutes=15)}


def told(
    fixture: WalletFixture, monkeypatch: pytest.MonkeyPatch, answer: httpx.Response | Exception
) -> tuple[list[str], timedelta | None]:
    """Pay a bill and send its notification to a receiver; the addresses asked, and the next try."""
    fixture.pay_bill(fixture.buyer(), fixture.issue())
    asked: list[str] = []

    def receive(_self: object, request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(httpx.MockTransport, "handle_request", receive)
    return asked, fixture.deliver()


@pytest.mark.parametrize("schedule", sorted(FIRST_WAIT))
@pytest.mark.parametrize(
    "answer",
    [
        *(httpx.Response(status) for status in (201, 204, 400, 401, 404, 500)),
        *(
            httpx.Response(status, headers={"Location": ELSEWHERE})
            for status in (301, 302, 307, 308)
        ),
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("never answers"),
    ],
    ids=lambda answer: str(getattr(answer, "status_code", answer)),
)
def test_any_other_answer_than_200_is_a_failed_try_and_no_redirect_is_followed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: httpx.Response | Exception,
    schedule: str,
) -> None:
    with wallet_fixture(tmp_path, merchant={"notification_schedule": schedule}) as fixture:
        asked, wait = told(fixture, monkeypatch, answer)

    assert asked == ["http://127.0.0.1:2/notifications/qiwi"]
    assert wait == FIRST_WAIT[schedule]


@pytest.mark.parametrize(
    ("schedule", "wait"), [("growing", None), ("quarters-and-hours", timedelta(minutes=15))]
)
def test_200_with_an_error_in_its_body_acknowledges_only_by_the_growing_schedule(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schedule: str, wait: timedelta | None
) -> None:
    with wallet_fixture(tmp_path, merchant={"notification_schedule": schedule}) as fixture:
        answer = httpx.Response(200, json=ERROR_BODY)
        assert told(fixture, monkeypatch, answer)[1] == wait


def test_410_ends_the_tries(fixture: WalletFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(fixture, monkeypatch, httpx.Response(410))[1] is None


def test_429_puts_the_next_try_off(fixture: WalletFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = httpx.Response(429, headers={"Retry-After": "120"})
    assert told(fixture, monkeypatch, answer)[1] == timedelta(seconds=120)
