"""A buyer of the target's file is lent to one scenario at a time."""

from __future__ import annotations

from pathlib import Path
from threading import Thread

import pytest

from checkout_conformance.people import Buyer
from checkout_conformance.targets.buyer_pool import BuyerPool
from checkout_conformance.targets.file import (
    BuyerSettings,
    TargetError,
)


def person(phone: str) -> BuyerSettings:
    return BuyerSettings.model_validate(
        {"name": "Ann", "phone": phone, "password_env": "POOL_PASSWORD"}
    )


@pytest.fixture
def two_buyers(monkeypatch: pytest.MonkeyPatch) -> list[BuyerSettings]:
    monkeypatch.setenv("POOL_PASSWORD", "pw-pool-1")
    return [person("+79161234561"), person("+79161234562")]


def test_a_buyer_is_lent_to_one_scenario_at_a_time(
    two_buyers: list[BuyerSettings], tmp_path: Path
) -> None:
    pools = [BuyerPool(two_buyers, tmp_path) for _ in range(2)]
    with pools[0].lease() as one, pools[1].lease() as other:
        assert {one.phone, other.phone} == {"+79161234561", "+79161234562"}
        assert one.password == "pw-pool-1"


def test_a_scenario_waits_for_a_free_buyer(two_buyers: list[BuyerSettings], tmp_path: Path) -> None:
    pool = BuyerPool(two_buyers[:1], tmp_path)
    got: list[Buyer] = []

    def lease() -> None:
        with BuyerPool(two_buyers[:1], tmp_path).lease() as buyer:
            got.append(buyer)

    waiting = Thread(target=lease)
    with pool.lease():
        waiting.start()
        waiting.join(0.3)
        assert not got
    waiting.join(10)
    assert got


def test_too_few_buyers_are_complained_of(two_buyers: list[BuyerSettings], tmp_path: Path) -> None:
    pool = BuyerPool(two_buyers[:1], tmp_path, patience=0.3)
    with pool.lease(), pytest.raises(TargetError, match="add buyers to the file"), pool.lease():
        pass
