"""A merchant's new secret key: both hold for a while, and the newest one signs."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from mock_sites.shared.messaging.standard_webhooks import webhook_secret, webhook_signature
from mock_sites.wallet.domain.notifications import signature
from tests.support.wallet_fixture import WalletFixture, wallet_fixture

HOUR = 3600
NEW = "n" * 40


@pytest.fixture
def webhooks(tmp_path: Path) -> Iterator[WalletFixture]:
    with wallet_fixture(tmp_path, merchant={"standard_webhooks": True}) as wallet:
        yield wallet


def rotate(fixture: WalletFixture, site_id: str | None = None, **body: Any) -> Any:
    headers = {"Authorization": f"Bearer {fixture.stack.keys.control_token}"}
    path = f"/_control/merchants/{site_id or fixture.stack.keys.merchant.site_id}/keys"
    body = {"overlap_seconds": HOUR} | body
    return fixture.site.app.test_client().post(path, json=body, headers=headers)


def status(fixture: WalletFixture, key: str) -> int:
    return fixture.merchant("GET", "order-1", key=key).status_code


def told(fixture: WalletFixture) -> Any:
    """The newest notification, once its bill is paid."""
    fixture.pay_bill(fixture.buyer(), fixture.issue())
    fixture.deliver()
    return fixture.outside.notifications[-1]


def test_both_keys_are_accepted_until_the_end_and_then_the_new_one(fixture: WalletFixture) -> None:
    fixture.issue()
    old, new = fixture.stack.keys.merchant.secret_key, rotate(fixture).json["secret_key"]

    during = status(fixture, old), status(fixture, new)
    fixture.clock.advance(timedelta(seconds=HOUR))
    after = status(fixture, old), status(fixture, new)

    assert during == (200, 200)
    assert after == (401, 200)


def test_without_an_overlap_the_old_key_ends_at_once(fixture: WalletFixture) -> None:
    fixture.issue()
    rotate(fixture, overlap_seconds=0)

    assert status(fixture, fixture.stack.keys.merchant.secret_key) == 401


def test_two_rotations_keep_each_its_own_end(fixture: WalletFixture) -> None:
    fixture.issue()
    old = fixture.stack.keys.merchant.secret_key
    first = rotate(fixture, overlap_seconds=2 * HOUR).json["secret_key"]
    second = rotate(fixture, overlap_seconds=HOUR).json["secret_key"]

    assert [status(fixture, key) for key in (old, first, second)] == [200, 200, 200]
    fixture.clock.advance(timedelta(seconds=HOUR))
    assert [status(fixture, key) for key in (old, first, second)] == [200, 401, 200]


def test_the_same_key_and_overlap_again_change_nothing(fixture: WalletFixture) -> None:
    first = rotate(fixture, secret_key=NEW)
    again = rotate(fixture, secret_key=NEW)

    assert first.json == again.json
    fixture.issue()
    assert status(fixture, fixture.stack.keys.merchant.secret_key) == 200


def test_the_newest_key_with_another_overlap_is_a_conflict(fixture: WalletFixture) -> None:
    rotate(fixture, secret_key=NEW)

    assert rotate(fixture, secret_key=NEW, overlap_seconds=0).status_code == 409
    fixture.issue()
    assert status(fixture, fixture.stack.keys.merchant.secret_key) == 200


def test_the_first_key_again_is_no_rotation(fixture: WalletFixture) -> None:
    first = fixture.stack.keys.merchant.secret_key

    assert rotate(fixture, secret_key=first, overlap_seconds=0).json["secret_key"] == first


@pytest.mark.parametrize("overlap", [-1, 1e9, "1", None])
def test_an_overlap_that_does_not_fit_is_refused(fixture: WalletFixture, overlap: Any) -> None:
    assert rotate(fixture, overlap_seconds=overlap).status_code == 422


def test_a_key_that_was_used_and_a_merchant_that_is_not_there_are_refused(
    fixture: WalletFixture,
) -> None:
    rotate(fixture, secret_key=NEW)

    assert rotate(fixture, secret_key=fixture.stack.keys.merchant.secret_key).status_code == 409
    assert rotate(fixture, site_id="nobody").status_code == 404


def test_the_native_signature_is_that_of_the_newest_key(fixture: WalletFixture) -> None:
    rotate(fixture, secret_key=NEW)

    request = told(fixture)

    bill = json.loads(request.content)["bill"]
    assert request.headers["X-Api-Signature-SHA256"] == signature(NEW, bill)
    assert "webhook-signature" not in request.headers


def test_during_the_overlap_both_keys_sign_a_standard_webhook(webhooks: WalletFixture) -> None:
    old = webhooks.stack.keys.merchant.secret_key
    rotate(webhooks, secret_key=NEW)
    request = told(webhooks)
    webhooks.clock.advance(timedelta(seconds=HOUR))
    webhooks.outside.notifications.clear()
    put = {"Authorization": f"Bearer {NEW}"}
    path = "/partner/bill/v1/notifications/order-1/replays/r-1"
    assert webhooks.site.app.test_client().put(path, headers=put).status_code == 200
    webhooks.deliver()
    later = webhooks.outside.notifications[-1]

    def expected(at: Any, *keys: str) -> str:
        facts = at.headers["webhook-id"], at.headers["webhook-timestamp"], at.content
        return " ".join(webhook_signature(webhook_secret(key), *facts) for key in keys)

    assert request.headers["webhook-signature"] == expected(request, NEW, old)
    assert later.headers["webhook-signature"] == expected(later, NEW)
    assert later.headers["webhook-id"] == request.headers["webhook-id"]


def test_a_forged_notification_has_no_signature_that_fits(webhooks: WalletFixture) -> None:
    merchant = webhooks.stack.keys.merchant.site_id
    fault = {"place": "notification", "kind": "wrong-signature", "merchant": merchant}
    headers = {"Authorization": f"Bearer {webhooks.stack.keys.control_token}"}
    client = webhooks.site.app.test_client()
    assert client.post("/_control/faults", json=fault, headers=headers).status_code == 201

    request = told(webhooks)

    facts = request.headers["webhook-id"], request.headers["webhook-timestamp"], request.content
    secret = webhook_secret(webhooks.stack.keys.merchant.secret_key)
    assert request.headers["webhook-signature"] != webhook_signature(secret, *facts)


def test_a_restart_keeps_the_newest_key(tmp_path: Path) -> None:
    with wallet_fixture(tmp_path) as before:
        before.issue()
        rotate(before, secret_key=NEW, overlap_seconds=0)
    with wallet_fixture(tmp_path) as after:
        old = after.stack.keys.merchant.secret_key
        assert (status(after, NEW), status(after, old)) == (200, 401)


def test_a_visit_with_the_old_key_ends_with_it(fixture: WalletFixture) -> None:
    person = fixture.stranger()
    rotate(fixture)
    person.send("/merchant/sign-in", secret_key=fixture.stack.keys.merchant.secret_key)

    during = person.client.get("/merchant/statement").status_code
    fixture.clock.advance(timedelta(seconds=HOUR))
    after = person.client.get("/merchant/statement").status_code

    assert (during, after) == (200, 303)


def test_no_key_is_in_a_notification_a_page_or_the_log(
    webhooks: WalletFixture, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    old = webhooks.stack.keys.merchant.secret_key
    rotate(webhooks, secret_key=NEW)
    webhooks.outside.shop_answers = 500
    request = told(webhooks)
    person = webhooks.stranger()
    person.send("/merchant/sign-in", secret_key=NEW)
    page = person.open("/merchant/notifications").text

    said = [request.content.decode(), str(request.headers), str(request.url), page, caplog.text]
    secrets = [old, NEW, *(webhook_secret(key).removeprefix("whsec_") for key in (old, NEW))]
    assert [secret for secret in secrets for text in said if secret in text] == []
    for table in ("deliveries", "notification_tries", "notification_replays", "bills"):
        rows = str(webhooks.rows(f"SELECT * FROM {table}"))
        assert not [secret for secret in secrets if secret in rows]
