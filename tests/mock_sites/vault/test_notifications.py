"""What the vault tells the shop, and how long it goes on telling (C2.6)."""

from __future__ import annotations

import itertools
from datetime import timedelta
from typing import Any

import httpx
import pytest

from mock_sites.shared.messaging.signing import Signing
from tests.support.vault_bench import MIR, VISA, Bench

CHANGED = "BUYER_CARDS_CHANGED"


def notification(bench: Bench) -> list[dict[str, Any]]:
    """What the shop is told from now on."""
    bench.shop.requests.clear()
    bench.deliver()
    return bench.shop.told


def test_a_card_linked_in_the_vault_is_told_signed(bench: Bench) -> None:
    bench.holder().add_card()
    assert notification(bench) == [{"notificationType": CHANGED, "buyer": {"phone": bench.phone()}}]
    [request] = bench.shop.requests
    assert str(request.url) == "http://127.0.0.1:2/notifications/vault"
    keys = bench.stack.keys.vault
    shop = Signing(keys.client_id, keys.shop.private_key, keys.vault.public_key)
    shop.check("/notifications/vault", request.headers, request.content)


def test_every_change_of_a_persons_cards_is_told(bench: Bench) -> None:
    holder = bench.holder()
    holder.add_card(VISA)
    holder.add_card(MIR)
    assert len(notification(bench)) == 2
    mir, visa = holder.tokens()
    holder.send(f"/cards/{mir}/main", "/cards")
    assert [told["notificationType"] for told in notification(bench)] == [CHANGED]
    holder.send(f"/cards/{mir}/main", "/cards")
    assert notification(bench) == []
    holder.send("/cards/delete", "/cards", card=visa)
    assert len(notification(bench)) == 1
    bench.advance(hours=24)
    bench.site.workers[1].run_once()
    assert len(notification(bench)) == 1
    assert notification(bench) == []


def test_the_outcome_of_a_link_is_told_with_its_token(bench: Bench) -> None:
    token = bench.vault()["paymentMethodDetail"]["card"]["cardToken"]
    assert [told["notificationType"] for told in notification(bench)] == [CHANGED]
    bench.advance(hours=24)
    bench.cards()

    outcome, changed = notification(bench)

    assert changed["notificationType"] == CHANGED
    assert outcome["vaultingRequestId"] == "v-1"
    assert outcome["vaultingStatus"] == "SUCCESS"
    assert outcome["result"]["resultStatus"] == "S"
    assert outcome["paymentMethodDetail"]["card"]["cardToken"] == token


@pytest.mark.parametrize("how", ["deleted", "withdrawn"])
def test_a_link_that_comes_to_nothing_is_told(bench: Bench, how: str) -> None:
    token = bench.vault()["paymentMethodDetail"]["card"]["cardToken"]
    notification(bench)
    if how == "deleted":
        bench.vault_itself.cards.delete(bench.phone(), [token])
    else:
        bench.control("POST", f"/cards/{token}/withdraw")
    told = notification(bench)
    assert [one.get("vaultingStatus") for one in told] == ["FAIL", None]
    assert told[0]["result"]["resultStatus"] == "F"


def test_a_request_may_name_where_it_is_told(bench: Bench) -> None:
    url = "http://shop.localhost:2/notifications/elsewhere"
    bench.call(
        "/vaults/vaultPaymentMethod", bench.vaulting(VISA) | {"vaultingNotificationUrl": url}
    )
    bench.advance(hours=24)
    bench.cards()
    notification(bench)
    addresses = {str(request.url) for request in bench.shop.requests}
    assert "http://127.0.0.1:2/notifications/elsewhere" in addresses


def test_the_teller_is_woken_by_a_change_and_by_nothing_else(bench: Bench) -> None:
    sender = bench.site.workers[0]
    holder = bench.holder()
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
def test_what_is_not_acknowledged_is_told_again(bench: Bench, answer: httpx.Response) -> None:
    bench.shop.answers, right = answer, bench.shop.answers
    bench.holder().add_card()
    assert len(notification(bench)) == 1
    assert notification(bench) == []
    bench.advance(seconds=6)
    bench.shop.answers = right
    assert len(notification(bench)) == 1
    bench.advance(hours=25)
    assert CHANGED not in [told["notificationType"] for told in notification(bench)]


def test_it_is_told_at_growing_intervals_for_a_day(bench: Bench) -> None:
    bench.shop.answers = httpx.Response(500)
    bench.holder().add_card()
    start, told_at = bench.clock.now(), []
    wait: timedelta | None = timedelta()
    while wait is not None:
        bench.clock.advance(max(wait, timedelta()))
        before = len(bench.shop.requests)
        wait = bench.site.workers[0].run_once()
        if len(bench.shop.requests) > before:
            told_at.append((bench.clock.now() - start).total_seconds())
    intervals = [later - earlier for earlier, later in itertools.pairwise(told_at)]
    assert [round(seconds) for seconds in intervals[:4]] == [5, 15, 60, 300]
    assert timedelta(hours=22) < timedelta(seconds=told_at[-1]) <= timedelta(hours=24)
