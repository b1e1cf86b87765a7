"""Faults on a buyer's own page requests: the answer is lost, slow or broken."""

from __future__ import annotations

from typing import Any

import pytest

from mock_sites.shared.runtime.server import ConnectionCut
from tests.support.stack_fixture import StackFixture
from tests.support.vault_fixture import MIR, VISA, VaultFixture

ADD = "/cards/new"


def set_fault(vault: VaultFixture, kind: str, **more: Any) -> None:
    body = {"place": "page", "kind": kind, "phone": vault.phone(), "path": ADD} | more
    assert "id" in vault.control("POST", "/faults", body)


@pytest.mark.parametrize("kind", ["cut-off", "half-a-body"])
def test_a_lost_answer_comes_after_the_work_and_pressing_again_does_it_once(
    vault: VaultFixture, kind: str
) -> None:
    holder = vault.holder()
    set_fault(vault, kind, method="POST")

    with pytest.raises(ConnectionCut):
        holder.add_card(VISA)
    again = holder.add_card(VISA)

    assert "already linked" in again.text
    assert len(vault.cards()) == len(vault.holds()) == 1


@pytest.mark.parametrize("kind", ["down", "broken"])
def test_a_failure_comes_before_the_work(vault: VaultFixture, kind: str) -> None:
    holder = vault.holder()
    set_fault(vault, kind, method="POST")

    if kind == "down":
        with pytest.raises(ConnectionCut):
            holder.add_card(VISA)
    else:
        assert holder.add_card(VISA).status_code == 500
    assert vault.cards() == []
    holder.add_card(VISA)

    assert len(vault.cards()) == 1


def test_a_slow_page_is_slow_and_whole(
    vault: VaultFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = list[float]()
    monkeypatch.setattr("mock_sites.shared.controls.faults.wait", waited.append)
    holder = vault.holder()
    set_fault(vault, "slow", method="POST", seconds=3)
    holder.add_card(VISA)

    assert waited == [3]
    assert len(vault.cards()) == 1


def test_a_fault_of_a_form_spares_the_page_that_shows_it_and_other_buyers(
    vault: VaultFixture,
) -> None:
    holder, other = vault.holder(), vault.holder(1)
    set_fault(vault, "down", method="POST")

    assert holder.open(ADD).status_code == 200
    assert other.add_card(MIR).status_code == 200
    assert vault.stranger().open(ADD).status_code == 200
    [fault] = vault.control("GET", "/faults")
    assert (fault["left"], fault["struck"]) == (1, 0)


def test_a_page_can_fail_too(vault: VaultFixture) -> None:
    holder = vault.holder()
    set_fault(vault, "broken", method="GET", path="/cards")

    assert holder.open("/cards").status_code == 500
    assert holder.open("/cards").status_code == 200


def test_an_api_request_and_a_control_are_no_pages(vault: VaultFixture) -> None:
    body = {"place": "page", "kind": "broken", "path": "/cards", "times": 9}
    vault.control("POST", "/faults", body)

    assert vault.cards() == []
    assert vault.holds() == []


@pytest.mark.parametrize(
    ("site", "place", "path", "status"),
    [
        ("shop", "request", "/checkout/", 422),
        ("shop", "page", "/checkout/", 201),
        ("shop", "page", "/checkout/7/pay", 201),
        ("shop", "page", "/check", 201),
        ("shop", "page", "/nowhere", 422),
        ("shop", "page", "/notifications/vault", 422),
        ("shop", "request", "/notifications/vault", 201),
        ("wallet", "page", "/_control/books", 422),
        ("wallet", "request", "/partner/bill/v1/bills/order-1", 201),
        ("wallet", "request", "/partner", 201),
        ("wallet", "request", "/pay/to/steam", 422),
        ("wallet", "page", "/pay/to/steam", 201),
        ("vault", "request", "/ams/api/v1/payments/pay", 201),
        ("phone", "request", "/api/messages", 201),
        ("phone", "request", "/nowhere", 422),
    ],
)
def test_a_fault_that_can_never_strike_is_refused(
    sites: StackFixture, site: str, place: str, path: str, status: int
) -> None:
    headers = {"Authorization": f"Bearer {sites.stack.keys.control_token}"}
    body = {"place": place, "kind": "broken", "path": path}
    client = sites.sites[site].app.test_client()
    answer = client.post("/_control/faults", json=body, headers=headers)

    assert answer.status_code == status, answer.json
    assert len(sites.control(site, "GET", "/faults")) == (status == 201)


def test_only_a_page_has_a_method(vault: VaultFixture) -> None:
    body = {"place": "request", "kind": "down", "path": "/ams/", "method": "POST"}
    assert vault.control("POST", "/faults", body)["error"] == "the body does not fit"
