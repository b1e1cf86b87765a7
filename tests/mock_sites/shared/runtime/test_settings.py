"""What a stack makes up once and keeps beside its data."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from mock_sites import SITES
from mock_sites.shared.runtime.data_folder import DataError
from mock_sites.shared.runtime.kept_keys import kept_keys
from mock_sites.shared.runtime.settings import StackSettings
from mock_sites.shared.values.published_cards import published_cards
from mock_sites.start_message import as_json, for_people
from tests.support.shared_keys import shared_keys


def test_keys_are_made_once_and_kept_for_their_owner_alone(tmp_path: Path) -> None:
    first = kept_keys(tmp_path)
    assert kept_keys(tmp_path) == first
    assert stat.S_IMODE((tmp_path / "keys.json").stat().st_mode) == 0o600
    assert first.vault.vault.public_key != first.vault.shop.public_key


def test_keys_of_an_earlier_version_are_kept_and_completed(tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    earlier = shared_keys().model_dump(exclude={"vault"})
    del earlier["site_secrets"]["vault"]
    file.write_text(json.dumps(earlier))

    keys = kept_keys(tmp_path)

    assert keys.control_token == earlier["control_token"]
    assert keys.site_secrets.keys() == set(SITES)
    assert kept_keys(tmp_path) == keys


def test_the_two_halves_of_a_key_belong_together() -> None:
    pair = shared_keys().vault.shop
    key = load_pem_private_key(pair.private_key.encode(), password=None)
    assert key.key_size == 2048  # type: ignore[union-attr]


def test_people_and_programs_are_told_of_the_vault(tmp_path: Path) -> None:
    ports = {site: number for number, site in enumerate(SITES, 1)}
    stack = StackSettings(data=tmp_path, ports=ports, keys=shared_keys())
    assert json.loads(as_json(stack))["sites"]["vault"] == {"url": "http://vault.localhost:3"}
    told = for_people(stack)
    assert "http://vault.localhost:3" in told
    assert all(card.number in told for card in published_cards())
    assert "PRIVATE KEY" not in told + as_json(stack)
    assert "http://wallet.localhost:1/docs, http://vault.localhost:3/docs" in told
    assert "/docs" not in for_people(stack, ["shop"])


def _merchant_file(folder: Path, **facts: object) -> Path:
    file = folder / "merchant.json"
    file.write_text(json.dumps({"site_id": "books", "name": "Book shop"} | facts))
    return file


def test_a_merchant_is_added_from_a_file_and_keeps_its_made_up_keys(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    file = _merchant_file(tmp_path, notification_url="https://books.test/told")

    first = kept_keys(data, merchants=[file])
    again = kept_keys(data, merchants=[_merchant_file(tmp_path, name="Books")])

    [added], [changed] = first.other_merchants, again.other_merchants
    assert kept_keys(data) == again
    assert (changed.name, changed.notification_url) == ("Books", "https://books.test/told")
    assert changed.secret_key == added.secret_key != first.merchant.secret_key
    ports = {site: number for number, site in enumerate(SITES, 1)}
    said = json.loads(as_json(StackSettings(data=data, ports=ports, keys=again)))["merchants"]
    assert [each["site_id"] for each in said] == [again.merchant.site_id, "books"]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"name": ""}, "name: String should have at least 1 character"),
        ({"site_id": "a b"}, "site_id: String should match pattern"),
        ({"time_zone": "Mars"}, "time_zone: a time zone is named as in the tz database"),
        ({"secret_key": "of-the-shop"}, "other_merchants: two merchants have the same secret_key"),
    ],
)
def test_a_merchant_that_cannot_be_added_is_named_without_its_keys(
    tmp_path: Path, facts: dict[str, object], why: str
) -> None:
    keys = shared_keys()
    keys.merchant.secret_key = "of-the-shop"
    (tmp_path / "keys.json").write_text(keys.model_dump_json())
    file = _merchant_file(tmp_path, **facts)

    with pytest.raises(DataError) as told:
        kept_keys(tmp_path, merchants=[file])

    assert str(told.value).startswith(f"cannot use the keys in {file}: {why}")
    assert "Correct the file that --merchant names" in str(told.value)
    assert "of-the-shop" not in str(told.value)
    assert "books" not in (tmp_path / "keys.json").read_text()
