"""The log of a merchant's notifications: what it says, to whom, and its page."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest

from mock_sites.wallet.store import MerchantRow
from tests.support.notification_log import asked, entry
from tests.support.shop_fixture import words
from tests.support.visitor import form_key
from tests.support.wallet_fixture import WalletFixture, WalletVisitor


def operator(fixture: WalletFixture) -> WalletVisitor:
    """Somebody who has shown the merchant's key."""
    person = fixture.stranger()
    key = fixture.stack.keys.merchant.secret_key
    person.send("/merchant/sign-in?page=notifications", secret_key=key)
    return person


def another_merchant(fixture: WalletFixture) -> MerchantRow:
    other = MerchantRow(
        site_id="other", name="Other", secret_key="other-key", public_key="other", origins=[]
    )
    fixture.wallet.merchants.register(other)
    return other


def test_a_failed_try_its_answer_and_the_next_one_are_listed(paid: WalletFixture) -> None:
    paid.outside.shop_answers = 500
    paid.deliver()

    found = entry(paid)

    assert (found["bill_id"], found["state"], found["outcome"]) == ("order-1", "PAID", "waiting")
    [only] = found["tries"]
    assert (only["status"], only["acknowledged"], only["replay_id"]) == (500, False, None)
    assert found["next_at"] == (paid.clock.now() + timedelta(seconds=5)).isoformat()


def test_a_try_without_an_answer_says_why(paid: WalletFixture) -> None:
    fault = {"place": "notification", "kind": "lost", "merchant": paid.stack.keys.merchant.site_id}
    headers = {"Authorization": f"Bearer {paid.stack.keys.control_token}"}
    said = paid.site.app.test_client().post("/_control/faults", json=fault, headers=headers)
    assert said.status_code == 201, said.text

    paid.deliver()

    [only] = entry(paid)["tries"]
    assert (only["status"], only["failure"]) == (None, "lost")


@pytest.mark.parametrize(
    ("answer", "after", "outcome"),
    [(200, 0, "acknowledged"), (500, 0, "waiting"), (410, 0, "ended"), (500, 25, "ended")],
)
def test_the_outcome_is_told_and_filtered_by(
    paid: WalletFixture, answer: int, after: int, outcome: str
) -> None:
    paid.outside.shop_answers = answer
    paid.deliver()
    paid.clock.advance(timedelta(hours=after))
    paid.deliver()

    assert entry(paid)["outcome"] == outcome
    for each in ("acknowledged", "waiting", "ended"):
        found = asked(paid, f"?outcome={each}").json["notifications"]
        assert len(found) == (each == outcome), each


def test_the_bill_is_filtered_by(paid: WalletFixture) -> None:
    paid.clock.advance(timedelta(seconds=1))
    paid.pay_bill(paid.buyer(), paid.issue("order-2"))

    assert [e["bill_id"] for e in asked(paid).json["notifications"]] == ["order-2", "order-1"]
    found = asked(paid, "?bill_id=order-1").json["notifications"]
    assert [each["bill_id"] for each in found] == ["order-1"]


@pytest.mark.parametrize(
    ("path", "method", "status", "code"),
    [
        ("?outcome=lost", "GET", 400, "validation.error.outcome"),
        ("?bill_id=a/b", "GET", 400, "validation.error.bill_id"),
        ("/order-9/replays/1", "PUT", 404, "api.notification.not.found"),
        (f"/order-1/replays/{'x' * 201}", "PUT", 400, "validation.error.replay_id"),
        ("/order-1/replays/1", "POST", 405, "validation.error.method"),
    ],
)
def test_programs_are_told_what_does_not_fit(
    paid: WalletFixture, path: str, method: str, status: int, code: str
) -> None:
    answer = asked(paid, path, method)
    assert (answer.status_code, answer.json["errorCode"]) == (status, code)
    assert asked(paid, path, method, key="wrong").status_code == 401


