"""What the vault tells the shop, and how long it goes on telling (C2.6)."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import httpx
import pytest

from mock_sites.shared.messaging.signing import Signing
from tests.support.vault_fixture import MIR, VISA, VaultFixture

CHANGED = "BUYER_CARDS_CHANGED"


def notification(fixture: VaultFixture) -> list[dict[str, Any]]:
    """What the shop is told from now on."""
    fixture.shop.requests.clear()
    fixture.deliver()
    return fixture.shop.told


def test_a_card_linked_in_the_vault_is_told_signed(fixture: VaultFixture) -> None:
    fixture.holder().add_card()
    assert notification(fixture) == [{"notifyType": CHANGED, "buyer": {"phone": fixture.phone()}}]
    [request] = fixture.shop.requests
    assert str(request.url) == "http://127.0.0.1:2/notifications/vault"
    keys = fixture.stack.keys.vault
    shop = Signing(keys.client_id, keys.shop.private_key, keys.vault.public_key)
    shop.check("/notifications/vault", request.headers, request.content)


def test_every_change_of_a_persons_cards_is_told(fixture: VaultFixture) -> None:
    holder = fixture.holder()
    holder.add_card(VISA)
    holder.add_card(MIR)
    assert len(notification(fixture)) == 2
    mir, visa = holder.tokens()
    holder.send(f"/cards/{mir}/main", "/cards")
    assert [told["notifyType"] for told in notification(fixture)] == [CHANGED]
    holder.send(f"/cards/{mir}/main", "/cards")
    assert notification(fixture) == []
    holder.send("/cards/delete", "/cards", card=visa)
    assert len(notification(fixture)) == 1
    fixture.advance(hours=24)
    fixture.site.workers[1].run_once()
    assert len(notification(fixture)) == 1
    assert notification(fixture) == []


def test_the_outcome_of_a_link_is_told_with_its_token(fixture: VaultFixture) -> None:
    token = fixture.vault()["paymentMethodDetail"]["card"]["cardToken"]
    assert [told["notifyType"] for told in notification(fixture)] == [CHANGED]
    fixture.advance(hours=24)
    fixture.cards()

    outcome, changed = notification(fixture)

    assert changed["notifyType"] == CHANGED
    assert outcome["vaultingRequestId"] == "v-1"
    assert outcome["vaultingStatus"] == "SUCCESS"
    assert outcome["result"]["resultStatus"] == "S"
    assert outcome["paymentMethodDetail"]["card"]["cardToken"] == token


@pytest.mark.parametrize("how", ["deleted", "withdrawn"])
def test_a_link_that_comes_to_nothing_is_told(fixture: VaultFixture, how: str) -> None:
    token = fixture.vault()["paymentMethodDetail"]["card"]["cardToken"]
    notification(fixture)
    if how == "deleted":
        fixture.vault_itself.cards.delete(fixture.phone(), [token])
    else:
        fixture.control("POST", f"/cards/{token}/withdraw")
    told = notification(fixture)
    assert [one.get("vaultingStatus") for one in told] == ["FAIL", None]
    assert told[0]["result"]["resultStatus"] == "F"


def test_a_request_may_name_where_it_is_told(fixture: VaultFixture) -> None:
    url = "http://shop.localhost:2/notifications/elsewhere"
    fixture.call(
        "/vaults/vaultPaymentMethod", fixture.vaulting(VISA) | {"vaultingNotificationUrl": url}
    )
    fixture.advance(hours=24)
    fixture.cards()
    notification(fixture)
    addresses = {str(request.url) for request in fixture.shop.requests}
    assert "http://127.0.0.1:2/notifications/elsewhere" in addresses


def test_the_teller_is_woken_by_a_change_and_by_nothing_else(fixture: VaultFixture) -> None:
    sender = fixture.site.workers[0]
    holder = fixture.holder()
    sender._woken.clear()
    holder.open("/cards")
    assert not sender._woken.is_set()
    holder.add_card()
    assert sender._woken.is_set()


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500),
        httpx.Response(200, text="ok"),
        httpx.Response(200, json=[]),
        httpx.Response(200, json={"result": {"resultCode": "FAIL"}}),
        httpx.Response(404, json={"result": {"resultCode": "SUCCESS"}}),
    ],
)
def test_what_is_not_acknowledged_is_told_again(
    fixture: VaultFixture, answer: httpx.Response
) -> None:
    fixture.shop.answers, right = answer, fixture.shop.answers
    fixture.holder().add_card()
    assert len(notification(fixture)) == 1
    assert notification(fixture) == []
    fixture.advance(seconds=6)
    fixture.shop.answers = right
    assert len(notification(fixture)) == 1
    fixture.advance(hours=25)
    assert CHANGED not in [told["notifyType"] for told in notification(fixture)]


def test_it_is_told_at_growing_intervals_for_a_day(fixture: VaultFixture) -> None:
    fixture.shop.answers = httpx.Response(500)
    fixture.holder().add_card()
    start, told_at = fixture.clock.now(), []
    wait: timedelta | None = timedelta()
    while wait is not None:
        fixture.clock.advance(max(wait, timedelta()))
        before = len(fixture.shop.requests)
        wait = fixture.site.workers[0].run_once()
        if len(fixture.shop.requests) > before:
            told_at.append((fixture.clock.now() - start).total_seconds())
    intervals = [later - earlier for earlier, later in itertools.pairwise(told_at)]
    assert [round(seconds) for seconds in intervals[:4]] == [5, 15, 60, 300]
    assert timedelta(hours=22) < timedelta(seconds=told_at[-1]) <= timedelta(hours=24)
