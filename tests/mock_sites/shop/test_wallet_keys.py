"""The shop's own secret keys at the wallet while one is replaced by another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mock_sites.shared.runtime.database import Database
from mock_sites.shared.runtime.keys import MerchantKeys
from mock_sites.shared.values.refusal import Refusal
from mock_sites.shop.base import Base
from mock_sites.shop.domain.wallet_keys import WalletKeys
from tests.support.standing_clock import StandingClock

FIRST = MerchantKeys(site_id="shop", secret_key="first-key", public_key="p")
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'shop.sqlite3'}", Base)
    yield database
    database.close()


@pytest.fixture
def keys(database: Database, clock: StandingClock) -> WalletKeys:
    return WalletKeys(database, clock, FIRST)


def test_the_key_of_the_settings_is_used_first(keys: WalletKeys) -> None:
    assert (keys.secret_key, keys.accepted) == ("first-key", ["first-key"])


def test_calls_carry_the_new_key_and_both_are_believed_until_the_end(
    keys: WalletKeys, clock: StandingClock
) -> None:
    keys.renew("second-key", HOUR)

    assert keys.secret_key == "second-key"
    assert keys.accepted == ["second-key", "first-key"]
    clock.advance(HOUR)
    assert keys.accepted == ["second-key"]


def test_several_are_kept_in_their_order(keys: WalletKeys) -> None:
    keys.renew("second-key", HOUR)
    keys.renew("third-key", HOUR)

    assert keys.accepted == ["third-key", "second-key", "first-key"]


def test_the_newest_again_changes_nothing_and_an_older_one_is_refused(keys: WalletKeys) -> None:
    keys.renew("second-key", HOUR)
    keys.renew("second-key", timedelta())

    assert keys.accepted == ["second-key", "first-key"]
    with pytest.raises(Refusal, match=r"wallet_key\.used"):
        keys.renew("first-key", HOUR)


def test_a_restart_keeps_the_new_key_unless_the_settings_have_another(
    keys: WalletKeys, database: Database, clock: StandingClock
) -> None:
    keys.renew("second-key", HOUR)
    edited = FIRST.model_copy(update={"secret_key": "edited-key"})

    assert WalletKeys(database, clock, FIRST).secret_key == "second-key"
    assert WalletKeys(database, clock, edited).accepted == ["edited-key"]