def test_another_merchant_sees_and_sends_nothing(paid: WalletFixture) -> None:
    other = another_merchant(paid)
    paid.deliver()

    assert asked(paid, key=other.secret_key).json == {"notifications": []}
    answer = asked(paid, "/order-1/replays/r-1", "PUT", key=other.secret_key)
    person = paid.stranger()
    person.send("/merchant/sign-in?page=notifications", secret_key=other.secret_key)
    page = person.open("/merchant/notifications")
    token = {"csrf_token": form_key(page.text, "/merchant/notifications")}
    pressed = person.client.post(
        "/merchant/notifications/again", data={"bill_id": "order-1", "replay_id": "r-2", **token}
    )
    paid.deliver()

    assert (answer.status_code, pressed.status_code) == (404, 404)
    assert "order-1" not in page.text
    assert "There are no such notifications." in page.text
    assert len(paid.outside.notifications) == 1


def test_a_person_sees_the_log_and_sends_again_once(paid: WalletFixture) -> None:
    paid.outside.shop_answers = 500
    paid.deliver()
    paid.outside.shop_answers = 200
    person = operator(paid)
    page = person.open("/merchant/notifications").text
    form = dict(re.findall(r'name="(csrf_token|bill_id|replay_id)" value="([^"]+)"', page))

    for _ in range(2):
        person.client.post("/merchant/notifications/again", data=form)
        paid.deliver()

    said = words(page)
    for part in ("order-1", "Paid", "Waiting for the next attempt", "Next attempt:", "Status 500"):
        assert part in said, part
    assert len(paid.outside.notifications) == 2
    later = words(person.open("/merchant/notifications?outcome=acknowledged").text)
    assert "(sent again)" in later


def test_the_page_needs_the_key_and_the_press_its_token(paid: WalletFixture) -> None:
    paid.deliver()
    stranger = paid.stranger()
    answer = stranger.client.get("/merchant/notifications")
    person = operator(paid)

    person.client.post(
        "/merchant/notifications/again", data={"bill_id": "order-1", "replay_id": "r"}
    )
    paid.deliver()

    assert answer.headers["Location"] == "/merchant/sign-in?page=notifications"
    assert len(paid.outside.notifications) == 1


@pytest.mark.parametrize("wrong", [{"bill_id": "a/b"}, {"replay_id": ""}])
def test_a_press_that_cannot_be_read_is_answered_with_a_message(
    paid: WalletFixture, wrong: dict[str, str]
) -> None:
    paid.deliver()
    person = operator(paid)
    page = person.open("/merchant/notifications").text
    form = dict(re.findall(r'name="(csrf_token|bill_id|replay_id)" value="([^"]+)"', page))

    answer = person.client.post("/merchant/notifications/again", data=form | wrong)
    shown = words(person.open("/merchant/notifications").text)
    paid.deliver()

    assert answer.status_code == 303
    assert "Nothing was sent" in shown
    assert len(paid.outside.notifications) == 1


@pytest.mark.parametrize("query", ["outcome=lost", "bill_id=a/b"])
def test_a_wrong_filter_is_named_beside_its_field(paid: WalletFixture, query: str) -> None:
    page = operator(paid).open(f"/merchant/notifications?{query}").text

    assert f'id="{query.partition("=")[0]}-error"' in page
    assert "<table" not in page


def test_no_secret_is_on_the_page_or_in_the_log(paid: WalletFixture) -> None:
    paid.deliver()
    keys = paid.stack.keys.merchant
    page = operator(paid).open("/merchant/notifications").text
    signature = paid.outside.notifications[0].headers["X-Api-Signature-SHA256"]

    for text in (page, json.dumps(entry(paid))):
        for secret in (keys.secret_key, keys.public_key, signature):
            assert secret not in text
    for [row] in paid.rows("SELECT body FROM deliveries"):
        assert keys.secret_key not in row


def test_the_control_lists_the_same(paid: WalletFixture) -> None:
    paid.deliver()
    headers = {"Authorization": f"Bearer {paid.stack.keys.control_token}"}
    client, site_id = paid.site.app.test_client(), paid.stack.keys.merchant.site_id

    said = client.get(f"/_control/notifications?site_id={site_id}", headers=headers)

    assert said.json == [entry(paid)]
    assert client.get("/_control/notifications?site_id=x", headers=headers).status_code == 404
